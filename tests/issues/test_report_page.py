"""The reporting form as a page: empty, looked at, sent; without a script."""

import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from livinglab.issues.models import Department, Issue, Photo, Question
from livinglab.issues.services.photos import add_photo
from livinglab.issues.services.reporting import report_issue
from livinglab.people.models import Draft, FileToErase
from tests import make
from tests.issues import world
from tests.kernel.test_clean_photo import exif, photo

pytestmark = pytest.mark.django_db
HERE = "/report/"
MOST_QUERIES = 8


def fields(**more: Any) -> dict[str, Any]:
    """A hole in the road of Jeongwang 1-dong, chosen from the list."""
    place = make.neighbourhood()
    world.category()
    return {
        "neighbourhood": place.code,
        "address": "정왕역 2번 출구 앞",
        "category": "pothole",
        "words": "횡단보도 앞이 깊게 파였어요",
    } | more


def look(client, **more: Any):
    return client.post(HERE, fields(step="look", **more))


def send(client, **more: Any):
    return client.post(HERE, fields(step="send", **more))


def jpeg(name: str = "a.jpg", width: int = 640) -> SimpleUploadedFile:
    taken = photo(width, 480, exif=exif())
    return SimpleUploadedFile(name, taken.getvalue(), "image/jpeg")


def draft_in(answer) -> str:
    return str(answer.context["page"].draft.key)


def test_the_form_says_the_same_to_everybody_and_may_be_kept(client, resident):
    fields()
    client.force_login(resident)
    answer = client.get(HERE)
    assert answer.headers["X-Shell"] == "public"
    assert resident.email not in answer.text
    assert "data-who" not in answer.text


def test_the_form_asks_few_questions_of_the_database(
    client, django_assert_max_num_queries
):
    fields()
    for number in range(20):
        of = world.category(f"kind-{number}", name_ko=f"종류 {number}")
        world.question(of, "size", "string")
    with django_assert_max_num_queries(MOST_QUERIES):
        assert client.get(HERE).status_code == 200


def test_the_form_in_the_page_has_no_key_because_phones_keep_it(client):
    fields()
    assert 'name="key" value=""' in client.get(HERE).text


def test_the_kept_form_is_made_again_when_a_kind_changes(
    client, django_assert_num_queries
):
    fields()
    of = world.category()
    world.question(of, "size", "string", text_ko="얼마나 큰가요?")
    assert "얼마나 큰가요?" in client.get(HERE).text
    with django_assert_num_queries(2):
        client.get(HERE)
    Question.objects.update(text_ko="얼마나 넓나요?")
    assert "얼마나 넓나요?" in client.get(HERE).text
    of.name_ko = "포트홀"
    of.save()
    assert "포트홀" in client.get(HERE).text
    Department.objects.update(name_ko="도로관리과")
    assert "도로관리과" in client.get(HERE).text


def test_kinds_of_two_cities_in_the_same_words_are_shown_once(client):
    fields()
    make.neighbourhood("2714074200")
    roads = world.department(city="daegu")
    world.category(city="daegu", department=roads)
    text = client.get(HERE).text
    assert text.count('data-kind="pothole"') == 1
    assert 'data-cities="siheung daegu"' in text


def test_a_kind_only_one_city_words_otherwise_is_shown_for_each(client):
    fields()
    make.neighbourhood("2714074200")
    world.category(city="daegu", name_ko="포트홀")
    assert client.get(HERE).text.count('data-kind="pothole"') == 2


def test_a_kind_that_is_not_taken_here_says_what_to_do_instead(client):
    fields()
    world.category("fire", notice_ko="119에 전화하세요", notice_phone="119")
    text = client.get(HERE).text
    assert "119에 전화하세요" in text
    assert 'href="tel:119"' in text


def test_a_look_says_who_gets_it_and_by_when_and_stores_no_report(client):
    answer = look(client)
    assert answer.status_code == 200
    assert answer.context["page"].promise.department.name == "도로과"
    assert 'name="step" value="send"' in answer.text
    assert not Issue.objects.exists()


def test_a_look_gives_back_everything_that_was_written(client):
    answer = look(client, email="bora@example.org", phone="010-1234-5678")
    for said in (
        "정왕역 2번 출구 앞",
        "깊게 파였어요",
        "bora@example.org",
        "010-1234-5678",
    ):
        assert said in answer.text
    assert 'value="pothole" checked' in answer.text
    assert '<option value="4139059100" selected>' in answer.text


def test_what_is_missing_is_said_at_its_question_and_nothing_is_lost(client):
    answer = look(client, category="", address="")
    assert answer.status_code == 422
    assert set(answer.context["page"].wrong) == {"place", "what"}
    assert "깊게 파였어요" in answer.text


def test_a_kind_is_suggested_from_the_words_where_none_was_chosen(client):
    world.category("street_light", name_ko="가로등 고장", synonyms=["가로등", "깜빡"])
    answer = look(client, category="", words="가로등이 깜빡여요")
    assert answer.status_code == 422
    assert [one.code for one in answer.context["page"].suggested] == ["street_light"]


def test_a_required_question_is_asked_for_and_its_answer_stored(client):
    of = world.category()
    choices = [{"key": "deep", "ko": "깊어요", "en": "Deep"}]
    world.question(of, "depth", "singlevaluelist", is_required=True, choices=choices)
    assert "questions" in look(client).context["page"].wrong

    send(client, **{"answer-depth": "deep"})
    assert Issue.objects.get().answers == {"depth": "deep"}


def test_a_day_and_time_of_a_form_is_that_of_the_cities(client):
    world.question(world.category(), "since", "datetime")
    send(client, **{"answer-since": "2026-11-20T09:30"})
    assert Issue.objects.get().answers == {"since": "2026-11-20T09:30:00+09:00"}


def test_a_report_from_the_list_stands_at_the_middle_of_its_neighbourhood(client):
    answer = send(client)
    issue = Issue.objects.get()
    assert answer.status_code == 302
    assert answer.url == reverse("report:done", args=[issue.key])
    assert (issue.lon, issue.lat) == world.JEONGWANG
    assert issue.place_from == Issue.PlaceFrom.LIST
    assert issue.address == "정왕역 2번 출구 앞"


def test_a_point_counts_more_than_an_earlier_choice_from_the_list(client):
    make.neighbourhood("4139051000")
    lon, lat = world.JEONGWANG
    facts = {"place_from": "map", "lon": str(lon), "lat": str(lat)}
    send(client, **facts | {"neighbourhood": "4139051000"})
    assert Issue.objects.get().neighbourhood.code == "4139059100"


def test_a_place_outside_is_said_at_its_question(client):
    answer = send(client, place_from="map", lon="127.5", lat="36.6")
    assert answer.status_code == 422
    assert "place" in answer.context["page"].wrong


def test_a_place_from_the_list_needs_a_word_where(client):
    answer = send(client, address="")
    assert answer.context["page"].wrong["place"]
    assert not Issue.objects.exists()


def test_the_same_form_sent_twice_is_one_report(client):
    key = str(uuid.uuid4())
    assert send(client, key=key).url == send(client, key=key).url
    assert Issue.objects.count() == 1


def test_photos_of_a_look_wait_in_a_draft_and_come_along(client):
    looked = look(client, photos=[jpeg()], alts="구멍")
    kept = Photo.objects.get()
    assert kept.draft is not None
    assert not kept.is_public

    send(client, draft=draft_in(looked), photos=[jpeg("b.jpg", 800)])

    issue = Issue.objects.get()
    alts = issue.photos.order_by("position").values_list("alt", flat=True)
    assert sorted(alts) == ["", "구멍"]
    assert not Draft.objects.exists()


def test_a_photo_of_a_draft_can_be_left_out_again(client):
    looked = look(client, photos=[jpeg()])
    key = str(Photo.objects.get().key)
    look(client, draft=draft_in(looked), drop=key)
    assert not Photo.objects.exists()
    assert FileToErase.objects.count() == 3


def test_more_than_five_photos_are_refused_with_those_already_kept(client):
    photos = [jpeg(f"{n}.jpg", 200 + n) for n in range(4)]
    looked = look(client, photos=photos)
    more = [jpeg(f"{n}.jpg", 300 + n) for n in range(2)]
    answer = look(client, draft=draft_in(looked), photos=more)
    assert "photos" in answer.context["page"].wrong
    assert Photo.objects.count() == 4


def test_nobody_sees_the_photos_of_anothers_draft(client, resident, neighbour):
    client.force_login(resident)
    look(client, photos=[jpeg()])
    address = reverse("issues:photo", args=[Photo.objects.get().key, "thumb"])
    assert client.get(address).status_code == 200
    client.force_login(neighbour)
    assert client.get(address).status_code == 404
    client.logout()
    assert client.get(address).status_code == 404


def test_a_guest_sees_the_photos_of_this_browser(client, django_user_model):
    look(client, photos=[jpeg()])
    address = reverse("issues:photo", args=[Photo.objects.get().key, "thumb"])
    assert client.get(address).status_code == 200
    client.cookies.clear()
    assert client.get(address).status_code == 404


def test_a_draft_opens_again_for_its_owner_alone(client, resident, neighbour):
    client.force_login(resident)
    key = draft_in(look(client))
    again = client.get(reverse("report:half", args=[key]))
    assert "깊게 파였어요" in again.text
    client.force_login(neighbour)
    assert client.get(reverse("report:half", args=[key])).status_code == 302


def test_anothers_draft_gives_nothing_to_a_report(client, resident, neighbour):
    client.force_login(resident)
    key = draft_in(look(client, photos=[jpeg()]))
    client.force_login(neighbour)
    send(client, draft=key)
    assert not Issue.objects.get().photos.exists()
    assert Photo.objects.get().draft is not None


def test_words_that_break_html_stay_words(client):
    answer = look(client, words="<script>alert(1)</script>")
    assert "<script>alert(1)" not in answer.text


def test_it_says_truly_when_words_and_photos_are_published(client):
    text = client.get("/report/").text
    assert "글은 보내면 바로, 사진은 담당자가 확인한 뒤에 공개돼요" in text
    issue = report_issue(world.said(), by=None).issue
    assert issue.is_public
    photo, _clean = add_photo(issue, taken := jpeg(), size=taken.size or 0)
    assert not photo.is_public
