"""The list of reports as a map: the same filters, drawn without a script."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from livinglab.issues.admin.work import BACK, asking_for
from livinglab.issues.selectors.desk_map import MOST, sketches_of
from livinglab.kernel.city_admin import CityAdmin

PAGE = "admin/issues/issue/map.html"


class MapPages(CityAdmin):
    """Mixed into the table of reports."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.map_view)
        return [path("map/", view, name="issues_issue_map"), *super().get_urls()]

    def map_view(self, request: HttpRequest) -> HttpResponse:
        """Where what the list shows lies; each spot leads to its report."""
        if not self.reads(request):
            raise PermissionDenied
        query = request.GET.urlencode()
        try:
            found = self.get_changelist_instance(asking_for(request, query)).queryset
        except IncorrectLookupParameters:
            raise Http404 from None
        issues = list(found.prefetch_related(None)[: MOST + 1])
        facts = {
            "title": _("Where they are"),
            "opts": self.opts,
            "sketches": sketches_of(issues[:MOST], timezone.localdate()),
            "is_cut": len(issues) > MOST,
            "most": MOST,
            "query": query,
            "list_url": _list(query),
            "back_query": urlencode({BACK: query}) if query else "",
        }
        site: dict[str, Any] = self.admin_site.each_context(request)
        return render(request, PAGE, site | facts)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        query = request.GET.urlencode()
        address = reverse("admin:issues_issue_map")
        facts = {"map_url": f"{address}?{query}" if query else address}
        shown: HttpResponse = super().changelist_view(
            request, facts | (extra_context or {})
        )
        return shown


def _list(query: str) -> str:
    address = reverse("admin:issues_issue_changelist")
    return f"{address}?{query}" if query else address
