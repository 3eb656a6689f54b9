"""What the jobs of reporting left behind, to look up."""

from django.contrib import admin

from livinglab.issues.admin.history import OfReport
from livinglab.issues.models import Learned, Outcome, Reminder
from livinglab.kernel.city_admin import CityAdmin


@admin.register(Reminder)
class ReminderTable(OfReport):
    list_display = ("at", "issue_id", "why", "since")
    list_filter = ("why",)
    date_hierarchy = "at"


@admin.register(Outcome)
class OutcomeTable(OfReport):
    list_display = ("at", "issue_id", "what", "title", "url")
    list_filter = ("what",)
    fields = ("what", ("title_ko", "title_en"), "url", "at")


@admin.register(Learned)
class LearnedTable(CityAdmin):
    """How often suggestions are right, learned ones and keywords alone."""

    city_path = "city"
    list_display = (
        "number",
        "made_at",
        "is_used",
        "reports",
        "tried",
        "right_first",
        "right_shown",
        "keywords_shown",
    )
    fields = (
        ("city", "number"),
        ("made_at", "is_used", "method"),
        ("reports", "tried"),
        ("right_first", "right_shown"),
        ("keywords_first", "keywords_shown"),
        "by_category",
    )
