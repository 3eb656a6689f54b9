"""The names of people in the log of what staff did in the admin site."""

import json
import re
from collections.abc import Iterator

from django.contrib.admin.models import LogEntry
from django.db.models import Q

from livinglab.kernel.kept_json import strings_in
from livinglab.people.models import Person, Role

BETWEEN = " · "  # stands between the parts of a row's name


def blank_in_staff_log(person: Person) -> None:
    """What staff did stays in their log; whose name it showed does not.

    Found by the rows the log points to, and where a whole value is the name or the
    address: one name may be a part of other words, and somebody else's name as well.
    """
    entries = LogEntry.objects.exclude(user=person)
    may_show = _shows(person.email)
    if person.name:
        may_show |= _of_people() & _shows(person.name)
    shown = entries.filter(may_show).select_related("content_type")
    named = [one.pk for one in shown.iterator() if _names(one, person)]
    about = entries.filter(_about(person) | Q(pk__in=named))
    about.update(object_repr="–", change_message="")


def _about(person: Person) -> Q:
    roles = [str(pk) for pk in person.roles.values_list("pk", flat=True)]
    return _rows_of(Person, str(person.pk)) | _rows_of(Role, *roles)


def _of_people() -> Q:
    return Q(content_type__app_label=Person._meta.app_label)


def _rows_of(model: type[Person] | type[Role], *keys: str) -> Q:
    kind = Q(content_type__model=model._meta.model_name)
    return _of_people() & kind & Q(object_id__in=keys)


def _shows(words: str) -> Q:
    """Messages are JSON, in which letters beyond ASCII are escaped."""
    escaped = json.dumps(words)[1:-1]
    return (
        Q(object_repr__contains=words)
        | Q(change_message__contains=words)
        | Q(change_message__contains=escaped)
    )


def _names(entry: LogEntry, person: Person) -> bool:
    address = re.compile(rf"(?<![\w.+-]){re.escape(person.email)}(?![\w-]|\.\w)")
    by_name = person.name and not _is_of_somebody_else(entry, person)
    return any(
        address.search(value) or (by_name and _is_part(person.name, value))
        for value in _values(entry)
    )


def _is_part(name: str, value: str) -> bool:
    return f"{BETWEEN}{name}{BETWEEN}" in f"{BETWEEN}{value}{BETWEEN}"


def _is_of_somebody_else(entry: LogEntry, person: Person) -> bool:
    """Whether the row it points to is a namesake's, or not of people at all."""
    kind = entry.content_type
    if kind is None or kind.app_label != Person._meta.app_label:
        return True
    if not entry.object_id:
        return False
    if kind.model == Person._meta.model_name:
        return bool(entry.object_id != str(person.pk))
    roles = Role.objects.exclude(person=person).filter(pk=_number(entry.object_id))
    return kind.model == Role._meta.model_name and roles.exists()


def _number(key: str) -> int:
    return int(key) if key.isascii() and key.isdigit() else 0


def _values(entry: LogEntry) -> Iterator[str]:
    yield entry.object_repr
    try:
        yield from strings_in(json.loads(entry.change_message or "[]"))
    except ValueError:
        yield entry.change_message
