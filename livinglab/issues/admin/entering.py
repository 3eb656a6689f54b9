"""The page on which a coordinator types in what somebody reports by phone."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from livinglab.issues.forms.entering import EnterForm
from livinglab.issues.models import Issue
from livinglab.issues.selectors.desk import desk_of
from livinglab.issues.services.entering import enter_report
from livinglab.kernel.city_admin import CityAdmin
from livinglab.kernel.errors import NotAllowed, Refused
from livinglab.people.http import person_of

PAGE = "admin/issues/issue/enter.html"


class EnterPages(CityAdmin):
    """Mixed into the table of reports."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.enter_view)
        return [path("enter/", view, name="issues_issue_enter"), *super().get_urls()]

    def enter_view(self, request: HttpRequest) -> HttpResponse:
        """The form; what is refused comes back with everything that was typed."""
        if not self.has_act_permission(request):
            raise PermissionDenied
        person = person_of(request)
        if request.method != "POST":
            return self._form(request, EnterForm(person=person))
        form = EnterForm(request.POST, person=person)
        if not form.is_valid():
            return self._form(request, form, status=422)
        try:
            issue = enter_report(form.said(), by=person).issue
        except NotAllowed:
            raise
        except Refused as refusal:
            form.add_error(_field_of(form, refusal), str(refusal))
            return self._form(request, form, status=refusal.status)
        messages.success(request, _("#%(number)s is entered.") % {"number": issue.pk})
        return redirect(self._page_after(request, issue))

    def _page_after(self, request: HttpRequest, issue: Issue) -> str:
        """Its page, or the list where another department deals with it."""
        if desk_of(person_of(request)).filter(pk=issue.pk).exists():
            return reverse("admin:issues_issue_change", args=[issue.pk])
        return reverse("admin:issues_issue_changelist")

    def _form(
        self, request: HttpRequest, form: EnterForm, *, status: int = 200
    ) -> HttpResponse:
        facts = {"title": _("Enter a report"), "opts": self.opts, "form": form}
        site = self.admin_site.each_context(request)
        return render(request, PAGE, site | facts, status=status)


def _field_of(form: EnterForm, refusal: Refused) -> str | None:
    """The field a refusal is about, if the form has it."""
    named = str(refusal.facts.get("field", ""))
    field = {"place": "neighbourhood"}.get(named, named)
    return field if field in form.fields else None
