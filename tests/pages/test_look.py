"""The view menu: kept in the browser, and on the person who is signed in."""

import pytest
from django.test import Client

from livinglab.people.models import Person

pytestmark = pytest.mark.django_db


def on_another_device(person):
    client = Client()
    client.force_login(person)
    return client


def test_text_size_and_contrast_follow_a_person_to_another_device(resident, client):
    client.force_login(resident)
    client.post("/look/", {"text_size": "1.5"})
    client.post("/look/", {"contrast": "high"})
    text = on_another_device(resident).get("/").text
    assert 'data-text-size="1.5"' in text
    assert 'data-contrast="high"' in text


def test_what_one_person_chose_says_nothing_to_the_next_on_the_same_phone(
    resident, neighbour, client
):
    client.force_login(resident)
    client.post("/look/", {"text_size": "1.5"})
    phone = on_another_device(neighbour)
    assert 'data-text-size="1"' in phone.get("/").text


def test_a_person_who_never_chose_keeps_what_the_device_says(resident, client):
    client.post("/look/", {"text_size": "1.3"})
    client.force_login(resident)
    assert 'data-text-size="1.3"' in client.get("/").text


def test_letters_follow_the_language_of_the_menu(resident, client):
    client.force_login(resident)
    client.post("/look/", {"language": "en"})
    resident.refresh_from_db()
    assert resident.language == "en"


def test_a_guest_changes_nobody(resident, client):
    client.post("/look/", {"language": "en", "text_size": "1.5"})
    assert not Person.objects.filter(language="en").exists()
    assert not Person.objects.exclude(text_size="").exists()


def test_going_back_to_normal_is_a_choice_too(resident, client):
    client.force_login(resident)
    client.post("/look/", {"contrast": "high"})
    client.post("/look/", {"contrast": "normal"})
    assert "data-contrast" not in on_another_device(resident).get("/").text


@pytest.mark.django_db
@pytest.mark.parametrize("back", ["²", "[]", "pages:home", "people:help", "about", ""])
def test_a_way_back_that_is_no_address_leads_to_the_start(client, back):
    answer = client.post("/look/", {"contrast": "high", "next": back})
    assert (answer.status_code, answer["Location"]) == (302, "/")
