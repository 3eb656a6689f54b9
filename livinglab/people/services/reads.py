"""The log of reads: who looked at whose data."""

from livinglab.people.models import DataRead, Person


def log_read(person: Person, *, by: Person, what: str, why: str = "") -> None:
    """Write down that somebody else read this person's data."""
    if person.pk != by.pk:
        DataRead.objects.create(
            person=person, reader=by, what=what[:120], why=why[:120]
        )
