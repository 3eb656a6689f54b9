"""One step for several reports at once: looked at, then taken one by one."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from livinglab.issues.admin.work import WorkPages, is_number
from livinglab.issues.forms.desk import STEPS, StepForm
from livinglab.issues.models import Issue
from livinglab.issues.selectors.desk import desk_of
from livinglab.issues.services.photos import release_photo
from livinglab.kernel.errors import Refused
from livinglab.people.http import person_of

MOST = 200
SEVERAL = (
    "answer",
    "update",
    "route",
    "assign",
    "sort",
    "extend",
    "merge",
    "note",
    "hide",
    "show",
    "photos",
)


class PhotosForm(StepForm):
    """Looked at in the list of the chosen ones; then everybody may see them."""

    title = gettext_lazy("Release all photos")
    send = gettext_lazy("Release all photos")
    is_told = False

    def take(self, issue: Issue, *, seen: int | None, by: Any) -> None:
        for photo in issue.photos.all():
            if photo.is_to_look_at:
                release_photo(photo, by=by)


FORMS: dict[str, type[StepForm]] = {
    **{verb: form for verb, form in STEPS.items() if verb in SEVERAL},
    "photos": PhotosForm,
}


class BulkPages(WorkPages):
    """Mixed into the table of reports."""

    actions = tuple(f"{verb}_several" for verb in SEVERAL)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.several_view)
        name = "issues_issue_several"
        return [path("several/<slug:verb>/", view, name=name), *super().get_urls()]

    def several_view(self, request: HttpRequest, verb: str) -> HttpResponse:
        """Take the step for each; who was refused stays chosen, with the words."""
        if request.method != "POST" or verb not in FORMS:
            raise Http404
        if not self.has_act_permission(request):
            raise PermissionDenied
        chosen = _versions(request.POST.getlist("chosen"))
        issues = self._chosen(request, list(chosen))
        if not issues:
            raise Http404
        form = FORMS[verb](request.POST, city=issues[0].city_id)
        if not form.is_valid():
            return self._several(request, verb, issues, form, status=422)
        refused = []
        for issue in issues:
            try:
                form.take(issue, seen=chosen[issue.pk], by=person_of(request))
            except Refused as refusal:
                refused.append((issue, str(refusal)))
        self._tell(request, len(issues) - len(refused))
        if not refused:
            return redirect(self._list(request.POST.get("back", "")))
        left = self._chosen(request, [issue.pk for issue, _why in refused])
        whys = {issue.pk: why for issue, why in refused}
        return self._several(request, verb, left, form, whys=whys, status=409)

    def _tell(self, request: HttpRequest, done: int) -> None:
        if done:
            said = ngettext("%(count)d report: done.", "%(count)d reports: done.", done)
            messages.success(request, said % {"count": done})

    def _begin(
        self, request: HttpRequest, verb: str, rows: QuerySet[Issue]
    ) -> HttpResponse:
        back = request.GET.urlencode()
        issues = self._chosen(request, list(rows.values_list("pk", flat=True)[:MOST]))
        if rows[: MOST + 1].count() > MOST:
            sentence = _("Up to %(most)d reports at once: these are the first.")
            messages.warning(request, sentence % {"most": MOST})
        if len({issue.city_id for issue in issues}) > 1:
            messages.error(request, _("Please choose reports of one city."))
            return redirect(self._list(back))
        if not issues:
            raise Http404
        # Of several reports of one thing the oldest stays open, unless said otherwise.
        begun = {"original": min(issue.pk for issue in issues)}
        form = FORMS[verb](initial=begun, city=issues[0].city_id)
        return self._several(request, verb, issues, form, back=back)

    def _several(
        self,
        request: HttpRequest,
        verb: str,
        issues: list[Issue],
        form: StepForm,
        *,
        whys: dict[int, str] | None = None,
        back: str = "",
        status: int = 200,
    ) -> HttpResponse:
        facts = {
            "title": form.title,
            "opts": self.opts,
            "verb": verb,
            "chosen": [(issue, (whys or {}).get(issue.pk, "")) for issue in issues],
            "form": form,
            "refused": bool(whys),
            "back": back or request.POST.get("back", ""),
        }
        site = self.admin_site.each_context(request)
        page = "admin/issues/issue/several.html"
        return render(request, page, site | facts, status=status)

    def _chosen(self, request: HttpRequest, numbers: list[int]) -> list[Issue]:
        rows = desk_of(person_of(request)).filter(pk__in=numbers[:MOST])
        return list(
            rows.select_related("category", "department", "neighbourhood", "city")
            .prefetch_related("photos")
            .order_by("-pk")
        )

    def _list(self, back: str) -> str:
        address = reverse("admin:issues_issue_changelist")
        return f"{address}?{back}" if back else address

    @admin.action(description=gettext_lazy("Answer"), permissions=["act"])
    def answer_several(self, request: HttpRequest, rows: Any) -> HttpResponse:
        return self._begin(request, "answer", rows)

    @admin.action(description=gettext_lazy("Say what is new"), permissions=["act"])
    def update_several(self, request: HttpRequest, rows: Any) -> HttpResponse:
        return self._begin(request, "update", rows)

    @admin.action(description=gettext_lazy("Send to a department"), permissions=["act"])
    def route_several(self, request: HttpRequest, rows: Any) -> HttpResponse:
        return self._begin(request, "route", rows)

    @admin.action(description=gettext_lazy("Give to a colleague"), permissions=["act"])
    def assign_several(self, request: HttpRequest, rows: Any) -> HttpResponse:
        return self._begin(request, "assign", rows)

    @admin.action(description=gettext_lazy("Another kind"), permissions=["act"])
    def sort_several(self, request: HttpRequest, rows: Any) -> HttpResponse:
        return self._begin(request, "sort", rows)

    @admin.action(description=gettext_lazy("Promise a later day"), permissions=["act"])
    def extend_several(self, request: HttpRequest, rows: Any) -> HttpResponse:
        return self._begin(request, "extend", rows)

    @admin.action(
        description=gettext_lazy("Join with another report"), permissions=["act"]
    )
    def merge_several(self, request: HttpRequest, rows: Any) -> HttpResponse:
        return self._begin(request, "merge", rows)

    @admin.action(description=gettext_lazy("Internal note"), permissions=["act"])
    def note_several(self, request: HttpRequest, rows: Any) -> HttpResponse:
        return self._begin(request, "note", rows)

    @admin.action(description=gettext_lazy("Hide"), permissions=["act"])
    def hide_several(self, request: HttpRequest, rows: Any) -> HttpResponse:
        return self._begin(request, "hide", rows)

    @admin.action(description=gettext_lazy("Publish it"), permissions=["act"])
    def show_several(self, request: HttpRequest, rows: Any) -> HttpResponse:
        return self._begin(request, "show", rows)

    @admin.action(description=gettext_lazy("Release all photos"), permissions=["act"])
    def photos_several(self, request: HttpRequest, rows: Any) -> HttpResponse:
        return self._begin(request, "photos", rows)


def _versions(chosen: list[str]) -> dict[int, int]:
    """ "12:3" is report 12 as it was seen at its version 3."""
    pairs = [one.partition(":") for one in chosen]
    return {
        int(pk): int(version)
        for pk, _colon, version in pairs
        if is_number(pk) and is_number(version)
    }
