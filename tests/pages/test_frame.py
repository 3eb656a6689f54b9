"""The frame every page stands in: language, look, doors, errors in our words."""

import pytest
from django.test import Client, RequestFactory

from livinglab.pages import views

PUBLIC = ["/", "/about/", "/energy/", "/energy/how/", "/goals/", "/places/"]


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
def test_a_page_that_is_not_there_says_so_in_korean(client):
    answer = client.get("/nothing/")
    assert answer.status_code == 404
    assert "여기에는 아무것도 없어요" in answer.text


@pytest.mark.django_db
def test_a_form_without_its_token_is_refused_in_words(db):
    answer = Client(enforce_csrf_checks=True).post("/look/", {"language": "en"})
    assert answer.status_code == 403
    assert "화면이 오래됐어요" in answer.text


@pytest.mark.parametrize("status", [400, 403, 404])
@pytest.mark.django_db
def test_each_error_has_its_page(status, rf: RequestFactory):
    view = {400: views.bad_request, 403: views.forbidden, 404: views.not_found}[status]
    assert view(rf.get("/x/"), Exception()).status_code == status


def test_the_page_for_our_own_fault_needs_no_database(rf: RequestFactory):
    assert views.server_error(rf.get("/x/")).status_code == 500


@pytest.mark.django_db
def test_five_tabs_and_the_current_one_is_marked(client):
    text = client.get("/goals/").text
    assert text.count("ll-tabs__item") >= 5
    assert text.count('aria-current="page"') == 1
