"""The words islands say: one small file a language, kept for a year."""

import json

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from django.template import Context, Template
from django.utils import translation

from livinglab.kernel.words import release_of_words

SAVED = json.dumps("저장했어요")


@pytest.fixture
def korean_words(settings, tmp_path):
    """A catalogue with one word, as a release brings it."""

    def release(korean: str) -> str:
        catalogue = Catalog(locale="ko")
        catalogue.add("Saved", korean)
        catalogue.add(("%(n)s day", "%(n)s days"), ("%(n)s일",))
        folder = tmp_path / "ko" / "LC_MESSAGES"
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "djangojs.mo").open("wb") as file:
            write_mo(file, catalogue)
        settings.LOCALE_PATHS = [tmp_path]
        release_of_words.cache_clear()
        return release_of_words("ko")

    yield release
    release_of_words.cache_clear()


def test_the_words_of_a_release_are_kept_for_a_year(client, korean_words):
    release = korean_words("저장했어요")
    answer = client.get(f"/words/ko/{release}.js")
    assert SAVED in answer.text
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Content-Type"].startswith("text/javascript")


def test_a_changed_word_is_another_release(korean_words):
    assert korean_words("저장했어요") != korean_words("저장됐어요")


def test_an_old_release_is_answered_and_not_kept(client, korean_words):
    korean_words("저장했어요")
    answer = client.get("/words/ko/0123456789ab.js")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-cache"


def test_the_language_is_that_of_the_address_not_of_the_cookie(client, korean_words):
    release = korean_words("저장했어요")
    client.cookies["django_language"] = "en"
    assert SAVED in client.get(f"/words/ko/{release}.js").text
    assert client.get("/words/xx/1.js").status_code == 404


def test_packages_words_are_not_sent_along(client):
    text = client.get(f"/words/ko/{release_of_words('ko')}.js").text
    assert "Available %s" not in text
    assert len(text) < 8_000


def test_a_page_asks_for_the_words_of_its_language():
    page = Template("{% load words %}{% words_for_scripts %}")
    with translation.override("en"):
        assert f'src="/words/en/{release_of_words("en")}.js" defer' in page.render(
            Context()
        )


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/goals/", "/places/", "/about/"])
def test_pages_whose_islands_say_nothing_do_not_load_words(address, client):
    assert "/words/" not in client.get(address).text
