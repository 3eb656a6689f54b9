"""A yes or a no to one purpose; rows are kept, never edited away."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from livinglab.kernel.commit import after_commit
from livinglab.kernel.permissions import require
from livinglab.people.consent_texts import text_of
from livinglab.people.errors import ConsentMissing, NotWithdrawable
from livinglab.people.events import consent_given, consent_withdrawn
from livinglab.people.models import Consent, Person

# The version of the first texts; which one is in force stands beside its words.
CONSENT_VERSION = "2026-11"


@transaction.atomic
def give_consent(person: Person, purpose: str, *, version: str = "") -> Consent:
    """Note the person's yes to the purpose's text in force, once."""
    require(person, "people.settle_own_affairs", person)
    version = version or text_of(purpose).version
    standing = Consent.objects.filter(
        person=person, purpose=purpose, withdrawn_at=None
    ).first()
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
    require(person, "people.settle_own_affairs", person)
    if purpose in Consent.REQUIRED:
        raise NotWithdrawable(
            _("Without this consent there is no account. You can leave under “Me”.")
        )
    gone = Consent.objects.filter(
        person=person, purpose=purpose, withdrawn_at=None
    ).update(withdrawn_at=timezone.now())
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
