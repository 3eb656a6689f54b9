"""What strangers can fill, and whose letter box."""

from typing import Any

import pytest
from django.test import Client, RequestFactory

from livinglab.issues.models import Change, Issue
from livinglab.issues.services.answering import answer_issue
from livinglab.issues.services.telling import changes_to_tell, tell_of_change
from livinglab.issues.states import State
from livinglab.kernel.http import network_of
from livinglab.people.models import LetterDue
from tests import make
from tests.issues import world

pytestmark = pytest.mark.django_db
HERE = "/api/v1/issues/"
LON, LAT = world.JEONGWANG


@pytest.fixture(autouse=True)
def kinds(db: None) -> None:
    make.neighbourhood()
    world.category()


def report(client: Any, **meta: Any) -> Any:
    facts = {"category": "pothole", "lon": LON, "lat": LAT, "words": "구멍이 있어요"}
    return client.post(HERE, facts, **meta)


def pages(client: Any) -> Any:
    """The same without a script."""
    facts = {"category": "pothole", "lon": LON, "lat": LAT, "place_from": "map"}
    return client.post("/report/", facts | {"words": "구멍", "step": "send"})


@pytest.mark.parametrize("send", [report, pages])
def test_what_a_crowd_of_guests_sends_is_looked_at_first(settings, send):
    """New cookies each time: the network is what counts, and nobody is shut out."""
    settings.PACE = settings.PACE | {"issues.published_as_guest": (2, 3600)}
    for _guest in range(4):
        assert send(Client()).status_code in (201, 302)
    shown = list(Issue.objects.order_by("pk").values_list("is_public", "hidden"))
    assert shown == [(True, "")] * 2 + [(False, Issue.Hidden.SUSPECTED)] * 2


def test_a_crowd_of_guests_holds_up_nobody_who_signed_in(settings, client, resident):
    settings.PACE = settings.PACE | {"issues.published_as_guest": (0, 3600)}
    client.force_login(resident)
    report(client)
    assert Issue.objects.get().is_public


def test_a_guest_reports_as_often_as_somebody_new():
    guest = Client()
    for at in range(10):
        assert report(guest).status_code == 201, at
    answer = report(guest)
    assert answer.status_code == 429
    assert answer.json()["detail"]
    assert Issue.objects.count() == 10


def test_a_network_sends_so_much_a_day_and_no_more(settings):
    settings.PACE = settings.PACE | {"issues.send_as_guest_a_day": (1, 86_400)}
    assert report(Client()).status_code == 201
    assert report(Client()).status_code == 429
    assert report(Client(), REMOTE_ADDR="203.0.113.9").status_code == 201


@pytest.mark.parametrize(
    ("proxies", "said", "network"),
    [
        (0, "", "198.51.100.7"),
        (0, "203.0.113.9", "198.51.100.7"),  # nobody of ours said so
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "1.2.3.4, 203.0.113.9", "203.0.113.9"),  # the first is the caller's word
        (2, "1.2.3.4, 203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (1, "", "198.51.100.7"),
        (1, "nonsense", "198.51.100.7"),
        (1, "2001:db8:aa:bb01::1", "2001:db8:aa:bb00::/56"),
    ],
)
def test_a_network_is_what_our_own_proxies_say(settings, proxies, said, network):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    headers = {"HTTP_X_FORWARDED_FOR": said} if said else {}
    asked = RequestFactory().get("/", REMOTE_ADDR="198.51.100.7", **headers)
    assert network_of(asked) == network


def test_nobody_has_a_strangers_letter_box_filled(coordinator, settings):
    """Sixty reports with another's address, all closed in one go by the city."""
    settings.PACE = settings.PACE | {"issues.write_to_guest": (3, 86_400)}
    for _each in range(5):
        issue = world.issue(contact_email="Victim@example.org")
        answer_issue(issue, State.RESOLVED, words="고쳤어요.", by=coordinator)
    other = world.issue(contact_email="other@example.org")
    answer_issue(other, State.RESOLVED, words="고쳤어요.", by=coordinator)
    for change in changes_to_tell():
        tell_of_change(change)
    due = [
        one.casefold() for one in LetterDue.objects.values_list("address", flat=True)
    ]
    assert due.count("victim@example.org") == 3
    assert due.count("other@example.org") == 1
    assert Change.objects.filter(state=State.RESOLVED).count() == 6
