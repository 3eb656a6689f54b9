"""How people's own part of somebody goes: the account last of all."""

from django.contrib.admin.models import LogEntry
from django.db.models import Q

from livinglab.kernel.personal_data import Answers
from livinglab.people.models import DataRead, Download, LetterDue, Person
from livinglab.people.services.files import erase_file_later


def erase_person(person: Person, answers: Answers | None = None) -> dict[str, int]:
    """The account, and by it every row that points to it; letters that still wait."""
    for download in Download.objects.filter(person=person).exclude(file=""):
        erase_file_later(download.file.name)
    letters = LetterDue.objects.filter(address=person.email).delete()[1]
    DataRead.objects.filter(reader=person).update(reader=None)
    _blank_names_in_staff_log(person)
    return {**letters, **person.delete()[1]}


def _blank_names_in_staff_log(person: Person) -> None:
    """What staff did stays in their log; whose name it showed does not."""
    entries = LogEntry.objects.exclude(user=person)
    named = Q(object_repr__contains=person.email)
    if person.name:
        of_people = Q(content_type__app_label=Person._meta.app_label)
        named |= of_people & Q(object_repr__contains=person.name)
    entries.filter(named).update(object_repr="–")
