"""제보: one form for a report, looked at first where no script walks through it."""

import uuid
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from livinglab.issues.errors import IssueRefused
from livinglab.issues.forms.report import ReportForm, kept_words, photos_in
from livinglab.issues.http import Sender, is_crowded, paced_sender, require_name
from livinglab.issues.models import Issue
from livinglab.issues.models.photos import MOST_PHOTOS
from livinglab.issues.services.drafts import (
    draft_of,
    drop_from_draft,
    keep_half,
    move_photos,
    photos_of,
)
from livinglab.issues.services.photos import SentPhoto
from livinglab.issues.services.sending import is_another_report, report_with_photos
from livinglab.issues.views.report_page import Page, looked_at
from livinglab.kernel.errors import Refused
from livinglab.people.guests import guest_of
from livinglab.people.http import visitor_of
from livinglab.people.models import Draft


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """GET: the empty form, the same for everybody. POST: a look, or the report."""
    if request.method != "POST":
        return _shown(request, Page(ReportForm()))
    page = Page(ReportForm(request.POST), has_lost_photos=bool(request.FILES))
    if not page.form.is_valid():
        page.note_form_errors()
        return _shown(request, page)
    sender = paced_sender(request)
    is_sent = request.POST.get("step") == "send"
    try:
        page.draft = _kept(request, page.form, sender, is_sent=is_sent)
        if is_sent:
            return redirect("report:done", _sent(request, page, sender).key)
        page.has_lost_photos = False
        page.renew_used_key()
        looked_at(page)
    except Refused as refusal:
        page.note(refusal)
        page.note_what_else_is_missing()
    return _shown(request, page)


@require_safe
def half(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """A half-written report of this person or browser, to go on with.

    It begins where what was known or promised then is asked anew on the way.
    """
    owner = visitor_of(request) or guest_of(request)
    draft = draft_of(owner, key)
    if draft is None:
        return redirect("report:form")
    said = MultiValueDict({**draft.words, "draft": [str(key)]})
    page = Page(ReportForm(said), draft=draft)
    if page.form.is_valid():
        page.place_by_photo()
        has_place = page.value("lon") or page.value("neighbourhood")
        page.begin = "what" if has_place else "photos"
    return _shown(request, page)


def _shown(request: HttpRequest, page: Page) -> HttpResponse:
    status = 422 if page.wrong else 200
    return render(request, "issues/report/report.html", page.context(), status=status)


def _kept(
    request: HttpRequest, form: ReportForm, sender: Sender, *, is_sent: bool
) -> Draft | None:
    """The draft of this form; a look keeps what was written and photographed."""
    owner = sender.owner
    draft = draft_of(owner, form.cleaned_data["draft"])
    if draft and (dropped := request.POST.getlist("drop")):
        drop_from_draft(draft, dropped)
    if is_sent:
        return draft
    photos = _photos(request, draft)
    return keep_half(
        owner, kept_words(request.POST), photos, key=draft.key if draft else None
    )


def _photos(request: HttpRequest, draft: Draft | None) -> list[SentPhoto]:
    sent = photos_in(request.FILES, request.POST.getlist("alts"))
    if len(sent) + len(photos_of(draft)) > MOST_PHOTOS:
        raise IssueRefused(
            _("A report carries up to %(most)d photos.") % {"most": MOST_PHOTOS},
            field="photos",
        )
    return sent


def _sent(request: HttpRequest, page: Page, sender: Sender) -> Issue:
    """The report with the photos of this form and of its draft; safe to send again."""
    require_name(request, request.POST.get("acting_for"))
    said = page.form.said(page.form.spot)
    if is_another_report(said):
        page.renew_used_key()
        raise IssueRefused(
            _(
                "You sent the report of this page already. If this is another one,"
                " please look at it once more and send it."
            )
        )
    reported = report_with_photos(
        replace(said, is_from_a_crowd=is_crowded(request)),
        _photos(request, page.draft),
        by=sender.person,
        guest=sender.guest,
    )
    if page.draft is not None:
        move_photos(page.draft, reported.issue, sender.owner)
    return reported.issue
