"""Tables of reporting as CSV and XLSX: reports out, a city's catalogue out and in."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export.fields import Field
from import_export.widgets import BooleanWidget, ForeignKeyWidget, Widget

from livinglab.issues.models import AnswerTemplate, Category, Department, Issue
from livinglab.issues.services.catalogue import keep_row
from livinglab.kernel.city_admin import CityAdmin
from livinglab.kernel.errors import Refused
from livinglab.kernel.long_lists import LongList
from livinglab.kernel.sheets import MOST_IN_A_BOOK, Sheet, answer_table, read_table
from livinglab.people.http import person_of
from livinglab.people.models import Person
from livinglab.places.models import City

KINDS = ("csv", "xlsx")

REPORT = (
    "number",
    "city",
    "neighbourhood",
    "category",
    "department",
    "assignee",
    "state",
    "words",
    "address",
    "lon",
    "lat",
    "received_at",
    "answer_due_on",
    "answered_at",
    "due_on",
    "closed_at",
    "supporters",
    "channel",
    "is_public",
    "hidden",
)


def _day(moment: Any) -> Any:
    return timezone.localtime(moment).replace(tzinfo=None) if moment else None


class IssueSheet(Sheet):
    """Reports without anything of who sent them."""

    number = Field("pk", gettext_lazy("number"))
    city = Field("city__name", gettext_lazy("city"))
    neighbourhood = Field("neighbourhood__name", gettext_lazy("neighbourhood"))
    category = Field("category__name", gettext_lazy("category"))
    department = Field("department__name", gettext_lazy("department"))
    assignee = Field("assignee", gettext_lazy("who deals with it"))
    state = Field("get_state_display", gettext_lazy("state"))
    words = Field("words", gettext_lazy("what is wrong"))
    address = Field("address", gettext_lazy("where, in words"))
    lon = Field("lon", gettext_lazy("longitude"))
    lat = Field("lat", gettext_lazy("latitude"))
    received_at = Field("received_at", gettext_lazy("received at"))
    answer_due_on = Field("answer_due_on", gettext_lazy("first answer promised for"))
    answered_at = Field("answered_at", gettext_lazy("first answered at"))
    due_on = Field("due_on", gettext_lazy("promised for"))
    closed_at = Field("closed_at", gettext_lazy("closed at"))
    supporters = Field("supporters", gettext_lazy("people who met it too"))
    channel = Field("get_channel_display", gettext_lazy("came by"))
    is_public = Field("is_public", gettext_lazy("published"))
    hidden = Field("get_hidden_display", gettext_lazy("why it is hidden"))

    class Meta:
        model = Issue
        fields = REPORT
        force_native_type = True

    def dehydrate_received_at(self, issue: Issue) -> Any:
        return _day(issue.received_at)

    def dehydrate_answered_at(self, issue: Issue) -> Any:
        return _day(issue.answered_at)

    def dehydrate_closed_at(self, issue: Issue) -> Any:
        return _day(issue.closed_at)


class OfCity(ForeignKeyWidget):  # type: ignore[misc]
    """A row of the city that stands in the same line, by its code."""

    def get_queryset(self, value: Any, row: Any, *args: Any, **kwargs: Any) -> Any:
        return self.model.objects.filter(city__code=row.get("city"))


class Words(Widget):  # type: ignore[misc]
    """A list of words in one cell, with commas between."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> list[str]:
        return [word.strip() for word in str(value or "").split(",") if word.strip()]

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return ", ".join(value or [])


class CatalogueSheet(Sheet):
    """Rows come in through the same service as by hand."""

    def __init__(self, person: Person | None = None) -> None:
        self.person = person
        super().__init__()

    def get_queryset(self) -> Any:
        rows = super().get_queryset().select_related("city")
        return rows.filter(
            city__in=self.person.coordinated_city_ids if self.person else []
        )

    def do_instance_save(self, instance: Any, is_create: bool) -> None:
        assert self.person is not None  # noqa: S101 - only exports come without
        try:
            keep_row(instance, by=self.person)
        except Refused as refusal:
            raise ValidationError(str(refusal)) from refusal


class DepartmentSheet(CatalogueSheet):
    city = Field("city", "city", ForeignKeyWidget(City, "code"))

    class Meta:
        model = Department
        fields = ("city", "code", "name_ko", "name_en", "phone")
        import_id_fields = ("city", "code")
        clean_model_instances = True
        skip_unchanged = True


class CategorySheet(CatalogueSheet):
    city = Field("city", "city", ForeignKeyWidget(City, "code"))
    department = Field("department", "department", OfCity(Department, "code"))
    synonyms = Field("synonyms", "synonyms", Words())
    is_public = Field("is_public", "is_public", BooleanWidget())
    is_offered = Field("is_offered", "is_offered", BooleanWidget())

    class Meta:
        model = Category
        fields = (
            "city",
            "code",
            "group",
            "name_ko",
            "name_en",
            "description_ko",
            "description_en",
            "synonyms",
            "department",
            "answer_days",
            "close_days",
            "radius_m",
            "is_public",
            "notice_ko",
            "notice_en",
            "notice_phone",
            "is_offered",
            "position",
        )
        import_id_fields = ("city", "code")
        clean_model_instances = True
        skip_unchanged = True


class AnswerSheet(CatalogueSheet):
    city = Field("city", "city", ForeignKeyWidget(City, "code"))
    category = Field("category", "category", OfCity(Category, "code"))

    class Meta:
        model = AnswerTemplate
        fields = (
            "city",
            "name",
            "state",
            "category",
            "words_ko",
            "words_en",
            "position",
        )
        import_id_fields = ("city", "name")
        clean_model_instances = True
        skip_unchanged = True


class SheetsOut(CityAdmin):
    """Adds the way out to a table: what its list shows, as a file."""

    sheet: type[Sheet]
    sheets_in = False

    def get_urls(self) -> list[URLPattern]:
        opts = self.opts
        view = self.admin_site.admin_view(self.sheet_view)
        name = f"{opts.app_label}_{opts.model_name}_sheet"
        return [path("sheet.<str:kind>", view, name=name), *super().get_urls()]

    def sheet_view(self, request: HttpRequest, kind: str) -> HttpResponseBase:
        if kind not in KINDS:
            raise Http404
        if not self.reads(request):
            raise PermissionDenied
        try:
            rows = LongList.of(self.get_changelist_instance(request).queryset)
        except IncorrectLookupParameters:
            raise Http404 from None
        if kind == "xlsx":
            rows = rows.first(MOST_IN_A_BOOK)
        self.note_taken(request, rows)
        day = timezone.localdate().isoformat()
        name = f"{self.opts.model_name}-{day}"
        return answer_table(self.sheet(), rows, kind=kind, name=name)

    def note_taken(self, request: HttpRequest, rows: LongList) -> None:
        """Before a file leaves; whose data is in it may have to be told."""

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        opts = self.opts
        out = f"admin:{opts.app_label}_{opts.model_name}_sheet"
        query = request.GET.urlencode()
        facts = {
            "sheets": [
                (kind.upper(), f"{reverse(out, args=[kind])}?{query}") for kind in KINDS
            ],
            "most_in_a_book": MOST_IN_A_BOOK,
        }
        shown: HttpResponse = super().changelist_view(
            request, facts | (extra_context or {})
        )
        return shown


class SheetForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("CSV or XLSX file"))


class SheetsIn(SheetsOut):
    """And the way in: looked at first, row by row, then stored or nothing at all."""

    sheet: type[CatalogueSheet]
    list_before_template = "admin/issues/sheets.html"

    def get_urls(self) -> list[URLPattern]:
        opts = self.opts
        view = self.admin_site.admin_view(self.load_view)
        name = f"{opts.app_label}_{opts.model_name}_load"
        return [path("load/", view, name=name), *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        opts = self.opts
        load = reverse(f"admin:{opts.app_label}_{opts.model_name}_load")
        facts = {"load": load if self.has_add_permission(request) else ""}
        return super().changelist_view(request, facts | (extra_context or {}))

    def load_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = SheetForm(request.POST or None, request.FILES or None)
        result = None
        if request.method == "POST" and form.is_valid():
            stores = "store" in request.POST
            try:
                result = self._loaded(request, form, dry_run=not stores)
            except Refused as refusal:
                messages.error(request, str(refusal))
            else:
                if stores and not _faults(result):
                    self._tell(request, result)
                    return redirect(f"admin:issues_{self.opts.model_name}_changelist")
        facts = {
            "title": _("Load a table"),
            "form": form,
            "opts": self.opts,
            "totals": result.totals if result else None,
            "faults": _faults(result) if result else [],
        }
        site = self.admin_site.each_context(request)
        return render(request, "admin/issues/load_sheet.html", site | facts)

    def _loaded(self, request: HttpRequest, form: SheetForm, *, dry_run: bool) -> Any:
        table = read_table(form.cleaned_data["file"].read())
        sheet = self.sheet(person_of(request))
        return sheet.import_data(
            table,
            dry_run=dry_run,
            use_transactions=True,
            rollback_on_validation_errors=True,
        )

    def _tell(self, request: HttpRequest, result: Any) -> None:
        said = _("%(new)s new rows, %(changed)s changed, %(same)s the same.")
        totals = result.totals
        counts = {
            "new": totals["new"],
            "changed": totals["update"],
            "same": totals["skip"],
        }
        messages.success(request, said % counts)


def _faults(result: Any) -> list[tuple[int, str]]:
    """The line of each row that cannot be taken, and why."""
    wrong = [
        (number, "; ".join(str(error.error) for error in errors))
        for number, errors in result.row_errors()
    ]
    for row in result.invalid_rows:
        wrong.append((row.number, " ".join(row.error.messages)))
    return sorted(wrong)[:50]
