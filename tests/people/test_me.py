"""The signed-in person, through both doors."""

from livinglab.people.services import log_read


def test_who_am_i(client, resident):
    client.force_login(resident)

    answer = client.get("/api/v1/me/").json()

    assert answer["email"] == "resident@example.org"
    assert "energy" in {consent["purpose"] for consent in answer["consents"]}


def test_nobody_is_asked_to_show_a_token(client, db):
    answer = client.get("/api/v1/me/")

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Token"


def test_a_token_made_in_the_browser_opens_the_api(client, resident):
    client.force_login(resident)
    token = client.post("/api/v1/me/tokens/").json()["token"]
    client.logout()

    answer = client.get("/api/v1/me/", headers={"Authorization": f"Token {token}"})

    assert answer.json()["id"] == resident.pk


def test_a_token_cannot_make_tokens(client, resident):
    client.force_login(resident)
    token = client.post("/api/v1/me/tokens/").json()["token"]
    client.logout()

    answer = client.post(
        "/api/v1/me/tokens/", headers={"Authorization": f"Token {token}"}
    )

    assert answer.status_code == 401


def test_the_log_of_reads_leaves_out_oneself(resident, neighbour):
    log_read(resident, by=resident, what="energy")
    log_read(resident, by=neighbour, what="energy", why="support")

    assert [read.reader for read in resident.data_reads.all()] == [neighbour]
