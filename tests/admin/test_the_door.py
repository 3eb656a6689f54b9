"""Who may enter the admin site, and how."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.test import Client

from livinglab.energy.models import HomeOutlook, PremisesDiscount
from livinglab.issues.models import Follow, FollowedPlace, Gram, KeptList, ServiceCount
from livinglab.notifications.models import (
    MobileNumber,
    Notice,
    Preference,
    PushSubscription,
    Rhythm,
)
from livinglab.people.models import (
    Act,
    Download,
    Draft,
    FileToErase,
    GuardianConsent,
    Guest,
    Helping,
    KeptAnswer,
    KeptRead,
    LetterDue,
    Person,
)

# Sensitive: kept apart, shown to nobody but the home itself.
NEVER_SHOWN = {
    PremisesDiscount,
    # made again at any time, shown on the home's own page
    HomeOutlook,
    # counted again each hour, shown on the page of figures
    ServiceCount,
    # what people are told, where they are reached and what they chose
    MobileNumber,
    Notice,
    Preference,
    PushSubscription,
    Rhythm,
    # who follows which report, and which street somebody calls theirs
    Follow,
    FollowedPlace,
    KeptList,
    # derived from words, read by nobody
    Gram,
    # what was begun, and who agreed for a child
    Draft,
    GuardianConsent,
    Guest,
    # what people take along, hand over and leave behind
    Act,
    Download,
    FileToErase,
    Helping,
    KeptAnswer,
    KeptRead,
    LetterDue,
}


def test_strangers_sign_in_as_on_every_page(client: Client, db: None) -> None:
    answer = client.get("/admin/")
    assert answer.status_code == 302
    answer = client.get("/admin/login/?next=/admin/")
    assert answer.status_code == 302
    assert "/accounts/login/" in answer["Location"]


@pytest.mark.parametrize("who", ["resident", "caregiver", "stranger"])
def test_people_without_a_city_meet_a_closed_door(
    who: str, client: Client, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(who))
    assert client.get("/admin/login/").status_code == 403
    assert client.get("/admin/energy/premises/").status_code == 302


def test_a_mail_alone_does_not_open_the_door(coordinator: Person) -> None:
    bare = Client()
    bare.force_login(coordinator)
    assert bare.get("/admin/").status_code == 302
    assert bare.get("/admin/login/")["Location"] == "/me/second-factor/"
    assert bare.get("/admin/energy/premises/").status_code == 302


def test_the_role_is_the_key_not_the_mark(evaluator: Person, client: Client) -> None:
    evaluator.is_staff = False
    evaluator.save()
    client.force_login(evaluator)
    assert client.get("/admin/").status_code == 200
    assert client.get("/admin/login/")["Location"] == "/admin/"


def test_a_former_coordinator_is_out_although_still_marked_as_staff(
    coordinator: Person, client: Client
) -> None:
    coordinator.roles.all().delete()
    client.force_login(coordinator)
    assert client.get("/admin/login/").status_code == 403


def test_every_model_of_ours_has_a_page_but_the_sensitive_one() -> None:
    ours = {m for m in apps.get_models() if m.__module__.startswith("livinglab.")}
    shown = {m for m in ours if admin.site.is_registered(m)}
    assert ours - shown == NEVER_SHOWN


def test_packages_own_tables_are_nobodys_to_browse() -> None:
    for model in apps.get_models():
        if not model.__module__.startswith("livinglab."):
            assert not admin.site.is_registered(model), model


def test_every_list_opens_and_asks_the_database_little(
    as_coordinator: Client, siheung_home: object, django_assert_max_num_queries: object
) -> None:
    for model in admin.site._registry:
        where = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        with django_assert_max_num_queries(14):  # type: ignore[operator]
            answer = as_coordinator.get(where)
        # Coordinators see who leaves their city, as days and counts.
        of_people = model._meta.app_label == "people"
        told = model._meta.model_name in ("leaving", "leavingproof")
        only_operators = of_people and not told
        assert answer.status_code == (403 if only_operators else 200), model


def test_every_list_opens_for_the_operator(as_operator: Client) -> None:
    for model in admin.site._registry:
        where = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        assert as_operator.get(where).status_code == 200, model
