"""How people's own part of somebody goes: the account last of all."""

from django.db.models import Q

from livinglab.kernel.personal_data import Answers
from livinglab.people.models import DataRead, Download, LetterDue, Person
from livinglab.people.services.files import erase_file_later
from livinglab.people.services.guardians import letters_to_guardians_of
from livinglab.people.services.helping import end_help_by, letters_inviting_for
from livinglab.people.services.sessions import erase_sessions_of
from livinglab.people.services.staff_log import blank_in_staff_log


def erase_person(person: Person, answers: Answers | None = None) -> dict[str, int]:
    """The account, and by it every row that points to it; letters that still wait."""
    for download in Download.objects.filter(person=person).exclude(file=""):
        erase_file_later(download.file.name)
    erase_sessions_of(person)
    letters = _drop_letters(person)
    end_help_by(person)
    DataRead.objects.filter(reader=person).update(reader=None)
    blank_in_staff_log(person)
    return {**letters, **person.delete()[1]}


def _drop_letters(person: Person) -> dict[str, int]:
    """Letters that wait: to them, to their guardians, to whom they asked for help."""
    theirs = [*letters_to_guardians_of(person), *letters_inviting_for(person)]
    to_them = Q(address__iexact=person.email)
    return LetterDue.objects.filter(to_them | Q(pk__in=theirs)).delete()[1]
