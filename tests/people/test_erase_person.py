"""Who is erased takes their own along, and nothing of others who look like them."""

import json

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from livinglab.people.models import LetterDue, Person, Role
from livinglab.people.services.guardians import answer_as_guardian
from livinglab.people.services.helping import accept_help, invite_helper
from livinglab.people.services.leaving import begin_leaving, erase_leaver
from livinglab.people.services.sign_ups import Answers, finish_sign_up
from tests import make

GUARDIAN = "guardian@example.org"


def erased(person: Person) -> None:
    leaving = begin_leaving(Person.objects.get(pk=person.pk))
    type(leaving).objects.update(erase_at=timezone.now())
    assert erase_leaver(leaving.pk)


def entry(by, row=None, *, model=Role, shown="–", message=""):
    return LogEntry.objects.create(
        user=by,
        content_type=ContentType.objects.get_for_model(model),
        object_id=str(row.pk) if row else None,
        object_repr=shown,
        change_message=json.dumps(message) if message else "",
        action_flag=CHANGE,
    )


def added(name):
    return [{"added": {"name": "role", "object": name}}]


def blanked(one):
    one.refresh_from_db()
    return (one.object_repr, one.change_message) == ("–", "")


# What staff did -----------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a", "o", "Coord"])
def test_a_name_inside_of_other_words_blanks_nothing(resident, coordinator, name):
    Person.objects.filter(pk=resident.pk).update(name=name)
    boss = entry(
        coordinator, shown="boss@example.org · Coordinator", message=added("Role · o k")
    )
    erased(resident)
    assert not blanked(boss)


def test_an_address_inside_of_a_longer_one_blanks_nothing(db, coordinator):
    person = make.person("ann@example.org")
    longer = entry(coordinator, shown="joann@example.org")
    other_end = entry(coordinator, shown="ann@example.org.kr")
    own = entry(coordinator, shown="Letter to ann@example.org.")
    erased(person)
    assert [blanked(one) for one in (longer, other_end, own)] == [False, False, True]


def test_what_staff_did_to_a_namesake_stays(resident, neighbour, coordinator):
    Person.objects.filter(pk=neighbour.pk).update(name=resident.name)
    role = Role.objects.create(person=neighbour, kind=Role.Kind.CAREGIVER)
    theirs = [
        entry(coordinator, neighbour, model=Person, message=added(resident.name)),
        entry(coordinator, role, shown=f"{resident.name} · 돌봄 담당자"),
    ]
    erased(resident)
    assert not any(blanked(one) for one in theirs)


def test_what_staff_did_to_them_is_found_also_under_an_old_name(resident, coordinator):
    role = Role.objects.create(person=resident, kind=Role.Kind.CAREGIVER)
    gone = 999_999
    own = [
        entry(coordinator, resident, model=Person, shown="옛 이름"),
        entry(coordinator, role, shown="옛 이름 · 돌봄 담당자"),
        entry(coordinator, Role(pk=gone), shown=f"{resident.name} · 돌봄 담당자"),
        entry(coordinator, shown="x", message=added(f"{resident.name} · 돌봄 담당자")),
        entry(coordinator, shown="x", message=added(resident.email)),
    ]
    erased(resident)
    assert all(blanked(one) for one in own)


# Letters that wait --------------------------------------------------------------------


def test_a_namesake_s_invitation_is_sent_all_the_same(resident, neighbour):
    Person.objects.filter(pk=neighbour.pk).update(name=resident.name)
    neighbour.refresh_from_db()
    today = timezone.localdate()
    invite_helper(neighbour, areas=["energy"], until=today, address="son@example.org")
    invite_helper(resident, areas=["energy"], until=today, address="own@example.org")
    erased(resident)
    waiting = LetterDue.objects.filter(kind="help_invitation")
    assert [letter.address for letter in waiting] == ["son@example.org"]


def test_an_invitation_that_was_taken_already_goes_with_the_name(resident, neighbour):
    today = timezone.localdate()
    _helping, code = invite_helper(
        resident, areas=["energy"], until=today, address="son@example.org"
    )
    accept_help(code, by=neighbour)
    erased(resident)
    assert not LetterDue.objects.filter(kind="help_invitation").exists()


def test_a_guardian_still_gets_the_letter_about_another_child(db):
    one, other = make.person("one@example.org"), make.person("other@example.org")
    finish_sign_up(one, Answers(guardian_email=GUARDIAN))
    answer_as_guardian(one.guardian_consents.get(), agrees=True)
    finish_sign_up(other, Answers(guardian_email=GUARDIAN))
    erased(one)
    letters = LetterDue.objects.filter(address=GUARDIAN)
    assert [letter.facts["child"] for letter in letters] == ["ot•••@example.org"]


def test_a_letter_without_a_link_goes_by_the_address(db):
    child = make.person("one@example.org")
    finish_sign_up(child, Answers(guardian_email=GUARDIAN))
    LetterDue.objects.update(facts={"child": "on••@example.org"})
    erased(child)
    assert not LetterDue.objects.filter(address=GUARDIAN).exists()
