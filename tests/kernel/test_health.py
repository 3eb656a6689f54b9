"""Health is said by name."""

from livinglab.kernel.tasks import note_timetable


def test_the_process_answers_without_asking_the_database(client):
    assert client.get("/healthz").json() == {"state": "ok"}


def test_readiness_names_the_silent_timetable(client, db):
    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["checks"]["database"] is True
    assert answer.json()["checks"]["timetable"] is False


def test_ready_once_the_timetable_ran(client, db):
    note_timetable()

    assert client.get("/readyz").status_code == 200
