"""Questions about people."""

from livinglab.people.models import Consent, DataRead, Person


def standing_purposes(person: Person) -> set[str]:
    """The purposes this person agrees to now."""
    return set(
        Consent.objects.standing()
        .filter(person=person)
        .values_list("purpose", flat=True)
    )


def reads_of(person: Person, *, most: int = 50) -> list[DataRead]:
    """Who looked at this person's data, newest first."""
    return list(person.data_reads.select_related("reader")[:most])
