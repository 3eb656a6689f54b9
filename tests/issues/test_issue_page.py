"""A report's page: what happened in plain words, and who sees what of it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from livinglab.issues.models import Change, Photo
from livinglab.issues.services import answering
from livinglab.issues.services.merging import merge_issue
from livinglab.issues.services.reporting import report_issue
from tests.issues import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def issue(resident):
    return report_issue(world.said(address="정왕역 앞"), by=resident).issue


def photo(issue, *, released=True, **fields):
    facts = {"width": 1600, "height": 1200, "digest": str(fields), "alt": "파인 길"}
    return Photo.objects.create(
        issue=issue, is_public=released, thumb="t", card="c", full="f", **facts | fields
    )


def page(client, issue):
    return client.get(f"/issues/{issue.pk}/")


def test_it_says_what_where_who_and_by_when(client, issue):
    text = page(client, issue).text
    for said in ("도로 파임", "횡단보도 앞이 깊게 파였어요", "정왕역 앞", "도로과"):
        assert said in text
    assert "제보가 접수됐어요" in text
    assert "까지 약속" in text


def test_every_step_is_a_sentence_with_the_words_of_the_city(
    client, issue, coordinator, resident
):
    parks = world.department("parks", name_ko="공원과", name_en="Parks")
    answering.route_issue(issue, parks, by=coordinator)
    later = issue.due_on + timedelta(days=30)
    answering.extend_promise(issue, later, "자재를 기다려요", by=coordinator)
    answering.answer_issue(issue, "waiting", words="몇 번 출구인가요?", by=coordinator)
    answering.reply_to_question(issue, "2번 출구요", by=resident)
    answering.answer_issue(issue, "resolved", words="메웠어요", by=coordinator)
    text = page(client, issue).text
    order = [
        "제보가 접수됐어요",
        "담당 부서: 공원과",
        "새로 약속한 날",
        "자재를 기다려요",
        "제보한 분에게 물었어요",
        "몇 번 출구인가요?",
        "제보한 분이 답해서",
        "2번 출구요",
        "고쳤다고 알려 왔어요",
        "메웠어요",
    ]
    places = [text.index(said) for said in order]
    assert places == sorted(places)
    assert "끝난 날" in text


def test_nobody_is_named(client, issue, coordinator, resident):
    answering.add_update(issue, "보고 있어요", by=coordinator)
    text = page(client, issue).text
    assert coordinator.name not in text
    assert resident.name not in text
    assert resident.email not in text


@pytest.mark.parametrize("field", ["is_public", "hidden"])
def test_what_is_not_published_is_not_there_for_others(
    field, client, issue, stranger, daegu_coordinator
):
    values = {"is_public": False} | ({"hidden": "rude"} if field == "hidden" else {})
    type(issue).objects.filter(pk=issue.pk).update(**values)
    assert page(client, issue).status_code == 404
    for person in (stranger, daegu_coordinator):
        client.force_login(person)
        assert page(client, issue).status_code == 404


def test_the_author_sees_why_it_is_hidden_and_may_object_once(
    client, issue, resident, coordinator
):
    answering.hide_issue(issue, "private", words="번호판이 보여요", by=coordinator)
    client.force_login(resident)
    text = page(client, issue).text
    assert "이 제보는 가려져 있어요" in text
    assert "번호판이 보여요" in text
    assert "noindex" in text
    assert "og:title" not in text
    answer = client.post(f"/issues/{issue.pk}/object/", {"words": "제 차예요"})
    assert answer.status_code == 302
    assert issue.appeals.get().words == "제 차예요"
    assert f"/issues/{issue.pk}/object/" not in page(client, issue).text


def test_the_reasons_of_a_hiding_stay_with_those_it_concerns(
    client, issue, coordinator
):
    answering.hide_issue(issue, "rude", words="욕설이 있어요", by=coordinator)
    answering.show_issue(issue, by=coordinator)
    assert "욕설이 있어요" not in page(client, issue).text


def test_only_released_photos_are_shown_to_others(client, issue, resident):
    shown, waiting = photo(issue), photo(issue, released=False, position=1)
    text = page(client, issue).text
    assert str(shown.key) in text
    assert str(waiting.key) not in text
    assert 'width="800" height="600"' in text
    assert f"8000/issues/photos/{shown.key}/full" in text
    client.force_login(resident)
    text = page(client, issue).text
    assert str(waiting.key) in text
    assert "아직 공개 전이에요" in text


def test_a_photo_released_later_shows_on_the_kept_page_at_once(client, issue):
    waiting = photo(issue, released=False)
    assert str(waiting.key) not in page(client, issue).text
    Photo.objects.update(is_public=True)
    assert str(waiting.key) in page(client, issue).text
    Photo.objects.update(is_public=False)
    assert str(waiting.key) not in page(client, issue).text


def test_a_withdrawn_report_keeps_its_page_without_words_and_photos(
    client, issue, resident
):
    picture = photo(issue)
    answering.withdraw_issue(issue, words="제 실수예요", by=resident)
    text = page(client, issue).text
    assert "제보한 분이 거두었어요" in text
    for gone in ("깊게 파였어요", "제 실수예요", str(picture.key)):
        assert gone not in text


def test_a_merged_report_leads_to_the_one_that_goes_on(
    client, issue, resident, coordinator
):
    original = report_issue(world.said(), by=resident).issue
    merge_issue(issue, original, by=coordinator)
    assert f'href="/issues/{original.pk}/"' in page(client, issue).text


def test_answers_to_the_questions_of_its_kind_are_read_in_words(client, resident):
    of = world.category("lamp")
    world.question(
        of,
        "SIZE",
        "singlevaluelist",
        text_ko="얼마나 큰가요?",
        choices=[{"key": "L", "ko": "크다", "en": "large"}],
    )
    said = world.said(category=of, answers={"SIZE": ["L"]})
    text = page(client, report_issue(said, by=resident).issue).text
    assert "얼마나 큰가요?" in text
    assert "크다" in text


def test_a_promise_that_passed_is_said_so(client, issue):
    type(issue).objects.update(due_on=timezone.localdate() - timedelta(days=3))
    text = page(client, issue).text
    assert "약속보다 늦어요" in text
    assert "약속한 날에서 3일 지났어요" in text


def test_words_of_people_never_become_markup(client, resident):
    said = world.said(words='<script>alert(1)</script>"><b>')
    text = page(client, report_issue(said, by=resident).issue).text
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert" in text


def test_the_page_asks_at_most_eight_questions(
    client, issue, resident, coordinator, django_assert_max_num_queries
):
    photo(issue)
    for n in range(12):
        answering.add_update(issue, f"소식 {n}", by=coordinator)
    for person in (None, resident, coordinator):
        client.logout()
        if person:
            client.force_login(person)
            client.get("/about/")
        with django_assert_max_num_queries(8):
            assert page(client, issue).status_code == 200


def test_a_second_visitor_costs_one_question(client, issue, django_assert_num_queries):
    page(client, issue)
    with django_assert_num_queries(1):
        assert page(client, issue).status_code == 200


def test_the_timeline_follows_what_happens(client, issue, coordinator):
    assert f'data-live="issue:{issue.pk}"' in page(client, issue).text
    answering.add_update(issue, "내일 가요", by=coordinator)
    assert "내일 가요" in page(client, issue).text
    assert Change.objects.filter(issue=issue).count() == 2


def test_what_only_its_author_sees_is_not_offered_to_be_shared(client, issue, resident):
    client.force_login(resident)
    assert "data-share" in page(client, issue).text
    type(issue).objects.update(is_public=False)
    assert "data-share" not in page(client, issue).text
    assert "data-print" in page(client, issue).text
