"""Reports of one's own city and department."""

from django.contrib import admin

from livinglab.issues.models import Issue
from livinglab.kernel.city_admin import CityAdmin


@admin.register(Issue)
class IssueTable(CityAdmin):
    city_path = "city"
    is_personal = True
    list_display = ("pk", "category", "state", "neighbourhood", "department", "due_on")
    list_select_related = ("category", "neighbourhood", "department")
