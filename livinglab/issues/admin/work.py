"""The page of one report: everything about it, and the steps its state allows.

Works without script; with it, only the panel of the step is exchanged.
"""

import re
from collections.abc import Callable
from copy import copy
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from livinglab.issues.errors import ChangedMeanwhile
from livinglab.issues.forms.desk import STEPS, AnswerForm, StepForm
from livinglab.issues.models import Change, Issue
from livinglab.issues.selectors.answers_ready import answers_ready, words_ready
from livinglab.issues.selectors.desk import around, desk_of
from livinglab.issues.selectors.work import offers, work_on
from livinglab.issues.services.guest_letters import is_written_about
from livinglab.issues.services.photos import (
    leave_private,
    release_photo,
    remove_photo,
)
from livinglab.issues.services.reads import ON_THE_DESK, note_read
from livinglab.kernel.city_admin import CityAdmin
from livinglab.kernel.errors import Invalid, NotAllowed, Refused
from livinglab.kernel.numbers import number_said
from livinglab.kernel.permissions import may
from livinglab.people.http import person_of

LISTED = 500
BEGUN = ("state", "original", "decision", "words", "word", "appeal", "assignee")
BACK = "_changelist_filters"
OF_A_PAGE = ("p", "e", "all", "_popup", "_to_field")
NUMBER = re.compile(r"[0-9]{1,18}")
PHOTO_ACTS: dict[str, Callable[..., object]] = {
    "release": release_photo,
    "private": leave_private,
    "remove": remove_photo,
}
PAGE = "admin/issues/issue/work.html"


class WorkPages(CityAdmin):
    """Mixed into the table of reports."""

    def get_urls(self) -> list[URLPattern]:
        views = {
            "<int:pk>/do/<slug:verb>/": (self.step_view, "step"),
            "<int:pk>/photos/<slug:verb>/": (self.photo_view, "photos"),
            "<int:pk>/print/": (self.print_view, "print"),
        }
        ours = [
            path(where, self.admin_site.admin_view(view), name=f"issues_issue_{name}")
            for where, (view, name) in views.items()
        ]
        return [*ours, *super().get_urls()]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        issue = self._issue(request, int(object_id) if is_number(object_id) else 0)
        if request.method not in ("GET", "HEAD"):
            raise PermissionDenied
        note_read(issue, by=person_of(request), where=ON_THE_DESK)
        form = self._asked_for(request, issue)
        return self._page(request, issue, form=form)

    def step_view(self, request: HttpRequest, pk: int, verb: str) -> HttpResponse:
        """Look at words, begin from ready ones, or take the step."""
        issue = self._issue(request, pk)
        if request.method != "POST":
            return redirect(f"{_page_of(pk)}?{urlencode({'do': verb})}")
        if verb not in STEPS:
            raise Http404
        if not may(person_of(request), "issues.answer_issue", issue):
            raise PermissionDenied
        if "begin" in request.POST:
            return self._page(request, issue, form=_begun(verb, request.POST, issue))
        form = STEPS[verb](request.POST, city=issue.city_id, issue=issue)
        if "template" in request.POST and isinstance(form, AnswerForm):
            return self._begun_anew(request, issue, form)
        if not form.is_valid():
            return self._page(request, issue, form=form, status=422)
        if "look" in request.POST:
            return self._page(request, issue, form=form, looks=True)
        return self._taken(request, issue, form)

    def _begun_anew(
        self, request: HttpRequest, issue: Issue, form: AnswerForm
    ) -> HttpResponse:
        """With ready words, or told that there are none such any more."""
        pk = number_said(form.data["template"])
        ready = form.fields["template"].queryset.filter(pk=pk).first()  # type: ignore[attr-defined]
        begun = _with_words(form, issue, words_ready(ready, issue) if ready else "")
        if ready:
            return self._page(request, issue, form=begun)
        fault = Invalid(_("These ready words are no longer there."))
        return self._page(request, issue, form=begun, fault=fault, status=fault.status)

    def _taken(
        self, request: HttpRequest, issue: Issue, form: StepForm
    ) -> HttpResponse:
        seen = request.POST.get("seen", "")
        try:
            form.take(
                issue,
                seen=int(seen) if is_number(seen) else None,
                by=person_of(request),
            )
        except ChangedMeanwhile as refusal:
            issue = self._issue(request, issue.pk)
            return self._page(request, issue, form=form, fault=refusal, status=409)
        except NotAllowed:
            raise
        except Refused as refusal:
            issue = self._issue(request, issue.pk)
            return self._page(
                request, issue, form=form, fault=refusal, status=refusal.status
            )
        messages.success(request, _("#%(number)s: done.") % {"number": issue.pk})
        return redirect(self._next_page(request, issue.pk))

    def _next_page(self, request: HttpRequest, pk: int) -> str:
        """The report again, or the list where it now belongs to others."""
        back = request.POST.get("back", "")
        query = f"?{urlencode({BACK: back})}" if back else ""
        if is_number(request.POST.get("next", "")):
            return f"{_page_of(int(request.POST['next']))}{query}"
        if desk_of(person_of(request)).filter(pk=pk).exists():
            return f"{_page_of(pk)}{query}"
        return reverse("admin:issues_issue_changelist") + (f"?{back}" if back else "")

    def photo_view(self, request: HttpRequest, pk: int, verb: str) -> HttpResponse:
        """Release one photo or all of them, leave one private, or take it away."""
        issue = self._issue(request, pk)
        act = PHOTO_ACTS.get(verb)
        if request.method != "POST" or act is None:
            raise Http404
        chosen = request.POST.getlist("photo")
        photos = issue.photos.filter(pk__in=filter(is_number, chosen))
        for photo in photos:
            act(photo, by=person_of(request))
        return redirect(self._next_page(request, pk))

    def print_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A work order on paper, with a code that leads back to this page."""
        issue = self._issue(request, pk)
        note_read(issue, by=person_of(request), where=ON_THE_DESK)
        work = work_on(issue, person=person_of(request), today=timezone.localdate())
        facts = {
            "work": work,
            "issue": issue,
            "notes": issue.notes.all(),
            "today": timezone.localdate(),
        }
        return render(request, "admin/issues/issue/work_order.html", facts)

    def _issue(self, request: HttpRequest, pk: int) -> Issue:
        """One of the own desk; any other is not found."""
        rows = desk_of(person_of(request)).select_related(
            "city", "neighbourhood", "category", "department", "assignee"
        )
        issue = rows.prefetch_related("photos").filter(pk=pk).first()
        if issue is None:
            raise Http404
        return issue

    def _asked_for(self, request: HttpRequest, issue: Issue) -> StepForm | None:
        verb = request.GET.get("do", "")
        if verb not in STEPS or not may(
            person_of(request), "issues.answer_issue", issue
        ):
            return None
        return _begun(verb, request.GET, issue)

    def _page(
        self,
        request: HttpRequest,
        issue: Issue,
        *,
        form: StepForm | None,
        fault: Refused | None = None,
        looks: bool = False,
        status: int = 200,
    ) -> HttpResponse:
        person = person_of(request)
        back = request.POST.get("back") or request.GET.get(BACK, "")
        before, after = around(self._listed(request, back), issue.pk)
        work = work_on(issue, person=person, today=timezone.localdate())
        facts = {
            "title": _("Report #%(number)s") % {"number": issue.pk},
            "opts": self.opts,
            "work": work,
            "issue": issue,
            "offers": offers(issue) if work.may_work else {},
            "panel": _panel(form, issue, looks=looks) if form else None,
            "fault": fault,
            "met_change": isinstance(fault, ChangedMeanwhile),
            "back": back,
            "back_query": urlencode({BACK: back}) if back else "",
            "before": before,
            "after": after,
            "today": timezone.localdate(),
        }
        site = self.admin_site.each_context(request)
        return render(request, PAGE, site | facts, status=status)

    def _listed(self, request: HttpRequest, back: str) -> list[int]:
        """The numbers of the list one came from, in its order."""
        if not back:
            return []
        try:
            found = self.get_changelist_instance(asking_for(request, back))
        except IncorrectLookupParameters:
            return []
        return list(found.queryset.values_list("pk", flat=True)[:LISTED])


def asking_for(request: HttpRequest, query: str) -> HttpRequest:
    """The same person asking for a whole list; the request at hand stays as it is."""
    asked = QueryDict(query, mutable=True)
    for name in OF_A_PAGE:
        asked.pop(name, None)
    other = copy(request)
    other.GET = QueryDict(asked.urlencode())
    return other


def is_number(words: str) -> bool:
    """Whether somebody sent a number that a row may have."""
    return bool(NUMBER.fullmatch(words))


def _page_of(pk: int) -> str:
    return reverse("admin:issues_issue_change", args=[pk])


def _begun(verb: str, said: QueryDict, issue: Issue) -> StepForm:
    """The form of a step with what is known already."""
    begun = {name: said[name] for name in BEGUN if name in said}
    return STEPS[verb](initial=begun, city=issue.city_id, issue=issue)


def _verb_of(form: StepForm) -> str:
    return next(verb for verb, kind in STEPS.items() if type(form) is kind)


def _with_words(form: AnswerForm, issue: Issue, fresh: str) -> AnswerForm:
    """What was typed stays; the ready words come after it."""
    typed = form.data.get("words", "").strip()
    words = typed if fresh in typed else f"{typed}\n\n{fresh}".strip()
    begun = {"state": form.data.get("state"), "words": words}
    return AnswerForm(initial=begun, city=issue.city_id, issue=issue)


def _panel(form: StepForm, issue: Issue, *, looks: bool) -> dict[str, Any]:
    """The step as it stands in the page."""
    verb = _verb_of(form)
    state = form["state"].value() if verb == "answer" else ""
    known = Issue.Status.values
    return {
        "verb": verb,
        "form": form,
        "title": Issue.Status(state).label if state in known else form.title,
        "state": state,
        "ready": answers_ready(issue, state) if state else [],
        "looks": looks,
        "read": _as_read(form, issue, state) if looks else None,
        "language": issue.get_language_display(),
        "is_letter": _is_letter(verb, issue, state),
    }


def _is_letter(verb: str, issue: Issue, state: str) -> bool:
    """Whether a guest reads of this step in a letter."""
    if verb == "merge":
        return is_written_about(issue, Change.What.MERGED, Issue.Status.DUPLICATE)
    return is_written_about(issue, Change.What.STATE, state)


def _as_read(form: StepForm, issue: Issue, state: str) -> dict[str, str]:
    """What followers read, in the language of the report."""
    with translation.override(issue.language):
        day = date_format(issue.due_on, "DATE_FORMAT")
        promised = _("promised for") + f" {day}" if issue.is_open else ""
        return {
            "state": str(Issue.Status(state).label) if state else "",
            "words": _said(form, issue),
            "department": issue.department.name,
            "promised": promised,
        }


def _said(form: StepForm, issue: Issue) -> str:
    if isinstance(form, AnswerForm):
        return form.said(issue)
    words: str = form.cleaned_data.get("words", "")
    return words
