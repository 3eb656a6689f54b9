"""Whose reports somebody reaches: own city, own department, and evaluators no verb."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.urls import URLPattern
from django.utils import timezone
from openpyxl import load_workbook
from PIL import Image

from livinglab.issues.models import (
    AnswerTemplate,
    Change,
    Issue,
    KeptList,
    Note,
    Outcome,
    Photo,
    Reminder,
    RoutingRule,
    Verdict,
)
from livinglab.issues.services.photos import add_photo
from livinglab.issues.services.trying import try_rule
from livinglab.people.models import Person
from livinglab.people.models.guests import Guest
from tests import make
from tests.issues import world

SECRET = "비밀번호는둥지"
LIST = "/admin/issues/issue/"


@pytest.fixture
def issue(resident: Person, siheung: Any) -> Issue:
    """A report of Siheung's road department that nobody else sees, with its rows."""
    made = world.issue(
        resident,
        words=SECRET,
        address=SECRET,
        is_public=False,
        contact_email="caller@example.org",
        contact_phone="010-1234-5678",
        guest=Guest.objects.create(digest="d", expires_at=timezone.now()),
    )
    change = Change.objects.create(
        issue=made, what="update", state="received", words=SECRET
    )
    Note.objects.create(issue=made, words=SECRET)
    Verdict.objects.create(
        issue=made, person=resident, closing=change, round=1, ask_at=change.at
    )
    made.appeals.create(words=SECRET, by=resident)
    Reminder.objects.create(issue=made, why="promise", since=made.due_on)
    Outcome.objects.create(issue=made, what="project", title_ko=SECRET, url="/goals/")
    picture = BytesIO()
    Image.new("RGB", (40, 30), "#556677").save(picture, "JPEG")
    picture.seek(0)
    add_photo(made, picture, size=1, alt=SECRET)
    world.question(made.category, "depth", "string", text_ko=SECRET)
    RoutingRule.objects.create(city=siheung, department=made.department, words=[SECRET])
    AnswerTemplate.objects.create(
        city=siheung, name=SECRET, state="resolved", words_ko=SECRET
    )
    return made


def rows_of(model: type[Model]) -> list[Any]:
    return list(model._default_manager.order_by("pk").values())


def models_of_reporting() -> list[type[Model]]:
    return [
        model for model in admin.site._registry if model._meta.app_label == "issues"
    ]


def everything() -> dict[str, Any]:
    others = [Change, Note, Photo, KeptList]
    models = {*models_of_reporting(), *others}
    return {model.__name__: rows_of(model) for model in models}


def patterns() -> Iterator[tuple[type[Model], URLPattern]]:
    for model in models_of_reporting():
        for pattern in admin.site._registry[model].urls:
            if pattern.name:
                yield model, pattern


VERBS = ("answer", "note", "hide", "show", "blank", "release", "remove", "route", "x")


def addresses(issue: Issue) -> list[str]:
    """Every address of reporting in the admin site, with rows of this report."""
    found = []
    for model, pattern in patterns():
        row = model._default_manager.order_by("pk").first()
        begin = f"/admin/issues/{model._meta.model_name}/"
        route = str(pattern.pattern)
        number = str(row.pk if row else 1)
        for piece in ("<path:object_id>", "<int:pk>"):
            route = route.replace(piece, number)
        route = route.replace("<str:kind>", "csv")
        verbs = VERBS if "<slug:verb>" in route else ("",)
        found += [begin + route.replace("<slug:verb>", verb) for verb in verbs]
    return found


SAID: dict[str, Any] = {
    "state": "resolved",
    "words": "지운다",
    "hidden": "spam",
    "original": "1",
    "action": "hide_several",
    "index": "0",
    "name": "x",
    "store": "1",
    "post": "yes",
    "city": "1",
}


def attack(client: Client, issue: Issue) -> list[tuple[str, int]]:
    """POST every address with the report's ids; those that were not refused."""
    word = issue.changes.first()
    photo = issue.photos.first()
    assert word is not None
    assert photo is not None
    said = SAID | {
        "chosen": f"{issue.pk}:{issue.version}",
        "_selected_action": str(issue.pk),
        "photo": str(photo.pk),
        "word": str(word.pk),
        "department": str(issue.department_id),
    }
    # a sentence where there is one; no page is drawn 600 times
    spoken = {"accept": "application/json, */*;q=0.1"}
    answers = [
        (one, client.post(one, said, headers=spoken).status_code)
        for one in addresses(issue)
    ]
    return [(one, status) for one, status in answers if status not in (403, 404, 405)]


def test_an_evaluator_changes_nothing_whatever_is_posted(
    as_evaluator: Client, issue: Issue
) -> None:
    before = everything()
    attack(as_evaluator, issue)
    after = everything()
    assert {name for name in before if before[name] != after[name]} <= {"KeptList"}


def test_a_coordinator_of_elsewhere_changes_nothing_whatever_is_posted(
    client: Client, issue: Issue, daegu_coordinator: Person
) -> None:
    client.force_login(daegu_coordinator)
    before = everything()
    attack(client, issue)
    after = everything()
    assert {name for name in before if before[name] != after[name]} <= {"KeptList"}


def test_nor_reads_a_word_of_it_at_any_address(
    client: Client, issue: Issue, daegu_coordinator: Person
) -> None:
    client.force_login(daegu_coordinator)
    for address in [*addresses(issue), *fragments(issue)]:
        shown = body(client.get(address)).replace(f'value="{SECRET}"', "")
        assert SECRET not in shown, address


def fragments(issue: Issue) -> list[str]:
    """Filters, searches, choices and files that might tell of it."""
    photo = issue.photos.get()
    found = [
        f"{LIST}?q={issue.pk}",
        f"{LIST}?q={SECRET}",
        f"{LIST}?category={issue.category_id}",
        f"{LIST}?neighbourhood={issue.neighbourhood_id}",
        f"{LIST}?department={issue.department_id}",
        f"{LIST}sheet.csv?q={SECRET}",
        f"{LIST}sheet.xlsx",
        f"{LIST}{issue.pk}/history/",
        f"{LIST}{issue.pk}/delete/",
        f"/issues/{issue.pk}/",
        f"/api/v1/issues/{issue.pk}/",
        f"/issues/photos/{photo.key}/full.webp",
        f"/issues/photos/{photo.key}/cover/",
        "/admin/search/?s=" + SECRET,
    ]
    for model in models_of_reporting():
        for field in model._meta.get_fields():
            if field.many_to_one:
                found.append(
                    "/admin/autocomplete/?term=&app_label=issues"
                    f"&model_name={model._meta.model_name}&field_name={field.name}"
                )
    return found


def body(answer: Any) -> str:
    if answer.streaming and answer["Content-Type"].startswith("text/csv"):
        return str(answer.getvalue().decode())
    if answer.streaming and answer.get("Content-Disposition", "").endswith('.xlsx"'):
        return str(list(load_workbook(BytesIO(answer.getvalue())).active.values))
    if answer.streaming:
        return f"stream {SECRET}" if answer.status_code == 200 else ""
    return str(answer.content.decode("utf-8", "replace"))


# --- a department's people ----------------------------------------------------
@pytest.fixture
def gardener(siheung: Any, issue: Issue) -> Person:
    """Works for the parks of the same city alone."""
    person = make.staff("parks@example.org", kind="coordinator", city=siheung)
    world.department("parks", name_ko="공원과").members.add(person)
    return person


def test_people_of_another_department_change_nothing_of_it(
    client: Client, issue: Issue, gardener: Person
) -> None:
    client.force_login(gardener)
    mine = (Issue, Change, Note, Photo)
    before = {model: rows_of(model) for model in mine}
    attack(client, issue)
    assert {model: rows_of(model) for model in mine} == before


OF_REPORTS = ("note", "change", "photo", "verdict", "appeal", "reminder", "outcome")


@pytest.mark.parametrize("table", OF_REPORTS)
def test_nor_do_they_find_its_rows(
    client: Client, issue: Issue, gardener: Person, table: str
) -> None:
    client.force_login(gardener)
    row = {
        "note": issue.notes,
        "change": issue.changes,
        "photo": issue.photos,
        "verdict": issue.verdicts,
        "appeal": issue.appeals,
        "reminder": issue.reminders,
        "outcome": issue.outcomes,
    }[table].first()
    listed = client.get(f"/admin/issues/{table}/")
    assert listed.context["cl"].queryset.count() == 0
    assert client.get(f"/admin/issues/{table}/{row.pk}/change/").status_code == 404


def test_nor_is_it_readable_outside_the_desk(
    client: Client, issue: Issue, gardener: Person
) -> None:
    client.force_login(gardener)
    photo = issue.photos.get()
    for address in (
        f"/issues/{issue.pk}/",
        f"/api/v1/issues/{issue.pk}/",
        f"/issues/photos/{photo.key}/full.webp",
        f"{LIST}{issue.pk}/change/",
        f"{LIST}{issue.pk}/print/",
    ):
        assert client.get(address).status_code == 404, address


def test_nor_does_it_stand_among_what_may_be_the_same(
    client: Client, issue: Issue, gardener: Person
) -> None:
    parks = world.department("parks")
    ours = world.issue(department=parks, words=SECRET[:3] + "가지")
    shown_to_all = world.issue(words="공개된 이웃 제보")
    client.force_login(gardener)
    shown = client.get(f"{LIST}{ours.pk}/change/").text
    assert SECRET not in shown
    assert shown_to_all.words in shown
    assert f"original={shown_to_all.pk}" not in shown  # nothing of theirs to join


def test_the_second_person_of_a_department_reaches_what_they_are_told_of(
    client: Client, issue: Issue, gardener: Person
) -> None:
    roads = issue.department
    roads.escalates_to = gardener
    roads.save(update_fields=["escalates_to"])
    client.force_login(gardener)
    assert client.get(f"{LIST}{issue.pk}/change/").status_code == 200
    said = {"seen": issue.version, "state": "in_progress", "words": "볼게요."}
    answer = client.post(f"{LIST}{issue.pk}/do/answer/", said)
    assert answer.status_code == 302
    issue.refresh_from_db()
    assert issue.state == "in_progress"


# --- questions to the database by address -------------------------------------
@pytest.mark.parametrize(
    "query",
    [
        "contact_phone__startswith=010",
        "contact_email__startswith=caller",
        "key__startswith={key}",
        "guest={guest}",
        "reporter={reporter}",
        "reporter__id__exact={reporter}",
        "words__startswith=비밀",
        "version=0",
    ],
)
def test_an_address_asks_only_what_the_filters_ask(
    as_evaluator: Client, issue: Issue, query: str
) -> None:
    asked = query.format(
        key=str(issue.key)[:4], guest=issue.guest_id, reporter=issue.reporter_id
    )
    assert as_evaluator.get(f"{LIST}?{asked}").status_code == 400
    assert as_evaluator.get(f"{LIST}sheet.csv?{asked}").status_code in (400, 404)


@pytest.mark.parametrize("table", ["change", "note", "appeal", "verdict", "photo"])
def test_nor_who_wrote_a_row(as_evaluator: Client, issue: Issue, table: str) -> None:
    by = {"verdict": "person", "photo": "key__startswith"}.get(table, "by")
    answer = as_evaluator.get(f"/admin/issues/{table}/?{by}={issue.reporter_id}")
    assert answer.status_code == 400


def test_a_rule_on_trial_shows_examples_of_the_own_desk_alone(
    issue: Issue, gardener: Person, coordinator: Person
) -> None:
    RoutingRule.objects.all().delete()
    parks = world.department("parks")
    rule = RoutingRule(city=issue.city, department=parks, words=[SECRET[:3]])
    seen = try_rule(rule, by=coordinator)
    assert [one.issue for one in seen.examples] == [issue]
    trial = try_rule(rule, by=gardener)
    assert (trial.moved, trial.examples) == (1, [])
