"""What people are told of reports: of their own, and of those they follow."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from livinglab.issues.models import Issue, Reminder, Verdict
from livinglab.issues.models.departments import in_the_readers_language
from livinglab.issues.models.scope import worked_on_by
from livinglab.issues.states import State
from livinglab.notifications.kinds import (
    Channel,
    Facts,
    Kind,
    Part,
    Urgency,
    kind,
    part,
)
from livinglab.people.services.letters import letter_kind

BY_LETTER = (Channel.PUSH, Channel.EMAIL)
Check = Callable[[Any, Facts], bool]


def _page(facts: Facts) -> str:
    return reverse("issues:issue", args=[facts["issue"]])


def _original_page(facts: Facts) -> str:
    return reverse("issues:issue", args=[facts["original"] or facts["issue"]])


def _desk_page(facts: Facts) -> str:
    return reverse("admin:issues_issue_change", args=[facts["issue"]])


def _late_page(facts: Facts) -> str:
    """The one report, or the desk's first page where all that is late stands."""
    many = facts["count"] > 1
    return reverse("admin:index") if many else _desk_page(facts)


def _places_page(facts: Facts) -> str:
    reports = facts["issues"]
    if facts["count"] == 1:
        return reverse("issues:issue", args=[reports[0]])
    return reverse("issues:places")


def _category(facts: Facts) -> str:
    return in_the_readers_language(*facts["category"])


def _words(facts: Facts) -> Mapping[str, Any]:
    """Names in the reader's language, a day as people say it, words or a hint."""
    due = facts.get("due")
    state = facts.get("state")
    return {
        "category": _category(facts),
        "department": in_the_readers_language(*facts["department"]),
        "state": Issue.Status(state).label if state else "",
        "due": date_format(date.fromisoformat(due)) if due else "",
        "words": facts.get("words") or _("Its page says what is new."),
    }


def _late_words(facts: Facts) -> Mapping[str, Any]:
    why = str(Reminder.Why(facts["why"]).label)
    return {**_words(facts), "why": why, "count": facts["count"]}


def _place_words(facts: Facts) -> Mapping[str, Any]:
    count = facts["count"]
    said = ngettext("%(count)d new report", "%(count)d new reports", count)
    return {"news": said % {"count": count}, "places": ", ".join(facts["places"])}


def _held_words(facts: Facts) -> Mapping[str, Any]:
    if facts.get("is_public", True):
        what = _("Somebody looks at it first. Then it is published.")
    else:
        what = _("Somebody looks at it first. Only you and the city can read it.")
    return {**_words(facts), "what": what}


def _shown_words(facts: Facts) -> Mapping[str, Any]:
    if facts.get("is_public", True):
        title = _("Your report is published")
        what = _("Everybody can read it now, without your name.")
    else:
        title = _("Somebody looked at your report")
        what = _("It goes its way. Only you and the city can read it.")
    return {**_words(facts), "title": title, "what": what}


def _outcome_words(facts: Facts) -> Mapping[str, Any]:
    is_project = facts["what"] == "project"
    if facts["is_first"] and is_project:
        title = _("What you reported first became a project")
    elif facts["is_first"]:
        title = _("What you reported first has a measured effect")
    elif is_project:
        title = _("A report you stand behind became a project")
    else:
        title = _("A report you stand behind has a measured effect")
    return {"title": title, "what": in_the_readers_language(*facts["title"])}


def _visible(person: Any, facts: Facts) -> bool:
    seen = Issue.objects.visible_to(person)
    return seen.filter(pk=facts["issue"]).exists()


def _in_state(*states: State) -> Check:
    def check(person: Any, facts: Facts) -> bool:
        seen = Issue.objects.visible_to(person)
        return seen.filter(pk=facts["issue"], state__in=states).exists()

    return check


def _is_hidden(person: Any, facts: Facts) -> bool:
    mine = Issue.objects.filter(reporter=person, pk=facts["issue"])
    return mine.exclude(hidden="").exists()


def _is_open_question(person: Any, facts: Facts) -> bool:
    asked = Verdict.objects.filter(pk=facts["verdict"], person=person, answer="")
    return asked.filter(issue__state=State.RESOLVED).exists()


def _still_late(person: Any, facts: Facts) -> bool:
    """Coordinators see the reports of their cities."""
    late = Issue.objects.open().filter(pk__in=facts["issues"])
    late = late.exclude(hidden=Issue.Hidden.SPAM)
    works_there = person.roles.filter(kind="coordinator", city=facts["city"])
    return late.exists() and works_there.exists()


def _works_there(person: Any, facts: Facts) -> bool:
    """Whose hands it is in, as long as the desk is theirs."""
    theirs = Issue.objects.filter(worked_on_by(person), assignee=person)
    return theirs.filter(pk=facts["issue"]).exists()


def _one_is_public(person: Any, facts: Facts) -> bool:
    return Issue.objects.public().filter(pk__in=facts["issues"]).exists()


part(Part(name="issues", label=gettext_lazy("Reports"), icon="megaphone", order=10))


def _declare(name: str, **said: Any) -> None:
    """A kind about one report, unless said otherwise."""
    facts: dict[str, Any] = {
        "urgency": Urgency.NEWS,
        "url": _page,
        "words": _words,
        "heading": _category,
        "still_true": _visible,
    }
    kind(Kind(name=f"issues.{name}", **(facts | said)))


_declare(
    "received",
    label=gettext_lazy("My report arrived"),
    title=gettext_lazy("We have your report: %(category)s"),
    body=gettext_lazy("%(department)s deals with it, by %(due)s as promised."),
    channels=(),
)
_declare(
    "held",
    label=gettext_lazy("My report is looked at before it is published"),
    title=gettext_lazy("We have your report: %(category)s"),
    body="%(what)s",
    words=_held_words,
    still_true=_is_hidden,
    channels=(),
)
_declare(
    "changed",
    label=gettext_lazy("A report I follow moved on"),
    title=gettext_lazy("%(category)s: %(state)s"),
    body="%(words)s",
)
_declare(
    "question",
    label=gettext_lazy("The city asks about my report"),
    urgency=Urgency.ACTION,
    title=gettext_lazy("%(department)s asks about your report: %(category)s"),
    body="%(words)s",
    still_true=_in_state(State.WAITING),
    channels=BY_LETTER,
)
_declare(
    "question_again",
    label=gettext_lazy("The city still waits for my answer"),
    urgency=Urgency.ACTION,
    title=gettext_lazy("%(department)s still waits for your answer: %(category)s"),
    body=gettext_lazy("Until you answer, nothing more can be done about it."),
    still_true=_in_state(State.WAITING),
    channels=BY_LETTER,
)
_declare(
    "extended",
    label=gettext_lazy("A promised day was moved"),
    title=gettext_lazy("%(category)s: now promised for %(due)s"),
    body="%(words)s",
    channels=BY_LETTER,
)
_declare(
    "closed",
    label=gettext_lazy("A report of mine is marked as fixed"),
    urgency=Urgency.ACTION,
    title=gettext_lazy("Is it fixed? %(category)s"),
    body="%(words)s",
    still_true=_is_open_question,
    channels=BY_LETTER,
)
_declare(
    "still_fixed",
    label=gettext_lazy("Four weeks later: is it still fixed?"),
    urgency=Urgency.ACTION,
    title=gettext_lazy("Is it still fixed? %(category)s"),
    body=gettext_lazy("One tap is enough. A “no” opens the report again."),
    still_true=_is_open_question,
)
_declare(
    "reopened",
    label=gettext_lazy("A report I follow is open again"),
    title=gettext_lazy("Open again: %(category)s"),
    body=gettext_lazy("Now promised for %(due)s."),
)
_declare(
    "merged",
    label=gettext_lazy("A report of mine was joined with another"),
    title=gettext_lazy("Joined with a report of the same thing: %(category)s"),
    body=gettext_lazy("You hear what becomes of that one from now on."),
    url=_original_page,
    still_true=lambda person, facts: _visible(person, {"issue": facts["original"]}),
)
_declare(
    "hidden",
    label=gettext_lazy("A report of mine was hidden"),
    urgency=Urgency.ACTION,
    title=gettext_lazy("Your report is hidden: %(category)s"),
    body=gettext_lazy("Its page says why, and how to object."),
    still_true=_is_hidden,
    channels=BY_LETTER,
)
_declare(
    "shown",
    label=gettext_lazy("A report of mine is published"),
    title="%(title)s: %(category)s",
    body="%(what)s",
    words=_shown_words,
)
_declare(
    "word_blanked",
    label=gettext_lazy("What I added to a report was taken out of sight"),
    title=gettext_lazy("What you added is taken out of sight: %(category)s"),
    body=gettext_lazy("The reason: %(words)s"),
    channels=BY_LETTER,
)
_declare(
    "word_shown",
    label=gettext_lazy("What I added to a report can be read again"),
    title=gettext_lazy("What you added can be read again: %(category)s"),
    body=gettext_lazy("Everybody who may read the report reads it."),
)
_declare(
    "word_kept",
    label=gettext_lazy("My objection about a text was answered"),
    urgency=Urgency.ACTION,
    title=gettext_lazy("What you added stays out of sight: %(category)s"),
    body="%(words)s",
    channels=BY_LETTER,
)
_declare(
    "appeal_kept",
    label=gettext_lazy("My objection was answered"),
    urgency=Urgency.ACTION,
    title=gettext_lazy("Your report stays hidden: %(category)s"),
    body="%(words)s",
    still_true=_is_hidden,
    channels=BY_LETTER,
)
_declare(
    "outcome",
    label=gettext_lazy("A report of mine became more"),
    title="%(title)s",
    body="%(what)s",
    words=_outcome_words,
    url=lambda facts: str(facts["url"]),
    channels=BY_LETTER,
)
_declare(
    "places",
    label=gettext_lazy("New reports at a place I follow"),
    title=gettext_lazy("%(news)s at your places"),
    body="%(places)s",
    words=_place_words,
    url=_places_page,
    heading=lambda facts: "",
    still_true=_one_is_public,
)
_declare(
    "desk",
    label=gettext_lazy("Something moved at a report I deal with"),
    for_staff=True,
    urgency=Urgency.ACTION,
    title=gettext_lazy("A resident answered or opened again: %(category)s"),
    body=gettext_lazy("Now promised for %(due)s."),
    url=_desk_page,
    still_true=_works_there,
)
_declare(
    "escalated",
    label=gettext_lazy("Reports of my city that are late"),
    for_staff=True,
    urgency=Urgency.ACTION,
    title=gettext_lazy("%(department)s: %(count)d reports need a second look"),
    body=gettext_lazy("Reason: %(why)s."),
    words=_late_words,
    url=_late_page,
    heading=lambda facts: "",
    still_true=_still_late,
    channels=BY_LETTER,
)
# Guests have no inbox: who left an address hears there what must not be missed.
letter_kind("report_news", gettext_lazy("Your report no. %(number)s: %(state)s"))
