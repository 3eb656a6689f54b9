"""How people's own part of somebody goes: the account last of all."""

import json

from django.contrib.admin.models import LogEntry
from django.db.models import Q

from livinglab.kernel.personal_data import Answers
from livinglab.people.models import DataRead, Download, LetterDue, Person
from livinglab.people.services.files import erase_file_later


def erase_person(person: Person, answers: Answers | None = None) -> dict[str, int]:
    """The account, and by it every row that points to it; letters that still wait."""
    for download in Download.objects.filter(person=person).exclude(file=""):
        erase_file_later(download.file.name)
    letters = _drop_letters(person)
    DataRead.objects.filter(reader=person).update(reader=None)
    _blank_names_in_staff_log(person)
    return {**letters, **person.delete()[1]}


def _drop_letters(person: Person) -> dict[str, int]:
    """Letters that wait: to them, to their guardians, to whom they asked for help."""
    guardians = person.guardian_consents.values("email")
    asked = Q(kind="help_invitation", facts__name=person.name)
    to_them = Q(address__iexact=person.email) | Q(address__in=guardians)
    return LetterDue.objects.filter(to_them | asked).delete()[1]


def _blank_names_in_staff_log(person: Person) -> None:
    """What staff did stays in their log; whose name it showed does not."""
    named = _shows(person.email)
    if person.name:
        of_people = Q(content_type__app_label=Person._meta.app_label)
        named |= of_people & _shows(person.name)
    entries = LogEntry.objects.exclude(user=person).filter(named)
    entries.update(object_repr="–", change_message="")


def _shows(words: str) -> Q:
    """Messages are JSON, in which letters beyond ASCII are escaped."""
    escaped = json.dumps(words)[1:-1]
    return (
        Q(object_repr__contains=words)
        | Q(change_message__contains=words)
        | Q(change_message__contains=escaped)
    )
