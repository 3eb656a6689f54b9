"""Who looked at my data: written down with role and city, shown in pages."""

import pytest

from livinglab.people.models import DataRead
from livinglab.people.services import log_read
from tests import make


def test_staff_stand_there_with_role_and_city(resident, coordinator, evaluator):
    log_read(resident, by=coordinator, what="집", why="점검")
    log_read(resident, by=evaluator, what="집")
    said = {(read.reader_as, read.city.code) for read in resident.data_reads.all()}
    assert said == {("coordinator", "siheung"), ("evaluator", "siheung")}


def test_somebody_else_has_no_role(resident, neighbour):
    log_read(resident, by=neighbour, what="집")
    read = resident.data_reads.get()
    assert (read.reader_as, read.city) == ("", None)


def test_the_page_names_the_city_and_not_the_colleague(client, resident, coordinator):
    log_read(resident, by=coordinator, what="집 #17", why="점검")
    client.force_login(resident)
    page = client.get("/me/reads/").text
    assert "시흥시" in page
    assert "점검" in page
    assert coordinator.email not in page


def test_the_log_comes_in_pages(client, resident, coordinator):
    DataRead.objects.bulk_create(
        DataRead(person=resident, reader=coordinator, what=f"look {number}.")
        for number in range(45)
    )
    client.force_login(resident)
    assert client.get("/me/reads/").text.count("look ") == 20
    assert client.get("/me/reads/?page=3").text.count("look ") == 5
    assert client.get("/me/reads/?page=99").status_code == 200


def test_it_can_be_narrowed(client, resident, coordinator):
    log_read(resident, by=coordinator, what="by staff")
    DataRead.objects.create(person=resident, reader_as="helper", what="by help")
    client.force_login(resident)
    page = client.get("/me/reads/?who=staff").text
    assert "by staff" in page
    assert "by help" not in page


def test_only_my_own(client, resident, neighbour, coordinator):
    log_read(neighbour, by=coordinator, what="not mine")
    client.force_login(resident)
    assert "not mine" not in client.get("/me/reads/").text


PAGES = [
    "/me/",
    "/me/profile/",
    "/me/consents/",
    "/me/consents/energy/",
    "/me/reads/",
    "/me/download/",
    "/me/leave/",
    "/me/helping/",
    "/me/helping/invite/",
    "/me/helping/code/",
]


@pytest.mark.parametrize("page", PAGES)
def test_every_page_asks_the_database_little(
    client, resident, coordinator, page, django_assert_max_num_queries
):
    for number in range(3):
        make.premises(resident, name=f"집 {number}")
        log_read(resident, by=coordinator, what="집")
    client.force_login(resident)
    with django_assert_max_num_queries(8):
        assert client.get(page).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_a_visitor_is_asked_to_sign_in(client, db, page):
    assert client.get(page).url.startswith("/accounts/login/")
