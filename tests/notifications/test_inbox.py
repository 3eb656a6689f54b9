"""The inbox and the choices: pages without script, and JSON."""

import hashlib

import pytest
from allauth.account.models import EmailAddress

from livinglab.notifications import selectors
from livinglab.notifications.models import Notice, Preference, Rhythm
from livinglab.notifications.topics import one_hears_of_oneself
from tests import make
from tests.notifications.conftest import asked_in, fates, new_browser
from tests.notifications.doubles import Browser
from tests.notifications.test_notify import tell


@pytest.fixture
def signed_in(client, resident):
    client.force_login(resident)
    client.get("/me/inbox/badge/")  # what a new session notes, it has noted
    return client


def test_the_inbox_tells_newest_first_and_counts_the_unread(signed_in, resident):
    tell(resident, event="1", what="the first")
    tell(resident, event="2", what="the second")

    page = signed_in.get("/me/inbox/").text

    assert page.index("the second") < page.index("the first")
    assert "읽지 않은 알림 2건" in page


def test_opening_is_reading_and_leads_to_the_thing(signed_in, resident):
    notice = tell(resident)
    answer = signed_in.get(f"/me/inbox/{notice.pk}/")

    assert answer["Location"] == "/about/?what=rain"
    assert selectors.unread_count(resident) == 0


def test_all_can_be_marked_as_read(signed_in, resident, neighbour):
    tell(resident)
    tell(neighbour)
    signed_in.post("/me/inbox/read/")

    assert selectors.unread_count(resident) == 0
    assert selectors.unread_count(neighbour) == 1


def test_another_persons_notice_is_not_found(signed_in, neighbour):
    notice = tell(neighbour)

    assert signed_in.get(f"/me/inbox/{notice.pk}/").status_code == 404
    assert signed_in.post(f"/api/v1/notices/{notice.pk}/read/").status_code == 404
    assert Notice.objects.unread().count() == 1


def test_visitors_are_asked_to_sign_in(client, db):
    for address in ("/me/inbox/", "/me/notifications/", "/me/inbox/badge/"):
        assert "/accounts/login/" in client.get(address)["Location"]
    assert client.get("/api/v1/notices/").status_code == 401


def test_a_long_inbox_goes_on_with_the_same_few_questions(
    signed_in, resident, django_assert_max_num_queries
):
    for number in range(selectors.PAGE + 3):
        tell(resident, event=str(number))
    with django_assert_max_num_queries(6):
        first = signed_in.get("/me/inbox/").text
    oldest = Notice.objects.order_by("pk")[3].pk
    assert f"?before={oldest}" in first
    assert (
        signed_in.get(f"/me/inbox/?before={oldest}").text.count("ll-link__title") == 4
    )


def test_htmx_gets_the_list_alone_and_the_badge_follows_the_person(signed_in, resident):
    tell(resident)
    part = signed_in.get("/me/inbox/", headers={"HX-Request": "true"}).text
    badge = signed_in.get("/me/inbox/badge/").text

    assert "<html" not in part
    for fragment in (part, badge):
        assert f'data-live="person:{resident.pk}"' in fragment
    assert 'data-unread="1"' in badge


def test_every_page_says_how_many_are_unread(signed_in, resident, client):
    assert 'data-unread="0"' in signed_in.get("/about/").text
    tell(resident)

    page = signed_in.get("/about/").text
    tab = signed_in.get("/me/inbox/badge/tab/").text

    assert 'id="live-says"' in page
    for place in (page, tab):
        assert f'data-live="person:{resident.pk}" data-unread="1"' in place
        assert "읽지 않은 알림 1건" in place
    client.logout()
    assert "data-unread" not in client.get("/about/").text


def test_only_oneself_hears_of_ones_inbox(resident, neighbour):
    assert one_hears_of_oneself(resident, str(resident.pk))
    assert not one_hears_of_oneself(neighbour, str(resident.pk))
    assert not one_hears_of_oneself(None, str(resident.pk))


def test_the_inbox_as_json(signed_in, resident):
    tell(resident, event="1")
    notice = tell(resident, event="2", what="snow")

    found = signed_in.get("/api/v1/notices/").json()
    assert found["unread"] == 2
    assert found["next_before"] is None
    assert found["notices"][0]["title"] == "snow happened"
    assert found["notices"][0]["urgency"] == "news"

    read = signed_in.post(f"/api/v1/notices/{notice.pk}/read/").json()
    assert read == {"unread": 1}
    assert signed_in.post("/api/v1/notices/read/").json() == {"unread": 0}
    assert signed_in.get("/api/v1/notices/unread/").json() == {"unread": 0}
    older = signed_in.get(f"/api/v1/notices/?before={notice.pk}").json()
    assert len(older["notices"]) == 1
    assert signed_in.get("/api/v1/notices/?before=x").status_code == 400


def test_a_browser_subscribes_and_leaves(signed_in, resident, client):
    key = client.get("/api/v1/push/key/").json()["key"]
    assert len(key) == 87
    body = {"endpoint": "http://127.0.0.1:1/x", "keys": Browser().keys}
    phone = "Mozilla/5.0 (Linux; Android 13; SM-A515) Chrome/130.0 Mobile Safari/537.36"

    def send(method, content):
        call = getattr(signed_in, method)
        return call(
            "/api/v1/push/subscriptions/",
            content,
            content_type="application/json",
            headers={"User-Agent": phone},
        )

    assert send("post", body).status_code == 204
    assert resident.push_subscriptions.count() == 1
    (listed,) = signed_in.get("/api/v1/push/subscriptions/").json()
    assert listed["device"].endswith(" · Chrome")
    assert listed["digest"] == hashlib.sha256(body["endpoint"].encode()).hexdigest()
    assert listed["device"] in signed_in.get("/me/notifications/").text
    assert send("post", body | {"endpoint": "https://evil.example/"}).status_code == 422
    assert send("post", {"endpoint": 5}).status_code == 400
    assert send("delete", {"endpoint": body["endpoint"]}).status_code == 204
    assert resident.push_subscriptions.count() == 0


def test_a_city_without_push_says_so(client, db, settings):
    settings.EMBEDDED = False
    assert client.get("/api/v1/push/key/").json() == {"key": None}


def test_a_page_drawn_before_the_phone_agreed_leaves_the_phone_alone(
    signed_in, resident
):
    page = signed_in.get("/me/notifications/").text
    new_browser(resident, "http://127.0.0.1:1/x")
    form = {"on": [], "asked": asked_in(page)}
    signed_in.post("/me/notifications/switches/", form)

    off = Preference.objects.filter(is_on=False)
    assert set(off.values_list("channel", flat=True)) == {"email"}
    tell(resident, event="after")
    assert ("push", "due", "") in fates()


def test_the_page_of_switches_keeps_what_differs(signed_in, resident):
    page = signed_in.get("/me/notifications/").text
    assert 'value="test.news:email" checked' in page
    assert "test.news:push" not in page  # no browser agreed yet

    new_browser(resident, "http://127.0.0.1:1/x")
    page = signed_in.get("/me/notifications/").text
    on = ["test.news:push", "test.quiet:email", "test.safety:email", "secret:email"]
    form = {"on": on, "asked": f"{asked_in(page)} secret:email"}
    signed_in.post("/me/notifications/switches/", form)

    said = {
        (row.subject, row.channel): row.is_on
        for row in Preference.objects.filter(subject__startswith="test.")
    }
    assert said[("test.news", "email")] is False
    assert said[("test.quiet", "email")] is True
    assert ("test.news", "push") not in said  # it was on before
    assert ("test.safety", "email") not in said
    assert not Preference.objects.filter(subject="secret").exists()


def test_the_page_of_switches_asks_little(signed_in, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        signed_in.get("/me/notifications/")


def test_rhythm_is_kept_and_nonsense_is_not(signed_in, resident):
    wish = {
        "quiet_from": "21",
        "quiet_until": "8",
        "weekly_most": "3",
        "letters": "daily",
        "safety_at_night": "on",
    }
    signed_in.post("/me/notifications/", wish)
    rhythm = Rhythm.objects.get(person=resident)
    assert (rhythm.quiet_from, rhythm.quiet_until, rhythm.letters) == (21, 8, "daily")

    answer = signed_in.post("/me/notifications/", wish | {"quiet_from": "25"})
    assert answer.status_code == 200
    rhythm.refresh_from_db()
    assert rhythm.quiet_from == 21


def test_a_number_is_given_and_taken_back_on_the_page(signed_in, resident, gateway):
    give = "/me/notifications/number/"
    assert (
        "휴대폰 번호가 아니에요"
        in signed_in.post(give, {"number": "5"}, follow=True).text
    )
    page = signed_in.post(give, {"number": "010-1234-5678"}, follow=True).text
    assert "휴대폰으로 확인 번호를 보냈어요" in page
    assert 'autocomplete="one-time-code"' in page
    wrong = signed_in.post(f"{give}code/", {"code": "x"}, follow=True).text
    assert "확인 번호가 다르거나" in wrong
    signed_in.post(f"{give}forget/")
    assert "one-time-code" not in signed_in.get("/me/notifications/").text


def test_whoever_nothing_can_reach_reads_what_to_do_first(signed_in, resident):
    EmailAddress.objects.filter(user=resident).update(verified=False)

    page = signed_in.get("/me/notifications/").text

    assert 'name="on"' not in page
    assert "이메일 주소를 먼저 확인" in page
    assert 'href="/accounts/email/"' in page

    EmailAddress.objects.filter(user=resident).update(verified=True)
    page = signed_in.get("/me/notifications/").text
    assert 'value="test.news:email"' in page
    assert "이메일 주소를 먼저 확인" not in page


def test_people_of_a_demonstration_choose_too(client, siheung):
    somebody = make.resident("home-0001@demo.livinglab.example")
    client.force_login(somebody)
    assert 'value="test.news:email" checked' in client.get("/me/notifications/").text

    asked = asked_in(client.get("/me/notifications/").text)
    client.post("/me/notifications/switches/", {"on": [], "asked": asked})

    page = client.get("/me/notifications/").text
    assert 'value="test.news:email"' in page
    assert 'value="test.news:email" checked' not in page
