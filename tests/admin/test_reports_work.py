"""The page of a report: everything about it, and the steps its state allows."""

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from livinglab.issues.models import AnswerTemplate, Appeal, Change, Issue, Note
from livinglab.issues.services.answering import answer_issue, hide_issue
from livinglab.issues.services.appeals import appeal_hiding
from livinglab.issues.services.photos import add_photo
from livinglab.people.models import Person
from tests import make
from tests.issues import world


def page(issue: Issue, query: str = "") -> str:
    return f"/admin/issues/issue/{issue.pk}/change/{query}"


def step(issue: Issue, verb: str) -> str:
    return f"/admin/issues/issue/{issue.pk}/do/{verb}/"


def answered(client: Client, issue: Issue, verb: str, **facts: Any) -> Any:
    said = {"seen": issue.version, "send": "1"} | facts
    return client.post(step(issue, verb), said)


@pytest.fixture
def issue(resident: Person) -> Issue:
    return world.issue(resident)


def test_the_page_shows_everything_about_the_report(
    as_coordinator: Client, issue: Issue, coordinator: Person
) -> None:
    answer_issue(issue, "in_progress", words="현장을 보고 있어요.", by=coordinator)
    Note.objects.create(issue=issue, words="사다리차 필요", by=coordinator)
    near = world.issue(words="횡단보도 앞 구멍")
    shown = as_coordinator.get(page(issue)).text
    for piece in (
        issue.words,
        "현장을 보고 있어요.",
        "사다리차 필요",
        f"#{near.pk}",
        "도로과",
        "정왕1동",
        f"{issue.lat:.6f},{issue.lon:.6f}",
    ):
        assert piece in shown


def test_it_never_names_the_reporter(
    as_coordinator: Client, issue: Issue, resident: Person
) -> None:
    shown = as_coordinator.get(page(issue)).text
    assert resident.email not in shown
    assert resident.name not in shown


def test_it_asks_the_database_little_however_much_happened(
    as_coordinator: Client,
    issue: Issue,
    coordinator: Person,
    django_assert_max_num_queries: Any,
) -> None:
    for number in range(10):
        Note.objects.create(issue=issue, words=f"{number}", by=coordinator)
        Change.objects.create(
            issue=issue, what="update", state=issue.state, words="n", by=coordinator
        )
        world.issue(words="횡단보도 앞 구멍")
    with django_assert_max_num_queries(24):
        as_coordinator.get(page(issue, "?do=answer&state=resolved"))


@pytest.mark.parametrize(
    ("state", "there", "missing"),
    [
        ("received", ["do=answer&amp;state=resolved", "do=merge"], ["do=reopen"]),
        ("in_progress", ["do=update"], ["state=in_progress"]),
        ("resolved", ["do=reopen"], ["do=answer", "do=extend", "do=merge"]),
    ],
)
def test_only_steps_of_this_state_are_offered(
    state: str,
    there: list[str],
    missing: list[str],
    as_coordinator: Client,
    issue: Issue,
    coordinator: Person,
) -> None:
    if state != "received":
        answer_issue(issue, state, words="네", by=coordinator)
    shown = as_coordinator.get(page(issue)).text
    assert [one for one in there if one not in shown] == []
    assert [one for one in missing if one in shown] == []


def test_an_answer_is_sent_and_told(as_coordinator: Client, issue: Issue) -> None:
    answer = answered(
        as_coordinator, issue, "answer", state="resolved", words="고쳤어요."
    )
    assert answer["Location"] == page(issue)
    issue.refresh_from_db()
    assert issue.state == "resolved"
    assert issue.changes.last().words == "고쳤어요."  # type: ignore[union-attr]


def test_without_the_words_people_are_owed_nothing_is_sent(
    as_coordinator: Client, issue: Issue
) -> None:
    answer = answered(as_coordinator, issue, "answer", state="resolved", words=" ")
    assert answer.status_code == 422
    issue.refresh_from_db()
    assert issue.state == "received"


def test_a_preview_changes_nothing(as_coordinator: Client, issue: Issue) -> None:
    said = {"seen": 0, "state": "planned", "words": "다음 주에 고쳐요.", "look": "1"}
    shown = as_coordinator.post(step(issue, "answer"), said).text
    assert shown.count("다음 주에 고쳐요.") == 2  # in the field, and as it is read
    assert Issue.objects.get(pk=issue.pk).state == "received"


def test_ready_words_come_in_the_language_of_the_report_with_its_facts(
    as_coordinator: Client, issue: Issue
) -> None:
    ready = AnswerTemplate.objects.create(
        city=issue.city,
        name="조치",
        state="resolved",
        words_ko="{number}번",
        words_en="No. {number}, {category}",
    )
    Issue.objects.filter(pk=issue.pk).update(language="en")
    said = {"seen": 0, "state": "resolved", "words": "Typed.", "template": ready.pk}
    shown = as_coordinator.post(step(issue, "answer"), said).text
    assert f"Typed.\n\nNo. {issue.pk}, Pothole" in shown
    assert Issue.objects.get(pk=issue.pk).state == "received"


def test_of_two_coordinators_the_second_is_told_and_loses_no_word(
    as_coordinator: Client, issue: Issue, siheung: Any
) -> None:
    other = make.staff("second@example.org", kind="coordinator", city=siheung)
    answer_issue(issue, "in_progress", words="제가 볼게요.", by=other)
    said = {"seen": 0, "state": "planned", "words": "다음 주에 고쳐요.", "send": "1"}
    answer = as_coordinator.post(step(issue, "answer"), said)
    assert answer.status_code == 409
    assert "다음 주에 고쳐요." in answer.text
    assert 'role="alert"' in answer.text
    assert 'name="seen" value="1"' in answer.text  # sent again, it goes through
    issue.refresh_from_db()
    assert issue.state == "in_progress"
    said["seen"] = 1
    assert as_coordinator.post(step(issue, "answer"), said).status_code == 302


def test_reports_of_other_cities_are_not_found_in_any_address(
    as_coordinator: Client, neighbour: Person
) -> None:
    there = make.neighbourhood("2714074200")
    foreign = world.issue(
        category=world.category(city="daegu"), neighbourhood=there, point=world.ANSIM
    )
    for address in (page(foreign), f"/admin/issues/issue/{foreign.pk}/print/"):
        assert as_coordinator.get(address).status_code == 404
    for verb in ("answer", "note", "hide", "merge", "assign"):
        answer = as_coordinator.post(step(foreign, verb), {"words": "x", "send": "1"})
        assert answer.status_code == 404
    photos = f"/admin/issues/issue/{foreign.pk}/photos/release/"
    assert as_coordinator.post(photos, {"photo": "1"}).status_code == 404


def test_reports_of_other_departments_are_not_found_either(
    as_coordinator: Client, issue: Issue, coordinator: Person
) -> None:
    world.department("parks").members.add(coordinator)
    assert as_coordinator.get(page(issue)).status_code == 404
    assert f"#{issue.pk}" not in as_coordinator.get("/admin/issues/issue/").text


def test_an_evaluator_reads_and_takes_no_step(
    as_evaluator: Client, issue: Issue
) -> None:
    Issue.objects.filter(pk=issue.pk).update(contact_phone="010-1234-5678")
    shown = as_evaluator.get(page(issue)).text
    assert issue.words in shown
    assert "do=answer" not in shown
    assert "010-1234-5678" not in shown
    answer = answered(as_evaluator, issue, "answer", state="planned", words="x")
    assert answer.status_code == 403
    issue.refresh_from_db()
    assert issue.state == "received"


def test_a_report_sent_elsewhere_leads_back_to_the_list(
    as_coordinator: Client, issue: Issue, coordinator: Person
) -> None:
    world.department("roads").members.add(coordinator)
    parks = world.department("parks", name_ko="공원녹지과")
    answer = answered(
        as_coordinator, issue, "route", department=parks.pk, back="queue=new"
    )
    assert answer["Location"] == "/admin/issues/issue/?queue=new"


def test_the_next_report_of_the_list_follows(
    as_coordinator: Client, issue: Issue
) -> None:
    later = world.issue()
    shown = as_coordinator.get(page(issue, "?_changelist_filters=queue%3Dnew")).text
    assert 'rel="next"' in shown
    answer = answered(
        as_coordinator, issue, "note", words="x", next=later.pk, back="queue=new"
    )
    assert answer["Location"] == page(later, "?_changelist_filters=queue%3Dnew")


def test_a_number_of_another_city_is_no_report_to_join(
    as_coordinator: Client, issue: Issue
) -> None:
    there = make.neighbourhood("2714074200")
    foreign = world.issue(
        category=world.category(city="daegu"), neighbourhood=there, point=world.ANSIM
    )
    answer = answered(as_coordinator, issue, "merge", original=foreign.pk)
    assert answer.status_code == 422
    issue.refresh_from_db()
    assert issue.duplicate_of is None


def test_a_merge_is_made_and_undone(as_coordinator: Client, issue: Issue) -> None:
    original = world.issue()
    answered(as_coordinator, issue, "merge", original=original.pk)
    issue.refresh_from_db()
    assert issue.duplicate_of == original
    assert original.follows.count() == 1
    answered(as_coordinator, issue, "unmerge", words="다른 곳이에요.")
    issue.refresh_from_db()
    assert (issue.state, issue.duplicate_of) == ("reopened", None)


def test_an_objection_is_decided_once(
    as_coordinator: Client, issue: Issue, coordinator: Person, resident: Person
) -> None:
    hide_issue(issue, "spam", words="광고 같아요.", by=coordinator)
    objection = appeal_hiding(issue, "광고가 아니에요.", by=resident)
    which = {"appeal": objection.pk}
    shown = as_coordinator.get(page(issue)).text
    assert "광고가 아니에요." in shown
    issue.refresh_from_db()
    answered(as_coordinator, issue, "appeal", decision="shown", **which)
    issue.refresh_from_db()
    assert issue.is_public
    assert not issue.hidden
    assert Appeal.objects.get().decision == "shown"
    said = {"decision": "kept", "words": "x"} | which
    again = answered(as_coordinator, issue, "appeal", **said)
    assert again.status_code == 409


def test_giving_a_report_to_a_colleague_leaves_a_note(
    as_coordinator: Client, issue: Issue, coordinator: Person
) -> None:
    answered(as_coordinator, issue, "assign", assignee=coordinator.pk)
    issue.refresh_from_db()
    assert issue.assignee == coordinator
    assert Note.objects.get().issue == issue


def test_a_work_order_carries_a_code_that_leads_back(
    as_coordinator: Client, issue: Issue
) -> None:
    shown = as_coordinator.get(f"/admin/issues/issue/{issue.pk}/print/").text
    assert "<svg" in shown
    assert issue.words in shown


def test_the_second_is_told_of_the_change_also_where_the_step_became_impossible(
    as_coordinator: Client, issue: Issue, siheung: Any
) -> None:
    other = make.staff("second@example.org", kind="coordinator", city=siheung)
    answer_issue(issue, "planned", words="제가 할게요.", by=other)
    said = {"seen": 0, "state": "planned", "words": "제가요.", "send": "1"}
    shown = as_coordinator.post(step(issue, "answer"), said)
    assert shown.status_code == 409
    assert "제가 할게요." in shown.text
    assert shown.context["met_change"]


def test_photos_are_released_and_removed_by_whoever_works_on_the_report(
    as_coordinator: Client, issue: Issue
) -> None:
    picture = BytesIO()
    Image.new("RGB", (40, 30), "#556677").save(picture, "JPEG")
    picture.seek(0)
    photo, _clean = add_photo(issue, picture, size=1, alt="구멍")
    where = f"/admin/issues/issue/{issue.pk}/photos"
    assert photo.key.hex[:8] in as_coordinator.get(page(issue)).text
    as_coordinator.post(f"{where}/release/", {"photo": photo.pk})
    photo.refresh_from_db()
    assert photo.is_public
    as_coordinator.post(f"{where}/remove/", {"photo": photo.pk})
    assert not issue.photos.exists()


def test_an_evaluator_neither_releases_nor_removes_photos(
    as_evaluator: Client, issue: Issue
) -> None:
    picture = BytesIO()
    Image.new("RGB", (40, 30), "#556677").save(picture, "JPEG")
    picture.seek(0)
    photo, _clean = add_photo(issue, picture, size=1)
    for verb in ("release", "private", "remove"):
        where = f"/admin/issues/issue/{issue.pk}/photos/{verb}/"
        assert as_evaluator.post(where, {"photo": photo.pk}).status_code == 403
    photo.refresh_from_db()
    assert not photo.is_public


def test_words_come_along_from_one_step_to_another(
    as_coordinator: Client, issue: Issue
) -> None:
    said = {"begin": "1", "words": "다음 주에 고쳐요."}
    shown = as_coordinator.post(step(issue, "update"), said)
    assert "다음 주에 고쳐요." in shown.text
    assert issue.changes.count() == 0


def test_what_grew_out_of_a_report_is_written_down(
    as_coordinator: Client, issue: Issue
) -> None:
    facts = {"what": "project", "title_ko": "안전한 횡단보도", "url": "/goals/"}
    answered(as_coordinator, issue, "outcome", **facts)
    assert "안전한 횡단보도" in as_coordinator.get(page(issue)).text
    wrong = facts | {"url": "https://example.com/"}
    refused = answered(as_coordinator, issue, "outcome", **wrong)
    assert refused.status_code == 422


def test_a_preview_speaks_the_language_of_the_report(
    as_coordinator: Client, issue: Issue
) -> None:
    Issue.objects.filter(pk=issue.pk).update(language="en")
    said = {"seen": 0, "state": "planned", "words": "Next week.", "look": "1"}
    read = as_coordinator.post(step(issue, "answer"), said).context["panel"]["read"]
    assert read["state"] == "Planned"
    assert read["department"] == "Roads"
    assert "promised for" in read["promised"]


@pytest.mark.parametrize(
    ("query", "is_written"),
    [
        ("?do=answer&state=resolved", True),
        ("?do=answer&state=in_progress", False),
        ("?do=merge", True),
        ("?do=note", False),
    ],
)
def test_the_desk_knows_which_steps_a_guest_reads_of_in_a_letter(
    as_coordinator: Client, query: str, is_written: bool
) -> None:
    guests = world.issue(contact_email="guest@example.net")
    shown = as_coordinator.get(page(guests, query)).text
    assert ("이메일로 알려요" in shown) is is_written


def test_whoever_has_an_account_gets_no_letter_of_a_guest(
    as_coordinator: Client, issue: Issue
) -> None:
    Issue.objects.filter(pk=issue.pk).update(contact_email="a@example.net")
    shown = as_coordinator.get(page(issue, "?do=answer&state=resolved")).text
    assert "이메일로 알려요" not in shown
