"""Reports begun and not sent stand on 내 제보: to go on with, or to let go."""

import uuid

import pytest

from livinglab.issues.models import Photo
from livinglab.issues.services.drafts import keep_half
from livinglab.issues.services.photos import SentPhoto
from livinglab.people.models import Draft, FileToErase
from tests.issues import world
from tests.kernel.test_clean_photo import photo

pytestmark = pytest.mark.django_db
HERE = "/issues/mine/"


def sent_photo(width: int = 640) -> SentPhoto:
    taken = photo(width, 480)
    return SentPhoto(file=taken, size=len(taken.getvalue()))


def begun(person, *photos, **words):
    world.category()
    said = {"category": ["pothole"], "words": ["정류장 앞 길이 파였어요"]} | words
    return keep_half(person, said, photos)


def let_go(client, draft):
    return client.post(f"{HERE}half/{draft.key}/let-go/")


def test_a_half_written_report_is_listed_with_the_way_on(client, resident):
    draft = begun(resident, sent_photo())
    client.force_login(resident)
    text = client.get(HERE).text
    assert "정류장 앞 길이 파였어요" in text
    assert "도로 파임" in text
    assert "사진 1장" in text
    assert f'href="/report/draft/{draft.key}/"' in text
    assert f"/issues/photos/{Photo.objects.get().key}/thumb.webp" in text
    assert "이어 쓰기" in text
    assert client.get(f"/report/draft/{draft.key}/").status_code == 200


def test_one_with_nothing_in_it_has_a_name_too(client, resident):
    keep_half(resident, {})
    client.force_login(resident)
    assert "쓰다 만 제보" in client.get(HERE).text


def test_nothing_stands_there_where_nothing_was_begun(client, resident, neighbour):
    begun(neighbour, words=["이웃이 쓰는 중이에요"])
    Draft.objects.create(
        person=resident, kind="met-it-too", words={}, expires_at="2100-01-01T00:00Z"
    )
    client.force_login(resident)
    text = client.get(HERE).text
    assert "아직 보내지 않은 제보" not in text
    assert "이웃이 쓰는 중이에요" not in text


def test_it_stands_on_the_first_page_of_ones_own_alone(client, resident):
    begun(resident)
    client.force_login(resident)
    for address in (f"{HERE}?which=followed", f"{HERE}?before=99"):
        assert "이어 쓰기" not in client.get(address).text


def test_who_lets_it_go_leaves_neither_words_nor_photos(client, resident):
    draft = begun(resident, sent_photo())
    client.force_login(resident)
    answer = let_go(client, draft)
    assert answer.url == HERE
    assert "쓰다 만 제보를 지웠어요" in client.get(HERE).text
    assert not Draft.objects.exists()
    assert not Photo.objects.exists()
    assert FileToErase.objects.count() == 3


def test_nobody_lets_go_what_another_began(client, resident, neighbour):
    draft = begun(resident)
    assert let_go(client, draft).url.startswith("/accounts/login/")
    client.force_login(neighbour)
    assert let_go(client, draft).status_code == 404
    assert client.get(f"{HERE}half/{draft.key}/let-go/").status_code == 405
    assert client.post(f"{HERE}half/{uuid.uuid4()}/let-go/").status_code == 404
    assert Draft.objects.get() == draft


def test_three_begun_ones_ask_no_more_than_one(
    client, resident, django_assert_max_num_queries
):
    for width in (300, 310, 320):
        begun(resident, sent_photo(width))
    world.issue(resident)
    client.force_login(resident)
    client.get("/about/")
    with django_assert_max_num_queries(8):
        assert client.get(HERE).text.count("이어 쓰기") == 3
