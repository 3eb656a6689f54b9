"""What happened to reports, to look up; rows are made by the work on a report."""

from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from livinglab.issues.models import Appeal, Change, Issue, Note, Photo, Verdict
from livinglab.issues.models.scope import read_at_the_desk
from livinglab.issues.services.reads import ON_THE_DESK, note_read
from livinglab.kernel.city_admin import CityAdmin
from livinglab.people.http import person_of

LINK = '<a class="text-primary-600 dark:text-primary-500" href="{}">#{}</a>'


class Stars(admin.SimpleListFilter):
    """One to five, whether or not anybody gave so many."""

    title = _("how content, 1 to 5")
    parameter_name = "stars"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(str(stars), "★" * stars) for stars in range(1, 6)]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Any]
    ) -> QuerySet[Any] | None:
        known = {number for number, _stars in self.lookup_choices}
        return queryset.filter(stars=self.value()) if self.value() in known else None


class OfReport(CityAdmin):
    """Rows that hang on a report of one's own city, the newest first."""

    ordering = ("-pk",)
    sortable_by = ()
    search_fields = ("issue__id__exact",)
    search_help_text = _("Number of a report")
    city_path = "issue__city"
    is_personal = True

    def scoped(self, request: HttpRequest, rows: Any) -> Any:
        """Of a department's people only what hangs on its own reports.

        Asked row by row, along the list: joined, SQLite would sort all of them.
        """
        read = Issue.objects.filter(read_at_the_desk(person_of(request)))
        return rows.filter(Exists(read.filter(pk=OuterRef("issue_id"))))

    @admin.display(description=_("report"))
    def report(self, row: Any) -> str:
        """The number of the report as the way to its page."""
        url = reverse("admin:issues_issue_change", args=[row.issue_id])
        return format_html(LINK, url, row.issue_id)

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Any:
        """One row; of a report that is not public its author is told."""
        row = super().get_object(request, object_id, from_field)
        issue = getattr(row, "issue", None)
        if issue is not None:
            note_read(issue, by=person_of(request), where=ON_THE_DESK)
        return row


@admin.register(Change)
class ChangeTable(OfReport):
    list_display = ("at", "report", "what", "state", "by_city")


@admin.register(Note)
class NoteTable(OfReport):
    list_display = ("at", "report", "words")


@admin.register(Photo)
class PhotoTable(OfReport):
    list_display = (
        "added_at",
        "report",
        "alt",
        "is_public",
        "stays_private",
        "covered",
    )
    fields = (
        "alt",
        ("width", "height"),
        ("is_public", "stays_private", "covered"),
        "added_at",
    )


@admin.register(Verdict)
class VerdictTable(OfReport):
    """What people said of the outcome, not who said it."""

    list_display = ("answered_at", "report", "round", "answer", "stars")
    fields = ("round", "asked_at", "answer", "stars", "words", "answered_at")
    list_filter = ("answer", Stars)


@admin.register(Appeal)
class AppealTable(OfReport):
    """Decided on the page of the report."""

    list_display = ("at", "report", "of_text", "words", "decision", "decided_at")
    list_filter = ("decision",)
    fields = ("words", "at", "decision", "answer", "decided_at")

    @admin.display(description=_("text of a resident"), boolean=True)
    def of_text(self, appeal: Appeal) -> bool:
        """Not of the whole report."""
        return appeal.word_id is not None
