"""After a report: what happens now, whose it is, and having met a known one."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from livinglab.issues.models import Change, Follow, Issue, Photo
from livinglab.issues.services.drafts import forget_old_photos, keep_half
from livinglab.issues.services.erasure import erase_person
from livinglab.issues.services.photos import SentPhoto
from livinglab.people.models import Draft, FileToErase, Guest
from livinglab.people.services.guests import join_guest
from tests import make
from tests.issues import world
from tests.kernel.test_clean_photo import exif, photo

pytestmark = pytest.mark.django_db


def jpeg(name: str = "a.jpg", width: int = 640) -> SimpleUploadedFile:
    taken = photo(width, 480, exif=exif())
    return SimpleUploadedFile(name, taken.getvalue(), "image/jpeg")


def sent_photo() -> SentPhoto:
    taken = photo(640, 480, exif=exif())
    return SentPhoto(file=taken, size=len(taken.getvalue()))


def done(client, issue):
    return client.get(reverse("report:done", args=[issue.key]))


def meet(client, issue, **more):
    return client.post(reverse("report:met", args=[issue.pk]), more)


def guest() -> Guest:
    ends = timezone.now() + timedelta(days=30)
    return Guest.objects.create(digest=uuid.uuid4().hex, expires_at=ends)


def test_a_guest_sees_what_happens_now_and_how_to_hear_of_it(client):
    issue = world.issue()
    text = done(client, issue).text
    assert f"제보 번호 {issue.pk}" in text
    assert "도로과" in text
    assert f"/accounts/signup/?next=/report/done/{issue.key}/" in text
    assert "noindex" in text


def test_nobody_opens_a_report_with_a_key_nobody_made(client):
    assert client.get(f"/report/done/{uuid.uuid4()}/").status_code == 404


def test_the_page_of_somebodys_report_is_theirs_alone(client, resident, neighbour):
    issue = world.issue(resident)
    assert done(client, issue).status_code == 404
    client.force_login(neighbour)
    assert done(client, issue).status_code == 404
    client.force_login(resident)
    assert done(client, issue).status_code == 200


def test_a_report_sent_as_a_guest_elsewhere_can_be_claimed_once(
    client, resident, neighbour
):
    issue = world.issue()
    claim = reverse("report:claim", args=[issue.key])
    client.force_login(resident)
    assert "내 제보로" in done(client, issue).text
    assert client.post(claim).status_code == 302
    assert Issue.objects.get().reporter == resident

    client.force_login(neighbour)
    client.post(claim)
    assert Issue.objects.get().reporter == resident


def test_a_report_held_back_says_so_to_its_sender(client):
    issue = world.issue(is_public=False, hidden=Issue.Hidden.SUSPECTED)
    assert "먼저 확인한 뒤" in done(client, issue).text


def test_having_met_it_too_counts_and_follows(client, resident):
    issue = world.issue()
    client.force_login(resident)
    answer = meet(client, issue)
    assert answer.status_code == 200
    issue.refresh_from_db()
    assert issue.supporters == 1
    assert Follow.objects.get(person=resident).why == Follow.Why.MET_IT_TOO


def test_words_and_photos_of_the_form_come_along(client, resident):
    issue = world.issue()
    client.force_login(resident)
    photos = [jpeg(f"{n}.jpg", 200 + n) for n in range(5)]
    words = "더 커졌어요 " * 500
    meet(client, issue, words=words, photos=photos)
    word = Change.objects.get(issue=issue)
    assert word.words == words.strip()
    assert word.photos.count() == 5
    assert not Photo.objects.filter(is_public=True).exists()


def test_photos_kept_without_a_script_come_along_and_their_draft_goes(client, resident):
    issue = world.issue()
    client.force_login(resident)
    draft = keep_half(resident, {}, [sent_photo()])
    meet(client, issue, draft=str(draft.key))
    assert Photo.objects.get().issue == issue
    assert not Draft.objects.exists()


def test_nobody_stands_behind_a_report_they_may_not_see(client, resident):
    issue = world.issue(is_public=False)
    client.force_login(resident)
    assert meet(client, issue).status_code == 404


def test_a_guest_counts_once_signed_in(client, resident):
    issue = world.issue()
    assert meet(client, issue).status_code == 200
    meet(client, issue)
    issue.refresh_from_db()
    assert issue.supporters == 0
    assert Draft.objects.count() == 1

    join_guest(Guest.objects.get(), resident)

    issue.refresh_from_db()
    assert issue.supporters == 1
    assert not Draft.objects.exists()


def test_a_report_closed_before_the_sign_in_is_passed_over(client, resident):
    issue = world.issue()
    meet(client, issue)
    Issue.objects.update(state="resolved", closed_at=timezone.now())
    join_guest(Guest.objects.get(), resident)
    assert not Follow.objects.filter(person=resident).exists()


def test_what_a_guest_sent_and_began_is_theirs_after_the_sign_in(client, resident):
    who = guest()
    sent = world.issue(guest=who)
    draft = keep_half(who, {"words": ["반쯤 썼어요"]}, [sent_photo()])
    join_guest(who, resident)
    sent.refresh_from_db()
    draft.refresh_from_db()
    assert sent.reporter == resident
    assert draft.person == resident


def test_photos_of_unsent_reports_go_after_a_week(resident):
    keep_half(resident, {}, [sent_photo()])
    assert forget_old_photos() == 0
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        assert forget_old_photos() == 1
    assert not Photo.objects.exists()
    assert FileToErase.objects.count() == 3


def test_photos_go_before_the_guest_they_belong_to(resident):
    who = guest()
    keep_half(who, {}, [sent_photo()])
    Guest.objects.update(expires_at=timezone.now() + timedelta(hours=3))
    assert forget_old_photos() == 1
    assert FileToErase.objects.count() == 3


def test_who_looks_again_and_again_keeps_the_latest_drafts(resident):
    for number in range(5):
        keep_half(resident, {"words": [str(number)]}, [sent_photo()])
    kept = Draft.objects.filter(person=resident)
    assert sorted(draft.words["words"][0] for draft in kept) == ["2", "3", "4"]
    assert Photo.objects.count() == 3


def test_unsent_photos_of_who_leaves_are_erased_with_their_files():
    leaver = make.person()
    keep_half(leaver, {}, [sent_photo()])
    erase_person(leaver, {})
    assert not Photo.objects.exists()
    assert FileToErase.objects.count() == 3
