"""After a report: what happens now, claiming it, and having met a known one."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from livinglab.issues.forms.report import photos_in
from livinglab.issues.http import Sender, paced_sender, posted
from livinglab.issues.models import Issue
from livinglab.issues.services.drafts import (
    draft_of,
    drop_draft_and_photos,
    photos_of,
    sent_again,
)
from livinglab.issues.services.meeting import meet_as_guest, meet_issue
from livinglab.issues.services.reporting import claim_issue
from livinglab.kernel.acting import acting_of
from livinglab.people.http import person_of, visitor_of
from livinglab.people.models import Draft, Guest


@require_safe
def done(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """For whoever holds the key: only the sender ever saw it."""
    beside = ("category", "department", "neighbourhood__city", "reporter")
    issue = get_object_or_404(Issue.objects.select_related(*beside), key=key)
    person = visitor_of(request)
    if issue.reporter is not None and issue.reporter != person:
        raise Http404
    context = {
        "issue": issue,
        "photos": list(issue.photos.all()),
        "person": person,
        "may_be_claimed": issue.reporter is None
        and person is not None
        and acting_of(person) is None,
        "may_be_seen": issue.is_public or (person and issue.reporter == person),
    }
    return render(request, "issues/report/done.html", context)


@login_required
@posted(to="report:done")
def claim(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Make the report one sent as a guest one's own."""
    claim_issue(key, by=person_of(request))
    messages.success(request, _("The report is among your reports now."))
    return redirect("report:done", key)


@posted(to="issues:issue")
def met_it_too(request: HttpRequest, pk: int) -> HttpResponse:
    """ "I met it too" instead of a new report; photos of the form come along."""
    sender = paced_sender(request)
    seen = Issue.objects.visible_to(sender.person).select_related("category")
    issue = get_object_or_404(seen, pk=pk)
    kept = _meet(request, issue, sender)
    context = {
        "issue": issue,
        "person": sender.person,
        "photos": len(photos_of(kept)),
        "words": kept.words.get("words", "") if kept else "",
    }
    return render(request, "issues/report/met.html", context)


def _meet(request: HttpRequest, issue: Issue, sender: Sender) -> Draft | None:
    """Whatever the form held of a new report comes along as a word of this one.

    A guest's waits for the sign-in: what is kept of it.
    """
    owner = sender.owner
    draft = draft_of(owner, _key(request.POST.get("draft", "")))
    new = photos_in(request.FILES, request.POST.getlist("alts"))
    words, photos = request.POST.get("words", ""), [*new, *sent_again(draft)]
    kept = None
    if isinstance(owner, Guest):
        kept = meet_as_guest(issue, words=words, photos=photos, guest=owner)
    else:
        meet_issue(issue, words=words, photos=photos, by=owner)
    if draft is not None:
        drop_draft_and_photos(draft, owner)
    return kept


def _key(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
