""" "I met it too" of a guest: words and photos wait, and come along at the sign-in."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from livinglab.issues.guests import join_meetings
from livinglab.issues.models import Change, Follow, Issue, Photo
from livinglab.issues.services.drafts import forget_old_photos, keep_half
from livinglab.people.models import Draft, FileToErase, Guest
from livinglab.people.services.guests import join_guest
from tests import make
from tests.issues import world
from tests.issues.test_report_done import jpeg, meet, sent_photo

pytestmark = pytest.mark.django_db
FILES_A_PHOTO = 3


def the_guest() -> Guest:
    return Guest.objects.get()


def test_photos_and_words_wait_and_become_a_word_of_the_person(client, resident):
    issue = world.issue()
    photos = [jpeg(f"{n}.jpg", 300 + n) for n in range(3)]
    answer = meet(client, issue, words="더 커졌어요", photos=photos)
    assert "사진 3장도 함께" in answer.text
    assert not Change.objects.exists()
    assert not issue.photos.exists()

    join_guest(the_guest(), resident)
    word = Change.objects.get(issue=issue)
    assert (word.words, word.by, word.by_city) == ("더 커졌어요", resident, False)
    assert word.photos.count() == 3
    assert not Photo.objects.filter(is_public=True).exists()
    assert Follow.objects.get(person=resident).why == Follow.Why.MET_IT_TOO
    assert not Draft.objects.exists()
    assert not FileToErase.objects.exists()


def test_words_alone_come_along_as_well(client, resident):
    issue = world.issue()
    assert "적어 주신 글도" in meet(client, issue, words="여전해요").text
    join_guest(the_guest(), resident)
    assert Change.objects.get().words == "여전해요"


def test_without_words_and_photos_only_the_count_comes(client, resident):
    issue = world.issue()
    text = meet(client, issue).text
    assert "함께 두었다가" not in text
    join_guest(the_guest(), resident)
    issue.refresh_from_db()
    assert issue.supporters == 1
    assert not Change.objects.exists()


def test_pressed_twice_it_is_one_wish_with_all_its_photos(client, resident):
    issue = world.issue()
    meet(client, issue, words="하나", photos=[jpeg("1.jpg", 301)])
    meet(client, issue, photos=[jpeg("2.jpg", 302), jpeg("3.jpg", 303)])
    assert Draft.objects.get().words == {"issue": issue.pk, "words": "하나"}
    join_guest(the_guest(), resident)
    assert Change.objects.get().photos.count() == 3


def test_photos_of_a_look_come_along_and_its_draft_goes(client, resident):
    issue = world.issue()
    meet(client, issue)
    half = keep_half(the_guest(), {"words": ["반쯤"]}, [sent_photo()])
    meet(client, issue, draft=str(half.key))
    assert not Draft.objects.filter(pk=half.pk).exists()
    join_guest(the_guest(), resident)
    assert Change.objects.get().photos.count() == 1


def test_a_photo_the_report_has_already_is_not_added(client, resident):
    issue = world.issue()
    meet(client, issue, photos=[jpeg()])
    row = Photo.objects.get()
    Photo.objects.create(issue=issue, digest=row.digest, width=1, height=1)
    join_guest(the_guest(), resident)
    assert not Change.objects.exists()
    assert Photo.objects.count() == 1
    assert FileToErase.objects.count() == FILES_A_PHOTO


def test_closed_meanwhile_nothing_is_added_and_the_files_go(client, resident):
    issue = world.issue()
    meet(client, issue, photos=[jpeg()])
    Issue.objects.update(state="resolved", closed_at=timezone.now())
    join_guest(the_guest(), resident)
    assert not Photo.objects.exists()
    assert not Change.objects.exists()
    assert FileToErase.objects.count() == FILES_A_PHOTO


def test_hidden_meanwhile_nothing_is_added(client, resident):
    issue = world.issue()
    meet(client, issue, words="보여요", photos=[jpeg()])
    Issue.objects.update(is_public=False, hidden="rude")
    join_guest(the_guest(), resident)
    assert not Change.objects.exists()
    assert not Photo.objects.exists()


def test_joining_twice_adds_it_once(client, resident):
    meet(client, world.issue(), words="여전해요", photos=[jpeg()])
    guest = the_guest()
    assert join_meetings(guest.pk, resident.pk) == 1
    assert join_meetings(guest.pk, resident.pk) == 0
    assert Change.objects.count() == 1


def test_advertising_and_what_is_no_photo_are_refused_but_the_count_stands(
    client, resident
):
    issue = world.issue()
    spam = "싸요 https://a.shop/1 https://b.shop/2 https://c.shop/3 https://d.shop/4"
    assert meet(client, issue, words=spam).status_code == 422
    broken = jpeg()
    broken.file.truncate(50)
    broken.size = 50
    assert meet(client, issue, photos=[broken]).status_code == 422
    assert not Photo.objects.exists()
    join_guest(the_guest(), resident)
    issue.refresh_from_db()
    assert issue.supporters == 1


def test_another_browser_sees_nothing_of_it(client, resident, neighbour):
    issue = world.issue(resident)
    meet(client, issue, photos=[jpeg()])
    address = reverse("issues:photo", args=[Photo.objects.get().key, "full"])
    assert client.get(address).status_code == 200
    client.cookies.clear()
    assert client.get(address).status_code == 404
    for person in (resident, neighbour, make.person("x@example.org")):
        client.force_login(person)
        assert client.get(address).status_code == 404


def test_photos_nobody_came_back_for_go_after_a_week(client):
    meet(client, world.issue(), photos=[jpeg()])
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        assert forget_old_photos() == 1
    assert not Photo.objects.exists()
    assert Draft.objects.exists()
