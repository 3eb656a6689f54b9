"""Typed on a report's page, sent when nobody was signed in any more: it waits."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from livinglab.issues.http import name_on_page
from livinglab.issues.models import Change, Photo
from livinglab.issues.services.answering import answer_issue, hide_issue
from livinglab.issues.services.blanking import blank_word
from livinglab.issues.services.following import support_issue
from livinglab.issues.services.verdicts import plan_verdicts
from livinglab.issues.services.voices import add_word
from livinglab.people.models import Draft, Helping
from livinglab.people.services.guests import keep_draft
from tests.issues import world
from tests.issues.json_door import jpeg
from tests.signing_in import SignedInClient

pytestmark = pytest.mark.django_db


def name_in(page: str) -> str:
    """The name the forms of a page carry."""
    return page.split('name="written_as" value="')[1].split('"')[0]


@pytest.fixture
def issue(resident):
    return world.issue(resident)


def page(client, issue):
    return client.get(f"/issues/{issue.pk}/").text


def send_signed_out(client, issue, verb, **said):
    """The page was open while its sign-in ended."""
    name = name_in(page(client, issue))
    client.logout()
    return client.post(f"/issues/{issue.pk}/{verb}/", said | {"written_as": name})


def test_words_are_there_again_after_the_sign_in(client, issue, resident):
    client.force_login(resident)
    answer = send_signed_out(client, issue, "word", words="더 깊어졌어요")
    assert answer.url == f"/accounts/login/?next=/issues/{issue.pk}/%23word"
    assert "그대로 있어요" in client.get(answer.url).text
    assert not issue.changes.exists()

    client.force_login(resident)
    text = page(client, issue)
    assert ">더 깊어졌어요</textarea>" in text
    assert 'href="#word"' in text
    client.post(f"/issues/{issue.pk}/word/", {"words": "더 깊어졌어요"})
    assert issue.changes.get(what=Change.What.UPDATE).words == "더 깊어졌어요"
    assert not Draft.objects.exists()
    assert "</textarea>" in page(client, issue)
    assert ">더 깊어졌어요</textarea>" not in page(client, issue)


def test_so_it_is_with_photos_and_what_they_show(client, issue, resident):
    client.force_login(resident)
    send_signed_out(client, issue, "word", words="보세요", photos=jpeg(), alt="구멍")
    kept = Photo.objects.get()
    address = f"/issues/photos/{kept.key}/thumb.webp"
    assert client.get(address).status_code == 404
    client.force_login(resident)
    assert address in page(client, issue)
    assert client.get(address).status_code == 200
    client.post(f"/issues/{issue.pk}/word/", {"words": "보세요"})
    change = issue.changes.get(what=Change.What.UPDATE)
    (added,) = Photo.objects.all()
    assert (added.change, added.alt, added.issue) == (change, "구멍", issue)


def test_a_kept_photo_can_be_left_out(client, issue, resident):
    client.force_login(resident)
    send_signed_out(client, issue, "word", words="보세요", photos=jpeg())
    client.force_login(resident)
    out = {"words": "글만요", "drop": str(Photo.objects.get().key)}
    client.post(f"/issues/{issue.pk}/word/", out)
    assert issue.changes.get(what=Change.What.UPDATE).words == "글만요"
    assert not Photo.objects.exists()


def test_a_photo_that_cannot_be_kept_takes_no_words_along(client, issue, resident):
    client.force_login(resident)
    broken = jpeg()
    broken.file.truncate(20)
    broken.size = 20
    send_signed_out(client, issue, "word", words="보세요", photos=broken)
    client.force_login(resident)
    text = page(client, issue)
    assert ">보세요</textarea>" in text
    assert "사진은 다시 골라" in text


def test_a_no_with_its_word_photo_and_stars_waits(client, issue, resident, coordinator):
    closing = answer_issue(issue, "resolved", words="메웠어요", by=coordinator)
    plan_verdicts(closing)
    client.force_login(resident)
    asked = page(client, issue).split('name="question" value="')[1].split('"')[0]
    said = {"question": asked, "answer": "no", "words": "아직요", "stars": "2"}
    send_signed_out(client, issue, "fixed", **said, photos=jpeg())
    client.force_login(resident)
    text = page(client, issue)
    assert 'value="no" required checked' in text
    assert 'value="2" checked' in text
    assert ">아직요</textarea>" in text
    assert client.post(f"/issues/{issue.pk}/fixed/", said).status_code == 302
    issue.refresh_from_db()
    assert issue.state == "reopened"
    assert issue.photos.get().change.words == "아직요"


def waiting(issue, coordinator):
    answer_issue(issue, "waiting", words="어디예요?", by=coordinator)
    return "reply"


def refused(issue, coordinator):
    answer_issue(issue, "no_action", words="우리 일이 아니에요", by=coordinator)
    return "reopen"


def hidden(issue, coordinator):
    hide_issue(issue, "spam", words="광고", by=coordinator)
    return "object"


def untouched(_issue, _coordinator):
    return "withdraw"


@pytest.mark.parametrize("begin", [waiting, refused, hidden, untouched])
def test_every_small_form_of_the_page_keeps_its_words(
    begin, client, issue, resident, coordinator
):
    verb = begin(issue, coordinator)
    client.force_login(resident)
    answer = send_signed_out(client, issue, verb, words="여기 남은 말")
    assert answer.url.endswith(f"%23{verb}")
    client.force_login(resident)
    text = page(client, issue)
    assert f'id="{verb}"' in text
    assert ">여기 남은 말</textarea>" in text
    client.post(f"/issues/{issue.pk}/{verb}/", {"words": "여기 남은 말"})
    assert not Draft.objects.exists()


def test_an_objection_to_a_text_out_of_sight_waits_too(
    client, issue, neighbour, coordinator
):
    support_issue(issue, by=neighbour)
    words = [add_word(issue, said, by=neighbour) for said in ("하나", "둘")]
    for word in words:
        blank_word(issue, word, "이름이 있어요", by=coordinator)
    client.force_login(neighbour)
    verb = f"words/{words[1].pk}/object"
    send_signed_out(client, issue, verb, words="이름이 아니에요")
    client.force_login(neighbour)
    text = page(client, issue)
    assert text.count(">이름이 아니에요</textarea>") == 1
    before = text.split(">이름이 아니에요</textarea>")[0]
    assert f'id="object-word-{words[1].pk}"' in before


def test_nobody_else_who_signs_in_sees_them(client, issue, resident, neighbour):
    client.force_login(resident)
    send_signed_out(client, issue, "word", words="내 이야기")
    support_issue(issue, by=neighbour)
    client.force_login(neighbour)
    assert "내 이야기" not in page(client, issue)
    assert "내 이야기" not in page(Client(), issue)


def test_nothing_goes_in_the_name_of_whoever_signed_in_meanwhile(
    client, issue, resident, neighbour
):
    support_issue(issue, by=neighbour)
    client.force_login(resident)
    name = name_in(page(client, issue))
    client.force_login(neighbour)
    said = {"words": "다른 이름으로", "written_as": name}
    answer = client.post(f"/issues/{issue.pk}/word/", said)
    assert answer.status_code == 422
    assert "다른 이름으로" in answer.text.split("<textarea")[0]
    assert ">다른 이름으로</textarea>" in answer.text
    assert not issue.changes.exists()


@pytest.mark.parametrize("name", ["", "nonsense", "1:1:x"])
def test_a_made_up_name_keeps_nothing(name, client, issue):
    said = {"words": "x", "written_as": name}
    answer = client.post(f"/issues/{issue.pk}/word/", said)
    assert answer.url.startswith("/accounts/login/")
    assert not Draft.objects.exists()


def test_a_name_of_last_year_keeps_nothing(client, issue, resident, time_machine):
    time_machine.move_to(timezone.now() - timedelta(days=31))
    name = name_on_page(resident)
    time_machine.move_to(timezone.now() + timedelta(days=31))
    client.post(f"/issues/{issue.pk}/word/", {"words": "x", "written_as": name})
    assert not Draft.objects.exists()


def test_a_report_the_person_may_not_see_keeps_nothing(client, stranger, resident):
    theirs = world.issue(resident, is_public=False)
    said = {"words": "x", "written_as": name_on_page(stranger)}
    client.post(f"/issues/{theirs.pk}/word/", said)
    assert not Draft.objects.exists()


def test_a_helpers_words_wait_with_the_helped_one(client, issue, resident, neighbour):
    helping = Helping.objects.create(
        person=resident,
        helper=neighbour,
        state=Helping.State.ACTIVE,
        areas=["issues"],
        until=timezone.localdate() + timedelta(days=9),
        confirmed_at=timezone.now(),
    )
    client.force_login(neighbour)
    client.post(f"/me/helping/{helping.pk}/act/")
    send_signed_out(client, issue, "word", words="대신 씁니다")
    client.force_login(neighbour)
    assert "대신 씁니다" not in page(client, issue)
    client.post(f"/me/helping/{helping.pk}/act/")
    assert ">대신 씁니다</textarea>" in page(client, issue)


def test_what_cannot_be_sent_any_more_is_shown_to_be_copied(
    client, issue, resident, coordinator
):
    verb = waiting(issue, coordinator)
    client.force_login(resident)
    send_signed_out(client, issue, verb, words="2번 출구예요")
    answer_issue(issue, "in_progress", words="찾았어요", by=coordinator)
    client.force_login(resident)
    text = page(client, issue)
    assert "<p>2번 출구예요</p>" in text
    assert "2번 출구예요</textarea>" not in text


def test_what_waits_can_be_discarded_by_its_person_alone(
    client, issue, resident, neighbour
):
    client.force_login(resident)
    send_signed_out(client, issue, "word", words="그만둘래요", photos=jpeg())
    away = f"/issues/{issue.pk}/unsent/let-go/"
    assert client.post(away).url.startswith("/accounts/login/")
    client.force_login(neighbour)
    client.post(away)
    assert Draft.objects.count() == 1
    client.force_login(resident)
    assert away in page(client, issue)
    client.post(away)
    assert not Draft.objects.exists()
    assert not Photo.objects.exists()
    assert "그만둘래요" not in page(client, issue)


def test_photos_of_a_refused_word_are_kept(client, issue, resident):
    client.force_login(resident)
    said = {"words": "가" * 1001, "photos": jpeg()}
    answer = client.post(f"/issues/{issue.pk}/word/", said)
    assert answer.status_code == 422
    kept = Photo.objects.get(issue=None)
    assert f"/issues/photos/{kept.key}/thumb.webp" in answer.text
    client.post(f"/issues/{issue.pk}/word/", {"words": "짧게"})
    assert Photo.objects.get().change.words == "짧게"


@pytest.fixture
def strict(resident):
    """A browser whose every form needs the token of the latest sign-in."""
    client = SignedInClient(enforce_csrf_checks=True)
    client.force_login(resident)
    return client


def token_in(page):
    return page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]


def test_a_sign_in_in_another_tab_loses_nothing_of_this_one(strict, issue, resident):
    old = page(strict, issue)
    said = {"written_as": name_in(old), "words": "두 탭에서 썼어요"}
    said |= {"csrfmiddlewaretoken": token_in(old)}
    del strict.cookies["csrftoken"]
    strict.force_login(resident)
    answer = strict.post(f"/issues/{issue.pk}/word/", said)
    assert answer.url == f"/issues/{issue.pk}/#word"
    assert not issue.changes.exists()
    new = page(strict, issue)
    assert "다시 보내 주세요" in new
    assert ">두 탭에서 썼어요</textarea>" in new
    said |= {"csrfmiddlewaretoken": token_in(new), "written_as": name_in(new)}
    strict.post(f"/issues/{issue.pk}/word/", said)
    assert issue.changes.get(what=Change.What.UPDATE).words == "두 탭에서 썼어요"


@pytest.mark.parametrize("name", ["", "nonsense"])
def test_a_form_of_another_site_is_refused_as_ever(name, strict, issue):
    said = {"words": "x", "written_as": name}
    for verb in ("word", "withdraw", "fixed", "reopen", "reply", "object"):
        answer = strict.post(f"/issues/{issue.pk}/{verb}/", said)
        assert answer.status_code == 403
    assert not issue.changes.exists()
    assert not Draft.objects.exists()


def test_a_form_of_another_site_with_a_strangers_name_does_nothing_here(
    strict, issue, stranger
):
    said = {"words": "x", "written_as": name_on_page(stranger)}
    strict.post(f"/issues/{issue.pk}/withdraw/", said)
    issue.refresh_from_db()
    assert issue.state == "received"
    assert {one.person for one in Draft.objects.all()} <= {stranger}


def test_whoever_began_too_much_still_hears_why_a_word_was_refused(
    client, issue, resident
):
    for n in range(20):
        keep_draft(resident, "report", {"words": [str(n)]})
    client.force_login(resident)
    said = {"words": "가" * 1001, "photos": jpeg()}
    answer = client.post(f"/issues/{issue.pk}/word/", said)
    assert answer.status_code == 422
    assert "1,000" in answer.text


def test_the_page_asks_no_more_for_it(
    client, issue, resident, django_assert_max_num_queries
):
    client.force_login(resident)
    send_signed_out(client, issue, "word", words="보세요", photos=jpeg())
    client.force_login(resident)
    for _look in ("first", "again", "kept"):
        with django_assert_max_num_queries(8):
            assert ">보세요</textarea>" in page(client, issue)
