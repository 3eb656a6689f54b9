"""From a confirmed address to an account: place, age, consents."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from livinglab.kernel.commit import after_commit
from livinglab.people.consent_texts import text_of
from livinglab.people.events import person_joined
from livinglab.people.models import Consent, Person, Role
from livinglab.people.selectors import has_guardian
from livinglab.people.services.consents import give_consent
from livinglab.people.services.guardians import ask_guardian
from livinglab.places.models import Neighbourhood

UNFINISHED_LASTS = timedelta(days=2)


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What somebody said while signing up; the two required consents are a yes."""

    place: str = ""
    language: str = "ko"
    purposes: Iterable[str] = field(default_factory=tuple)
    guardian_email: str = ""

    @property
    def is_under_14(self) -> bool:
        return bool(self.guardian_email)


def lacks_consent(person: Person) -> bool:
    """Whether the two consents without which there is no account are missing.

    Whoever is leaving said them all the same: nobody signs up twice, to stay or to go.
    """
    agreed = Consent.objects.filter(
        person=person, purpose__in=Consent.REQUIRED, withdrawn_at=None
    )
    return agreed.count() < len(Consent.REQUIRED)


@transaction.atomic
def finish_sign_up(person: Person, answers: Answers) -> None:
    """The account stands. A child's may only read until the guardian agreed."""
    asks_guardian = answers.is_under_14 and not has_guardian(person)
    _take_down(person, answers)
    if asks_guardian:
        _wait_for_guardian(person)
    optional = [] if _is_child(person) else answers.purposes
    for purpose in [*Consent.REQUIRED, *optional]:
        give_consent(person, purpose, version=text_of(purpose).version)
    Role.objects.get_or_create(person=person, kind=Role.Kind.RESIDENT, city=None)
    if asks_guardian:
        ask_guardian(person, answers.guardian_email)
    after_commit(person_joined.send_robust, Person, person_id=person.pk)


def _take_down(person: Person, answers: Answers) -> None:
    chosen = Neighbourhood.objects.filter(code=answers.place).first()
    person.neighbourhood = chosen or person.neighbourhood
    person.language = answers.language
    person.save(update_fields=["neighbourhood", "language"])


def _wait_for_guardian(person: Person) -> None:
    """Only said, never unsaid here: what a child may do opens by a guardian's yes."""
    person.is_under_14 = person.waits_for_guardian = True
    person.save(update_fields=["is_under_14", "waits_for_guardian"])


def _is_child(person: Person) -> bool:
    """As it stands in the row: another window may have said so meanwhile."""
    return Person.objects.filter(pk=person.pk, is_under_14=True).exists()


def drop_unfinished_sign_ups() -> int:
    """Addresses of people who began and never agreed to anything."""
    old = timezone.now() - UNFINISHED_LASTS
    begun = Person.objects.filter(
        date_joined__lt=old,
        last_login=None,
        consents=None,
        roles=None,
        is_staff=False,
        is_superuser=False,
    )
    count = begun.count()
    begun.delete()
    return count
