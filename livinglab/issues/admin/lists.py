"""Above the list of reports: the queues with their counts, and one's saved filters."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse

from livinglab.issues.admin.filters import QUEUES
from livinglab.issues.admin.work import is_number
from livinglab.issues.models import KeptList
from livinglab.issues.selectors.desk import count_queues
from livinglab.issues.selectors.desk_links import desk_links
from livinglab.issues.services.lists import keep_list, let_list_go
from livinglab.kernel.city_admin import CityAdmin
from livinglab.kernel.errors import Refused
from livinglab.people.http import person_of
from livinglab.people.models import Person

PAGE_ONLY = ("p", "e", "all")


class KeptLists(CityAdmin):
    """Mixed into the table of reports."""

    list_before_template = "admin/issues/issue/lists.html"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.lists_view)
        ours = path("lists/", view, name="issues_issue_lists")
        return [ours, *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        person = person_of(request)
        asked = _filters(request.GET)
        facts = {
            "queues": _queues(person, request.GET.get("queue", "")),
            "kept_lists": KeptList.objects.filter(person=person),
            "query": asked,
            "links": desk_links(person),
        }
        shown: HttpResponse = super().changelist_view(
            request, facts | (extra_context or {})
        )
        return shown

    def lists_view(self, request: HttpRequest) -> HttpResponse:
        """Keep the filters of the list, or let a kept list go."""
        query = _filters(QueryDict(request.POST.get("query", "")))
        dropped = request.POST.get("drop", "")
        if request.method == "POST" and is_number(dropped):
            let_list_go(int(dropped), by=person_of(request))
        elif request.method == "POST":
            try:
                keep_list(request.POST.get("name", ""), query, by=person_of(request))
            except Refused as refusal:
                messages.error(request, str(refusal))
        return redirect(f"{reverse('admin:issues_issue_changelist')}?{query}")


def _filters(asked: QueryDict) -> str:
    """What was asked for, without the page one was on."""
    kept = asked.copy()
    for name in PAGE_ONLY:
        kept.pop(name, None)
    return kept.urlencode()


def _queues(person: Person, now: str) -> list[dict[str, Any]]:
    """The queues of whoever has work here."""
    if not person.coordinated_city_ids:
        return []
    counts = count_queues(person)
    return [
        {"key": key, "name": name, "count": counts[key], "is_now": key == now}
        for key, name in QUEUES.items()
    ]
