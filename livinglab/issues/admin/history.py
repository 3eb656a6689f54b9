"""What happened to reports, to look up; rows are made by the work on a report."""

from django.contrib import admin

from livinglab.issues.models import Appeal, Change, Note, Photo, Verdict
from livinglab.kernel.city_admin import CityAdmin


class OfReport(CityAdmin):
    """Rows that hang on a report of one's own city."""

    city_path = "issue__city"
    is_personal = True


@admin.register(Change)
class ChangeTable(OfReport):
    list_display = ("at", "issue_id", "what", "state", "by_city")
    date_hierarchy = "at"


@admin.register(Note)
class NoteTable(OfReport):
    list_display = ("at", "issue_id", "words")


@admin.register(Photo)
class PhotoTable(OfReport):
    list_display = ("added_at", "issue_id", "alt", "is_public", "covered")
    fields = ("alt", ("width", "height"), ("is_public", "covered"), "added_at")


@admin.register(Verdict)
class VerdictTable(OfReport):
    """What people said of the outcome, not who said it."""

    list_display = ("answered_at", "issue_id", "round", "answer", "stars")
    fields = ("round", "asked_at", "answer", "stars", "words", "answered_at")
    list_filter = ("answer", "stars")


@admin.register(Appeal)
class AppealTable(OfReport):
    """Decided on the page of the report."""

    list_display = ("at", "issue_id", "words", "decision", "decided_at")
    list_filter = ("decision",)
    fields = ("words", "at", "decision", "answer", "decided_at")
