"""Names of cities for other software, and keys that let programs report."""

from django.contrib import admin

from livinglab.interop.models import ApiKey, Jurisdiction, Submission
from livinglab.kernel.city_admin import CityAdmin


@admin.register(Jurisdiction)
class JurisdictionTable(CityAdmin):
    city_path = "city"
    list_display = ("code", "city", "contact")
    list_select_related = ("city",)


@admin.register(ApiKey)
class ApiKeyTable(CityAdmin):
    """Never the key: only its digest is kept, and that is not shown."""

    list_display = ("name", "quota_a_day", "given_at", "revoked_at")
    fields = ("name", "quota_a_day", "given_at", "revoked_at")


@admin.register(Submission)
class SubmissionTable(CityAdmin):
    city_path = "issue__city"
    is_personal = True
    list_display = ("at", "key", "issue_id")
    list_select_related = ("key",)
    fields = ("key", "at")
