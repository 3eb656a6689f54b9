"""The reporting page gone back to, half filled, too long, from elsewhere."""

import re
from urllib.parse import unquote

import pytest

from livinglab.issues.models import Issue
from tests import make
from tests.issues import world
from tests.issues.test_report_page import fields, jpeg, look, send

pytestmark = pytest.mark.django_db


def key_in(answer) -> str:
    found = re.search(r'name="key" value="([0-9a-f-]+)"', answer.text)
    assert found
    return found[1]


def test_a_look_gives_the_sending_its_key_also_without_a_script(client):
    assert key_in(look(client)) != key_in(look(client))


def test_going_back_after_sending_and_sending_again_is_one_report(client):
    key = key_in(look(client))
    assert send(client, key=key).url == send(client, key=key).url
    assert Issue.objects.count() == 1


def test_another_report_on_the_page_of_a_sent_one_is_neither_lost_nor_doubled(client):
    key = key_in(look(client))
    send(client, key=key)
    more = {"words": "가로등도 꺼져 있어요", "address": "정왕역 1번 출구 앞"}
    answer = send(client, key=key, **more)
    assert answer.status_code == 422
    assert "이미 보낸 제보예요" in answer.text
    assert "가로등도 꺼져 있어요" in answer.text
    send(client, key=key_in(answer), **more)
    assert set(Issue.objects.values_list("words", flat=True)) == {
        "횡단보도 앞이 깊게 파였어요",
        "가로등도 꺼져 있어요",
    }


def test_a_look_on_the_page_of_a_sent_report_is_about_another_one(client):
    key = key_in(look(client))
    send(client, key=key)
    assert key_in(look(client, key=key)) != key


def test_an_empty_form_says_everything_that_is_missing_at_once(client):
    answer = look(client, category="", neighbourhood="", address="", words="  ")
    assert set(answer.context["page"].wrong) == {"place", "what"}


def test_a_place_outside_names_the_cities_that_take_part(client):
    make.city("daegu")
    answer = send(client, place_from="map", lon="127.5", lat="36.6")
    (sentence,) = answer.context["page"].wrong["place"]
    assert "시흥시" in sentence
    assert "대구광역시" in sentence


def test_a_place_outside_is_known_to_the_page_before_anything_is_sent(client):
    fields()
    elsewhere = {"place_from": "device", "lon": "127.5", "lat": "36.6"}
    assert "data-refused" in client.get("/report/place/", elsewhere).text


def test_ten_thousand_letters_come_back_with_a_sentence_of_ours(client):
    long = "가" * 10_000
    answer = send(client, words=long)
    assert "4000자까지 쓸 수 있어요. 지금 10000자예요." in answer.text
    assert long in answer.text


def test_photos_that_were_not_kept_are_asked_for_again(client):
    again = "사진은 다시 골라 주세요"
    too_many = [jpeg(f"{n}.jpg", 200 + n) for n in range(6)]
    assert again in look(client, photos=too_many).text
    kept = look(client, photos=[jpeg()], category="")
    assert again not in kept.text
    assert again not in look(client, category="").text


def test_the_phone_knows_how_far_a_kind_is_looked_for(client):
    fields()
    world.category("street_light", name_ko="가로등 고장", radius_m=30)
    page = client.get("/report/").text
    assert re.search(r'data-kind="street_light"[^>]* data-radius="30"', page)


@pytest.mark.parametrize("act", ["word", "fixed", "support", "reply", "reopen"])
def test_a_sign_in_in_between_leads_back_to_the_report(client, act, resident):
    issue = world.issue()
    asked = client.post(f"/issues/{issue.pk}/{act}/", {"words": "또 파였어요"})
    assert asked.status_code == 302
    assert f"next=/issues/{issue.pk}/" in asked.url
    client.force_login(resident)
    # with a form to the form itself, else over the button's address to the report
    there = unquote(asked.url.split("next=")[1])
    page = client.get(there, follow=True)
    assert page.request["PATH_INFO"] == f"/issues/{issue.pk}/"
    back = client.get(f"/issues/{issue.pk}/{act}/")
    assert back.url == f"/issues/{issue.pk}/"


def test_the_page_after_meeting_a_report_may_be_asked_for_again(client, resident):
    issue = world.issue()
    assert client.get(f"/report/met/{issue.pk}/").url == f"/issues/{issue.pk}/"
    client.force_login(resident)
    claim = f"/report/done/{issue.key}/claim/"
    assert client.get(claim).url == f"/report/done/{issue.key}/"
    assert client.put(claim).status_code == 405
