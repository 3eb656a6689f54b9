"""In whose name a report goes: told beside the form, and compared when it is sent."""

import uuid
from typing import Any

import pytest
from django.test import Client

from livinglab.issues.models import Issue
from livinglab.people.models import Helping, Person
from tests.issues import world
from tests.issues.test_helping import acting, helping, written

__all__ = ["acting", "helping"]
pytestmark = pytest.mark.django_db
HERE = "/report/who/"


def by_phone(client: Client, **more: str):
    told = {key: said for key, said in written().items() if key != "step"}
    return client.post("/api/v1/issues/", told | {"ask_known": "0"} | more)


def test_a_guest_is_told_that_no_account_stands_behind_it(client):
    answer = client.get(HERE)
    assert "가입하지 않은 주민" in answer.text
    assert 'data-written-as="self"' in answer.text
    assert "no-store" in answer.headers["Cache-Control"]


def test_whoever_is_signed_in_reads_their_own_name(client, resident):
    client.force_login(resident)
    text = client.get(HERE).text
    assert resident.name in text
    assert "대신해" not in text


def test_a_helper_reads_for_whom_the_report_is(
    acting: Client, resident: Person, neighbour: Person, helping: Helping
):
    text = acting.get(HERE).text
    assert f"{resident.name}님을 대신해" in text
    assert f"{neighbour.name}님이 도와 써요" in text
    assert f'data-written-as="{helping.pk}"' in text


def test_a_helper_without_reports_is_told_before_writing_one(
    client, resident: Person, neighbour: Person, helping: Helping
):
    helping.areas = ["energy"]
    helping.save()
    client.force_login(neighbour)
    client.post(f"/me/helping/{helping.pk}/act/")
    assert "제보할 수 없어요" in client.get(HERE).text


def test_the_form_for_everybody_names_nobody(acting: Client, resident: Person):
    world.said()
    text = acting.get("/report/").text
    assert resident.name not in text
    assert 'data-island="report-who"' in text


@pytest.mark.parametrize("send", ["form", "phone"])
def test_what_was_written_for_somebody_does_not_go_in_ones_own_name(
    send: str, client, neighbour: Person, helping: Helping
):
    client.force_login(neighbour)
    name = {"acting_for": str(helping.pk)}
    answer: Any = (
        by_phone(client, **name)
        if send == "phone"
        else client.post("/report/", written() | name)
    )
    assert answer.status_code == 422
    assert "다른 이름으로 쓴 글이에요" in answer.content.decode()
    assert not Issue.objects.exists()


def test_what_one_wrote_oneself_does_not_go_in_anothers_name(acting: Client):
    assert by_phone(acting, acting_for="self").status_code == 422
    assert not Issue.objects.exists()


def test_the_right_name_sends_it(
    acting: Client, resident: Person, neighbour: Person, helping: Helping
):
    assert by_phone(acting, acting_for=str(helping.pk)).status_code == 201
    assert Issue.objects.get().reporter == resident
    acting.logout()
    acting.force_login(neighbour)
    told = by_phone(acting, acting_for="self", key=str(uuid.uuid4()))
    assert told.status_code == 201
    assert Issue.objects.filter(reporter=neighbour).count() == 1
