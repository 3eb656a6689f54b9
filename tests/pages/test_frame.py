"""The frame every page stands in: language, look, doors, errors in our words."""

import re

import pytest

PUBLIC = [
    "/",
    "/about/",
    "/energy/",
    "/energy/how/",
    "/goals/",
    "/places/",
    "/search/",
    "/search/?q=x",
]


@pytest.mark.django_db
@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_page_opens_without_signing_in(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    assert 'lang="ko"' in answer.text
    assert answer.text.count("<h1") == 1


@pytest.mark.django_db
@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_page_asks_the_database_little(
    client, address, django_assert_max_num_queries
):
    with django_assert_max_num_queries(8):
        client.get(address)


@pytest.mark.django_db
@pytest.mark.parametrize("address", PUBLIC)
def test_a_page_holds_no_inline_script_or_style(client, address):
    text = client.get(address).text
    assert "style=" not in text
    assert "<style" not in text
    for piece in text.split("<script")[1:]:
        tag, _, body = piece.partition(">")
        assert "src=" in tag or 'type="application/json"' in tag, tag + body[:40]


@pytest.mark.django_db
def test_the_chosen_language_is_kept(client):
    answer = client.post("/look/", {"language": "en", "next": "/goals/"})
    assert answer.url == "/goals/"
    assert 'lang="en"' in client.get("/").text


@pytest.mark.django_db
def test_text_size_and_contrast_are_kept(client):
    client.post("/look/", {"text_size": "1.5"})
    client.post("/look/", {"contrast": "high"})
    text = client.get("/").text
    assert 'data-text-size="1.5"' in text
    assert 'data-contrast="high"' in text


@pytest.mark.django_db
def test_an_unknown_wish_changes_nothing(client):
    answer = client.post("/look/", {"text_size": "9", "language": "<x>"})
    assert not answer.cookies


@pytest.mark.django_db
def test_the_view_menu_never_leads_to_another_site(client):
    answer = client.post("/look/", {"language": "en", "next": "https://evil.example/"})
    assert answer.url == "/"


@pytest.mark.django_db
def test_five_tabs_and_the_current_one_is_marked(client):
    text = client.get("/places/").text
    assert len(re.findall(r'<a class="ll-tabs__item[ "]', text)) == 5
    assert text.count('aria-current="page"') == 1


@pytest.mark.django_db
def test_reporting_is_the_middle_tab_and_its_pages_mark_it(client):
    text = client.get("/report/").text
    tabs = re.findall(r'<a class="ll-tabs__item[^>]*>', text)
    assert 'href="/report/"' in tabs[2]
    assert 'aria-current="page"' in tabs[2]
    assert (
        'aria-current="page"'
        in re.findall(r'<a class="ll-tabs__item[^>]*>', client.get("/issues/").text)[2]
    )
