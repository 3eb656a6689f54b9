"""Premises (a home or a public facility), who belongs to it, its discount."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from livinglab.kernel.models import Timestamped
from livinglab.people.models import Person


class PremisesQuerySet(models.QuerySet["Premises"]):
    def visible_to(self, person: Person | None) -> "PremisesQuerySet":
        """The homes and facilities this person belongs to; nobody else's."""
        if person is None:
            return self.none()
        return self.filter(memberships__person=person).distinct()

    def of_city_staff(self, person: Person) -> "PremisesQuerySet":
        """For the admin site: premises in the cities the person works for."""
        cities = [*person.coordinated_city_ids, *person.evaluated_city_ids]
        return self.filter(neighbourhood__city__in=cities)

    def homes(self) -> "PremisesQuerySet":
        return self.filter(kind=Premises.Kind.HOME)

    def facilities(self) -> "PremisesQuerySet":
        return self.filter(kind=Premises.Kind.FACILITY)


class Premises(Timestamped):
    class Kind(models.TextChoices):
        HOME = "home", _("Home")
        FACILITY = "facility", _("Public facility")

    class Dwelling(models.TextChoices):
        FLAT = "flat", _("Flat in a complex")
        MULTI = "multi", _("Flat in a small building")
        HOUSE = "house", _("House")
        OTHER = "other", _("Other")

    class AreaBand(models.TextChoices):
        UNDER_40 = "under_40", _("under 40 m²")
        FROM_40 = "40_60", _("40 to 60 m²")
        FROM_60 = "60_85", _("60 to 85 m²")
        FROM_85 = "85_135", _("85 to 135 m²")
        OVER_135 = "over_135", _("over 135 m²")

    class PeopleBand(models.TextChoices):
        ONE = "1", _("1 person")
        TWO = "2", _("2 people")
        THREE = "3", _("3 people")
        FOUR = "4", _("4 people")
        FIVE = "5_plus", _("5 or more people")

    class Heating(models.TextChoices):
        DISTRICT = "district", _("District heating")
        GAS = "gas", _("City gas")
        ELECTRIC = "electric", _("Electricity")
        OTHER = "other", _("Other")

    class Origin(models.TextChoices):
        RESIDENT = "resident", _("given by its residents")
        SIMULATED = "simulated", _("simulated for the demonstration")
        SAMPLE = "sample", _("real meter from a published sample")

    class Part(models.TextChoices):
        PARTICIPANT = "participant", _("takes part")
        COMPARISON = "comparison", _("only measures, for comparison")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.HOME)
    name = models.CharField(_("name"), max_length=60)
    neighbourhood = models.ForeignKey(
        "places.Neighbourhood", models.PROTECT, verbose_name=_("neighbourhood")
    )
    dwelling = models.CharField(
        _("kind of dwelling"), max_length=8, choices=Dwelling, blank=True
    )
    area_band = models.CharField(
        _("floor area"), max_length=12, choices=AreaBand, blank=True
    )
    people_band = models.CharField(
        _("people living here"), max_length=8, choices=PeopleBand, blank=True
    )
    heating = models.CharField(_("heating"), max_length=10, choices=Heating, blank=True)
    tariff_kind = models.CharField(
        _("tariff"), max_length=32, default="residential_low"
    )
    contract_kw = models.DecimalField(
        _("contract power in kW"),
        max_digits=8,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    reading_day = models.PositiveSmallIntegerField(
        _("meter reading day of the month"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(31)],
    )
    station = models.ForeignKey(
        "observations.Station",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("weather station"),
        help_text=_("Chosen once, when the baseline begins, and kept."),
    )
    joined_on = models.DateField(
        _("joined the living lab on"),
        default=timezone.localdate,
        help_text=_("The baseline ends the day before."),
    )
    part = models.CharField(
        _("part in the lab"), max_length=12, choices=Part, default=Part.PARTICIPANT
    )
    origin = models.CharField(
        _("origin of the data"), max_length=10, choices=Origin, default=Origin.RESIDENT
    )
    publishes = models.BooleanField(
        _("the operator agrees to publish this facility by name"), default=False
    )
    compares = models.BooleanField(_("compare with homes like it"), default=True)

    objects = PremisesQuerySet.as_manager()

    class Meta:
        verbose_name = _("home or facility")
        verbose_name_plural = _("homes and facilities")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="premises_reading_day_in_month",
                condition=Q(reading_day=None) | Q(reading_day__range=(1, 31)),
            )
        ]
        indexes = [models.Index(fields=["neighbourhood", "kind", "part"])]

    def __str__(self) -> str:
        return self.name

    @property
    def is_facility(self) -> bool:
        return self.kind == self.Kind.FACILITY

    @property
    def goal_share(self) -> float:
        """The programme's goal for this kind: household -20 %, facility -10 %."""
        return 0.10 if self.is_facility else 0.20


class Membership(models.Model):
    class Right(models.TextChoices):
        OWNER = "owner", _("Owner")
        MEMBER = "member", _("Member")

    premises = models.ForeignKey(
        Premises,
        models.CASCADE,
        related_name="memberships",
        verbose_name=_("home or facility"),
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships"
    )
    right = models.CharField(
        _("right"), max_length=8, choices=Right, default=Right.MEMBER
    )
    since = models.DateTimeField(_("since"), default=timezone.now)

    class Meta:
        verbose_name = _("member of a home")
        verbose_name_plural = _("members of a home")
        constraints = [
            models.UniqueConstraint(
                fields=["premises", "person"], name="one_membership_a_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.premises}"


class PremisesInvitation(models.Model):
    """A code that lets one person join; only its digest is kept."""

    premises = models.ForeignKey(
        Premises,
        models.CASCADE,
        related_name="invitations",
        verbose_name=_("home or facility"),
    )
    code_digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+"
    )
    expires_at = models.DateTimeField(_("expires at"))
    used_at = models.DateTimeField(_("used at"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")

    def __str__(self) -> str:
        return f"{self.premises} · {self.expires_at:%Y-%m-%d}"


class PremisesDiscount(models.Model):
    """Sensitive and optional: kept apart, never logged, never in the admin."""

    premises = models.OneToOneField(
        Premises, models.CASCADE, related_name="discount_choice"
    )
    names = models.JSONField(_("discounts"), default=list)

    class Meta:
        verbose_name = _("discount")
        verbose_name_plural = _("discounts")

    def __str__(self) -> str:
        return f"#{self.pk}"
