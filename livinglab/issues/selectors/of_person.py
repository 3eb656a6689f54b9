"""What of reporting is one person's: the same for giving it out and for erasing it."""

from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet

from livinglab.issues.models import Change, Issue, Photo
from livinglab.notifications.models import MobileNumber
from livinglab.people.models import Person


def reports_of(person: Person) -> QuerySet[Issue]:
    """What stands under their account, or under none but with a confirmed address."""
    own = Q(reporter=person) | (Q(reporter=None) & _left_with_address_of(person))
    return Issue.objects.filter(own).order_by("pk")


def _left_with_address_of(person: Person) -> Q:
    """An e-mail address or a mobile number this person has confirmed."""
    confirmed = EmailAddress.objects.filter(user=person, verified=True)
    same = Q(pk__in=[])
    for address in confirmed.values_list("email", flat=True):
        same |= Q(contact_email__iexact=address)
    numbers = MobileNumber.objects.filter(person=person, confirmed_at__isnull=False)
    for number in numbers.values_list("number", flat=True):
        same |= Q(contact_phone__in=_as_written(number))
    return same


def _as_written(number: str) -> list[str]:
    """A mobile number of eleven digits, as people type it."""
    parts = (number[:3], number[3:7], number[7:])
    return [number, "-".join(parts), " ".join(parts)]


def words_by(person: Person) -> QuerySet[Change]:
    """Everything this person wrote to reports, their own and those of others."""
    said = ~Q(words="") | ~Q(blanked_words="")
    return Change.objects.filter(said, by=person, by_city=False).order_by("pk")


def photos_by(person: Person) -> QuerySet[Photo]:
    """Photos this person took: of reports, of words added to them, of drafts.

    What others added to this person's reports is theirs.
    """
    own_report = Q(issue__in=reports_of(person).order_by(), change=None)
    own_word = Q(change__by=person, change__by_city=False)
    return Photo.objects.filter(
        own_report | own_word | Q(draft__person=person)
    ).order_by("pk")
