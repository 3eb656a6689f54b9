"""What residents do on a report's page."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from livinglab.issues.models import Change, Follow, Issue, Verdict
from livinglab.issues.services import answering
from livinglab.issues.services.following import support_issue
from livinglab.issues.services.reporting import report_issue
from livinglab.issues.services.verdicts import plan_verdicts
from tests.issues import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def issue(resident):
    return report_issue(world.said(), by=resident).issue


def act(client, issue, verb, **said):
    return client.post(f"/issues/{issue.pk}/{verb}/", said)


def picture(shade="red"):
    file = BytesIO()
    Image.new("RGB", (40, 30), shade).save(file, "JPEG")
    return SimpleUploadedFile("a.jpg", file.getvalue(), "image/jpeg")


def closed(issue, coordinator):
    closing = answering.answer_issue(
        issue, "resolved", words="메웠어요", by=coordinator
    )
    plan_verdicts(closing)
    return closing


def question_of(client, issue):
    text = client.get(f"/issues/{issue.pk}/").text
    if 'name="question" value="' not in text:
        return None
    return text.split('name="question" value="')[1].split('"')[0]


@pytest.mark.parametrize(
    "verb",
    ["support", "follow", "unfollow", "word", "reply", "withdraw", "reopen", "object"],
)
def test_a_guest_is_asked_to_sign_in_and_a_hidden_report_is_not_there(
    verb, client, issue, stranger
):
    assert act(client, issue, verb, words="x").url.startswith("/accounts/login/")
    Issue.objects.filter(pk=issue.pk).update(is_public=False)
    client.force_login(stranger)
    assert act(client, issue, verb, words="x").status_code == 404
    assert client.get(f"/issues/{issue.pk}/{verb}/").url == f"/issues/{issue.pk}/"


def test_a_neighbour_met_it_too_once_and_hears_of_it(client, issue, neighbour):
    client.force_login(neighbour)
    for _twice in range(2):
        assert act(client, issue, "support").status_code == 302
    issue.refresh_from_db()
    assert issue.supporters == 1
    text = client.get(f"/issues/{issue.pk}/").text
    assert "1명" in text
    assert f"/issues/{issue.pk}/support/" not in text


def test_one_follows_out_of_curiosity_and_lets_go(client, issue, stranger):
    client.force_login(stranger)
    act(client, issue, "follow")
    assert issue.follows.get(person=stranger).why == Follow.Why.CURIOUS
    act(client, issue, "unfollow")
    assert not issue.follows.filter(person=stranger).exists()


def test_a_follower_adds_a_word_and_a_photo_that_waits(client, issue, neighbour):
    support_issue(issue, by=neighbour)
    client.force_login(neighbour)
    answer = act(
        client, issue, "word", words="더 커졌어요", photos=picture(), alt="구멍"
    )
    assert answer.status_code == 302
    change = issue.changes.get(what=Change.What.UPDATE)
    assert (change.words, change.by, change.by_city) == (
        "더 커졌어요",
        neighbour,
        False,
    )
    photo = change.photos.get()
    assert (photo.alt, photo.is_public) == ("구멍", False)
    client.logout()
    text = client.get(f"/issues/{issue.pk}/").text
    assert "더 커졌어요" in text
    assert str(photo.key) not in text
    photo.is_public = True
    photo.save()
    assert str(photo.key) in client.get(f"/issues/{issue.pk}/").text


def test_who_has_nothing_to_do_with_it_adds_nothing(client, issue, stranger):
    client.force_login(stranger)
    assert act(client, issue, "word", words="광고").status_code == 403
    assert not issue.changes.filter(what=Change.What.UPDATE).exists()


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("", "사진을 더해"),
        ("카지노 www.a.com www.b.com", "광고처럼"),
        ("가" * 1001, "1,000"),
    ],
)
def test_a_word_that_is_refused_stays_in_the_field(
    words, reason, client, issue, resident
):
    client.force_login(resident)
    answer = act(client, issue, "word", words=words, form="word")
    assert answer.status_code == 422
    assert reason in answer.text
    assert words in answer.text
    assert not issue.changes.filter(what=Change.What.UPDATE).exists()


def test_a_photo_that_is_none_is_refused_and_nothing_is_kept(client, issue, resident):
    client.force_login(resident)
    broken = SimpleUploadedFile("a.jpg", b"no picture", "image/jpeg")
    answer = act(client, issue, "word", words="보세요", photos=broken, form="word")
    assert answer.status_code == 422
    assert "보세요" in answer.text
    assert not issue.changes.filter(what=Change.What.UPDATE).exists()
    assert not issue.photos.exists()


def test_words_come_at_a_calm_pace(client, issue, resident, settings):
    settings.PACE = settings.PACE | {"issues.add_word": (1, 60)}
    client.force_login(resident)
    act(client, issue, "word", words="하나")
    assert act(client, issue, "word", words="둘").status_code == 429


def test_the_reporter_answers_the_city(client, issue, resident, coordinator, neighbour):
    answering.answer_issue(issue, "waiting", words="어디쯤인가요?", by=coordinator)
    client.force_login(neighbour)
    assert act(client, issue, "reply", words="나도 몰라요").status_code == 403
    client.force_login(resident)
    assert 'id="reply"' in client.get(f"/issues/{issue.pk}/").text
    assert act(client, issue, "reply", words="2번 출구").status_code == 302
    issue.refresh_from_db()
    assert issue.state == "routed"


def test_the_reporter_withdraws_and_nobody_else_can(client, issue, resident, neighbour):
    client.force_login(neighbour)
    assert act(client, issue, "withdraw").status_code == 403
    client.force_login(resident)
    assert act(client, issue, "withdraw").status_code == 302
    issue.refresh_from_db()
    assert issue.state == "withdrawn"
    assert act(client, issue, "word", words="또").status_code == 409


def test_yes_is_counted_with_its_stars(client, issue, resident, coordinator):
    closed(issue, coordinator)
    client.force_login(resident)
    asked = question_of(client, issue)
    act(client, issue, "fixed", question=asked, answer="yes", stars="4", words="좋아요")
    verdict = Verdict.objects.get(pk=asked)
    assert (verdict.answer, verdict.stars, verdict.words) == ("yes", 4, "좋아요")
    assert question_of(client, issue) is None


def test_no_with_a_photo_alone_opens_it_again_and_shows_where(
    client, issue, resident, coordinator
):
    closed(issue, coordinator)
    client.force_login(resident)
    asked = question_of(client, issue)
    answer = act(client, issue, "fixed", question=asked, answer="no", photos=picture())
    assert answer.status_code == 302
    issue.refresh_from_db()
    assert issue.state == "reopened"
    photo = issue.photos.get()
    assert photo.change == issue.changes.order_by("pk").last()
    assert photo.change.state == "reopened"


def test_no_without_a_word_or_photo_is_asked_for_one(
    client, issue, resident, coordinator
):
    closed(issue, coordinator)
    client.force_login(resident)
    asked = question_of(client, issue)
    answer = act(client, issue, "fixed", question=asked, answer="no", stars="2")
    assert answer.status_code == 422
    assert 'value="2" checked' in answer.text
    issue.refresh_from_db()
    assert issue.state == "resolved"


def test_the_question_is_ones_own(client, issue, resident, neighbour, coordinator):
    closed(issue, coordinator)
    mine = Verdict.objects.get(person=resident, round=1)
    client.force_login(neighbour)
    for asked in (mine.pk, "x", ""):
        assert (
            act(client, issue, "fixed", question=asked, answer="yes").status_code == 404
        )
    mine.refresh_from_db()
    assert mine.answer == ""


def test_after_four_weeks_it_is_asked_again(client, issue, resident, coordinator):
    closed(issue, coordinator)
    client.force_login(resident)
    asked = question_of(client, issue)
    act(client, issue, "fixed", question=asked, answer="unsure")
    assert question_of(client, issue) is None
    Verdict.objects.filter(round=2).update(ask_at=timezone.now())
    assert question_of(client, issue) == str(Verdict.objects.get(round=2).pk)


def test_a_refused_repair_is_opened_again_with_a_reason(
    client, issue, resident, coordinator
):
    answering.answer_issue(
        issue, "no_action", words="우리 일이 아니에요", by=coordinator
    )
    client.force_login(resident)
    refused = act(client, issue, "reopen", words=" ", form="reopen")
    assert refused.status_code == 409
    assert act(client, issue, "reopen", words="시 땅이에요").status_code == 302
    issue.refresh_from_db()
    assert issue.state == "reopened"


def test_a_word_sent_twice_is_one_word(client, issue, resident):
    client.force_login(resident)
    for _tap in range(2):
        act(client, issue, "word", words="더 커졌어요", photos=picture())
    word = Change.objects.get(words="더 커졌어요")
    assert word.photos.count() == 1
    act(client, issue, "word", words="더 커졌어요")  # said anew, without the photo
    act(client, issue, "word", words="오늘도요")
    act(client, issue, "word", words="더 커졌어요")
    assert issue.changes.filter(by=resident, what=Change.What.UPDATE).count() == 4
