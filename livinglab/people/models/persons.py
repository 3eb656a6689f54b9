"""Person and Role."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import (
    AbstractBaseUser,
    BaseUserManager,
    PermissionsMixin,
)
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from livinglab.kernel.acting import ActingFor
from livinglab.kernel.stamps import stamps

ROLES = "SELECT kind, city_id FROM people_role WHERE person_id = %s ORDER BY id"

# Every request of whoever is signed in asks this: written once, not compiled each time.
WITH_ROLES = """
SELECT person.*, role.kind AS told_kind, role.city_id AS told_city
FROM people_person AS person
LEFT JOIN people_role AS role ON role.person_id = person.id
WHERE person.id = %s ORDER BY role.id
"""


class PersonManager(BaseUserManager["Person"]):
    def create_user(
        self, email: str, password: str | None = None, **fields: Any
    ) -> "Person":
        """A person known by e-mail; without a password only codes open the door."""
        person = self.model(email=self.normalize_email(email).lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def with_roles(self, pk: int | str) -> "Person | None":
        """Somebody and their roles in one question, a row for each role."""
        rows = [*self.raw(WITH_ROLES, [pk])]
        if not rows:
            return None
        facts = [vars(row) for row in rows]
        kinds = [(one["told_kind"], one["told_city"]) for one in facts]
        rows[0].told_roles = [(kind, city) for kind, city in kinds if kind]
        return rows[0]

    def leaving(self) -> "models.QuerySet[Person]":
        """Everybody in the days of grace; few, so others are filtered by them."""
        return self.filter(leaving_since__isnull=False)

    def create_superuser(
        self, email: str, password: str | None = None, **fields: Any
    ) -> "Person":
        return self.create_user(
            email, password, is_staff=True, is_superuser=True, **fields
        )


class Person(AbstractBaseUser, PermissionsMixin):
    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name shown to others"), max_length=40, blank=True)
    neighbourhood = models.ForeignKey(
        "places.Neighbourhood",
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("neighbourhood"),
    )
    language = models.CharField(
        _("language"), max_length=5, choices=settings.LANGUAGES, default="ko"
    )
    text_size = models.CharField(
        _("text size"), max_length=4, blank=True, help_text=_("empty: as the device")
    )
    contrast = models.CharField(
        _("contrast"), max_length=6, blank=True, help_text=_("empty: as the device")
    )
    is_under_14 = models.BooleanField(_("under 14"), default=False)
    waits_for_guardian = models.BooleanField(
        _("may only read until a guardian agrees"), default=False
    )
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("may enter the admin site"), default=False)
    leaving_since = models.DateTimeField(
        _("leaving since"), null=True, blank=True, editable=False
    )
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)

    objects: ClassVar[PersonManager] = PersonManager()

    # A session without a second factor puts them to sleep; never stored.
    roles_asleep = False
    # Where they were read together with the person; never stored.
    told_roles: "list[tuple[str, int | None]] | None" = None
    # Set where a helper acts in this person's place; never stored.
    acting: ActingFor | None = None

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        """The name that packages ask for; empty where none was given."""
        return self.name

    @property
    def is_leaving(self) -> bool:
        """In the days of grace: nothing is computed for them, nothing is sent."""
        return self.leaving_since is not None

    @cached_property
    def _roles(self) -> list[tuple[str, int | None]]:
        rows = stamps(ROLES, self.pk) if self.told_roles is None else self.told_roles
        asleep = Role.FOR_A_CITY if self.roles_asleep else ()
        return [(kind, city) for kind, city in rows if kind not in asleep]

    def put_roles_to_sleep(self) -> None:
        """Without a second factor a person is a resident, whatever else they are."""
        self.roles_asleep = True

    @property
    def operates(self) -> bool:
        """Whether this person runs the lab, and has shown a second factor."""
        return self.is_superuser and not self.roles_asleep

    @cached_property
    def works_for_lab(self) -> bool:
        """Whether any role needs a second factor, awake or asleep."""
        return self.is_superuser or self.roles.filter(kind__in=Role.FOR_A_CITY).exists()

    @property
    def coordinated_city_ids(self) -> list[int]:
        """The cities this person works for as a civic coordinator."""
        return self._cities_as(Role.Kind.COORDINATOR)

    @property
    def evaluated_city_ids(self) -> list[int]:
        """The cities this person may read as an evaluator."""
        return self._cities_as(Role.Kind.EVALUATOR)

    def _cities_as(self, role: str) -> list[int]:
        if self.roles_asleep and role in Role.FOR_A_CITY:
            return []
        return [city for kind, city in self._roles if kind == role and city]

    @property
    def is_caregiver(self) -> bool:
        return any(kind == Role.Kind.CAREGIVER for kind, _city in self._roles)

    def coordinates(self, city_id: int | None) -> bool:
        """Whether this person is a coordinator of that city."""
        return city_id is not None and city_id in self.coordinated_city_ids


class Role(models.Model):
    class Kind(models.TextChoices):
        RESIDENT = "resident", _("Resident")
        COORDINATOR = "coordinator", _("Coordinator")
        CAREGIVER = "caregiver", _("Caregiver")
        EVALUATOR = "evaluator", _("Evaluator")

    FOR_A_CITY = (Kind.COORDINATOR, Kind.EVALUATOR)

    person = models.ForeignKey(
        Person, models.CASCADE, related_name="roles", verbose_name=_("person")
    )
    kind = models.CharField(_("role"), max_length=16, choices=Kind)
    city = models.ForeignKey(
        "places.City", models.CASCADE, null=True, blank=True, verbose_name=_("city")
    )
    given_at = models.DateTimeField(_("given at"), default=timezone.now)

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "city"], name="role_once_a_city"
            ),
            models.CheckConstraint(
                name="role_of_a_city_names_it",
                condition=~Q(kind__in=["coordinator", "evaluator"])
                | Q(city__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.get_kind_display()}"
