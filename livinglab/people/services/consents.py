"""A yes or a no to one purpose; rows are kept, never edited away."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from livinglab.kernel.commit import after_commit
from livinglab.people.errors import ConsentMissing
from livinglab.people.events import consent_given, consent_withdrawn
from livinglab.people.models import Consent, Person

# The version of the consent texts in force; a new text asks everybody again.
CONSENT_VERSION = "2026-11"


@transaction.atomic
def give_consent(
    person: Person, purpose: str, *, version: str = CONSENT_VERSION
) -> Consent:
    """Note the person's yes to this version of the purpose, once."""
    standing = Consent.objects.standing().filter(person=person, purpose=purpose).first()
    if standing and standing.version == version:
        return standing
    now = timezone.now()
    if standing:
        standing.withdrawn_at = now
        standing.save(update_fields=["withdrawn_at"])
    consent = Consent.objects.create(
        person=person, purpose=purpose, version=version, given_at=now
    )
    after_commit(
        consent_given.send_robust, Consent, person_id=person.pk, purpose=purpose
    )
    return consent


@transaction.atomic
def withdraw_consent(person: Person, purpose: str) -> None:
    """Note the no; whoever holds data for the purpose stops and erases it."""
    gone = (
        Consent.objects.standing()
        .filter(person=person, purpose=purpose)
        .update(withdrawn_at=timezone.now())
    )
    if gone:
        after_commit(
            consent_withdrawn.send_robust, Consent, person_id=person.pk, purpose=purpose
        )


def require_consent(person: Person, purpose: str) -> None:
    """Refuse unless the person's consent to the purpose stands."""
    if not Consent.objects.standing().filter(person=person, purpose=purpose).exists():
        raise ConsentMissing(
            _("This needs your consent first. You can give it under “Me”."),
            purpose=purpose,
        )
