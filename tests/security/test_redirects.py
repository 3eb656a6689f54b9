"""Nobody is led to another site by an address of ours."""

import pytest

from tests import make

ELSEWHERE = [
    "https://evil.test/",
    "//evil.test/",
    "///evil.test/",
    "\\\\evil.test\\",
    "/\\evil.test/",
    "http:evil.test",
    "javascript:alert(1)",
    "https://testserver@evil.test/",
    "https://testserver.evil.test/",
    " https://evil.test/",
    "\thttps://evil.test/",
]


def stays(address: str) -> bool:
    return address.startswith("/") and not address.startswith(("//", "/\\"))


@pytest.mark.django_db
@pytest.mark.parametrize("target", ELSEWHERE)
def test_the_view_menu_stays_here(target, client):
    assert stays(client.post("/look/", {"language": "en", "next": target}).url)


@pytest.mark.django_db
@pytest.mark.parametrize("target", ELSEWHERE)
def test_a_refusal_leads_back_to_our_own_pages_only(target, client, resident):
    home = make.premises(resident)
    client.force_login(resident)
    answer = client.post(
        f"/energy/homes/{home.pk}/invite/", headers={"referer": target}
    )
    assert answer.status_code == 302
    assert stays(answer.url)


@pytest.mark.django_db
@pytest.mark.parametrize("target", ELSEWHERE)
@pytest.mark.parametrize(
    "address", ["/accounts/login/", "/accounts/logout/", "/accounts/signup/"]
)
def test_signing_in_and_out_stays_here(address, target, client, resident):
    client.force_login(resident)
    for answer in (
        client.get(address, {"next": target}),
        client.post(address, {"next": target}),
    ):
        assert answer.status_code != 302 or stays(answer.url)


@pytest.mark.django_db
@pytest.mark.parametrize("target", ELSEWHERE)
def test_the_admin_door_stays_here(target, client, coordinator):
    client.force_login(coordinator)
    assert stays(client.get("/admin/login/", {"next": target}).url)


@pytest.mark.django_db
def test_where_a_guest_wanted_to_go_is_remembered(client):
    answer = client.get("/me/inbox/")
    assert answer.url == "/accounts/login/?next=/me/inbox/"
