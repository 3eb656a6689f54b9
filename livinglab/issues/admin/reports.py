"""Reports of one's own city and department: the list, and the way to each."""

from dataclasses import replace
from itertools import chain
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from livinglab.issues.admin.bulk import BulkPages
from livinglab.issues.admin.entering import EnterPages
from livinglab.issues.admin.filters import FILTERS
from livinglab.issues.admin.lists import KeptLists
from livinglab.issues.admin.map import MapPages
from livinglab.issues.admin.sheets import IssueSheet, SheetsOut
from livinglab.issues.models import Issue
from livinglab.issues.selectors.callers import called_from
from livinglab.issues.selectors.desk import Queue, days_left, desk_of
from livinglab.issues.selectors.finding import those_saying
from livinglab.issues.services.reads import note_reads
from livinglab.issues.states import OPEN
from livinglab.issues.templatetags.issue_desk import days_in_words
from livinglab.issues.words import age_in_words, tone_of
from livinglab.kernel.city_admin import mark
from livinglab.kernel.long_lists import LongList
from livinglab.kernel.numbers import number_said
from livinglab.people.http import person_of

URGENT: dict[str, tuple[str, ...]] = {
    Queue.NEW: ("pk",),
    Queue.UNANSWERED: ("answer_due_on", "pk"),
    Queue.OVERDUE: ("due_on", "pk"),
    Queue.REOPENED: ("due_on", "pk"),
    Queue.ASKED: ("paused_on", "pk"),
    Queue.MINE: ("due_on", "pk"),
}
COLOURS = {state: tone_of(state) for state in Issue.Status.values}


@admin.register(Issue)
class IssueTable(EnterPages, MapPages, BulkPages, KeptLists, SheetsOut):
    sheet = IssueSheet
    city_path = "city"
    is_personal = True
    list_display = (
        "number",
        "seen",
        "said",
        "place_and_office",
        "state_mark",
        "promised",
        "assignee",
        "met",
        "received",
    )
    list_display_links = ("number", "said")
    list_select_related = (
        "category",
        "neighbourhood",
        "department",
        "city",
        "assignee",
    )
    list_filter = FILTERS
    list_filter_sheet = True
    # By anything else a long table would be sorted whole; filters do it better.
    sortable_by = ("number", "met", "received")
    search_fields = ("words", "address")
    search_help_text = gettext_lazy("Number, words or the caller's telephone")
    ordering = ("-pk",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Issue]:
        rows: QuerySet[Issue] = super().get_queryset(request)
        return rows.prefetch_related("photos")

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        """In a queue the most urgent stands first, until somebody sorts otherwise."""
        return URGENT.get(request.GET.get("queue", ""), self.ordering)

    def scoped(self, request: HttpRequest, rows: Any) -> Any:
        """Of a department's people only its own reports."""
        return desk_of(person_of(request))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Issue], search_term: str
    ) -> tuple[QuerySet[Issue], bool]:
        called = called_from(queryset, search_term, by=person_of(request))
        if called is not None:
            return called, False
        number = number_said(search_term.strip().removeprefix("#"))
        if number is not None:
            return queryset.filter(pk=number), False
        return those_saying(queryset, search_term), False

    def note_taken(self, request: HttpRequest, rows: LongList) -> None:
        """Authors of what is not public have it in their log before the file leaves."""
        private = Issue.objects.filter(is_public=False, reporter__isnull=False)
        asked = replace(rows, rows=private.only("reporter", "is_public"))
        taken = chain.from_iterable(asked.portions())
        note_reads(taken, by=person_of(request))

    @admin.display(description=gettext_lazy("number"), ordering="pk")
    def number(self, issue: Issue) -> str:
        return f"#{issue.pk}"

    @admin.display(description=gettext_lazy("photo"))
    def seen(self, issue: Issue) -> str:
        photos = issue.photos.all()
        if not photos:
            return ""
        address = reverse("issues:photo", args=[photos[0].key, "thumb"])
        return format_html(
            '<img class="desk-thumb" src="{}" alt="" width="56" height="56"'
            ' loading="lazy">',
            address,
        )

    @admin.display(description=gettext_lazy("neighbourhood · department"))
    def place_and_office(self, issue: Issue) -> str:
        return format_html(
            '<span class="desk-line">{}</span> <span class="desk-line">{}</span>',
            issue.neighbourhood,
            issue.department,
        )

    @admin.display(description=gettext_lazy("report"))
    def said(self, issue: Issue) -> str:
        words = issue.words[:60] + ("…" if len(issue.words) > 60 else "")
        return f"{issue.category} · {words}" if words else str(issue.category)

    @mark(gettext_lazy("state"), COLOURS | {"hidden": "danger"})
    def state_mark(self, issue: Issue) -> tuple[str, str]:
        if issue.hidden:
            return "hidden", f"{issue.get_state_display()} · {_('Hidden')}"
        return issue.state, issue.get_state_display()

    @mark(
        gettext_lazy("promised for"),
        {"late": "danger", "soon": "warning", "fine": "success", "none": ""},
    )
    def promised(self, issue: Issue) -> tuple[str, str]:
        if issue.state not in OPEN:
            return "none", _("closed")
        if issue.paused_on:
            return "none", _("clock stands still")
        left = days_left(issue.due_on, timezone.localdate())
        kind = "late" if left < 0 else "soon" if left <= 1 else "fine"
        return kind, days_in_words(left)

    @admin.display(description=gettext_lazy("met too"), ordering="supporters")
    def met(self, issue: Issue) -> int:
        return issue.supporters

    @admin.display(description=gettext_lazy("received at"), ordering="received_at")
    def received(self, issue: Issue) -> str:
        return age_in_words(issue.received_at)


def link_to(issue: Issue) -> str:
    """The number of a report as the way to its page."""
    url = reverse("admin:issues_issue_change", args=[issue.pk])
    return format_html('<a href="{}">#{}</a>', url, issue.pk)
