"""Inbox and choices; and the way out of letters that asks for no sign-in."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from livinglab.kernel.errors import Refused
from livinglab.kernel.http import wants_fragment
from livinglab.kernel.kept_parts import kept_forms
from livinglab.kernel.numbers import number_said
from livinglab.notifications import selectors
from livinglab.notifications.channels import text_messages, vapid
from livinglab.notifications.channels.letters import ALL_LETTERS, read_token
from livinglab.notifications.forms import CodeForm, NumberForm, RhythmForm
from livinglab.notifications.kinds import Channel, kind_of
from livinglab.notifications.models import MobileNumber, Notice
from livinglab.notifications.services import (
    addresses,
    browsers,
    choosing,
    reading,
)
from livinglab.people.http import person_of
from livinglab.people.models import Person


@require_safe
@login_required
def inbox(request: HttpRequest) -> HttpResponse:
    """What one was told, newest first; htmx gets the list alone."""
    person = person_of(request)
    stand = selectors.inbox_stand(person)
    facts = ("inbox", person.pk, request.get_full_path(), stand)
    body = kept_forms(request, facts, partial(_inbox, request, person))
    if wants_fragment(request):
        response = HttpResponse(body)
    else:
        response = render(request, "notifications/inbox.html", {"body": body})
    response.headers["Vary"] = "HX-Request"
    return response


def _inbox(request: HttpRequest, person: Person) -> str:
    before = number_said(request.GET.get("before", ""))
    lines = selectors.inbox(person, before=before)
    shown, more = lines[: selectors.PAGE], lines[selectors.PAGE :]
    context = {
        "person": person,
        "lines": shown,
        "next_before": shown[-1].notice.pk if more else None,
        "unread": selectors.unread_count(person),
    }
    return render_to_string("notifications/_inbox.html", context, request)


@require_safe
@login_required
def open_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Opening a notice is reading it; on to what it is about."""
    person = person_of(request)
    notice = get_object_or_404(Notice.objects.visible_to(person), pk=pk)
    reading.mark_read(notice, by=person)
    return redirect(notice.url)


@require_POST
@login_required
def mark_all_read(request: HttpRequest) -> HttpResponse:
    reading.mark_all_read(person_of(request))
    return redirect("notifications:inbox")


@require_safe
@login_required
def badge(request: HttpRequest) -> HttpResponse:
    """How many are unread: a fragment that follows the topic `person:<id>`."""
    person = person_of(request)
    context = {"person": person, "unread": selectors.unread_count(person)}
    return render(request, "notifications/_badge.html", context)


@require_safe
@login_required
def tab_badge(request: HttpRequest) -> HttpResponse:
    """The same number as the tab of every page shows it."""
    return render(request, "frame/_unread.html")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def choices(request: HttpRequest) -> HttpResponse:
    """What one is told where, and when."""
    person = person_of(request)
    stand = selectors.choices_stand(person)
    draw = partial(_choices, request, person, stand)
    if request.method == "POST":
        form = RhythmForm(request.POST, instance=selectors.rhythm_of(person))
        if form.is_valid():
            choosing.choose_rhythm(person, form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("notifications:choices")
        body = draw(form)
    else:
        push = vapid.public_key() if vapid.has_key() else ""
        facts = ("choices", person.pk, push, stand)
        body = kept_forms(request, facts, draw)
    return render(request, "notifications/choices.html", {"body": body})


def _choices(
    request: HttpRequest,
    person: Person,
    stand: selectors.ChoicesStand,
    form: RhythmForm | None = None,
) -> str:
    mobile = MobileNumber.objects.filter(person=person).first()
    browsers = list(selectors.browsers_of(person)) if stand.has_browsers else []
    reached = {
        Channel.PUSH: bool(browsers),
        Channel.EMAIL: stand.has_letters,
        Channel.SMS: mobile is not None and mobile.confirmed_at is not None,
    }
    context = {
        "form": form or RhythmForm(instance=selectors.rhythm_of(person)),
        "groups": selectors.switches(person, [way for way in reached if reached[way]]),
        "browsers": browsers,
        "push_here": _push_here() if vapid.has_key() else None,
        "mobile": mobile,
        "offers_texts": text_messages.is_offered(),
        "number_form": NumberForm(),
        "code_form": CodeForm(),
    }
    return render_to_string("notifications/_choices.html", context, request)


def _push_here() -> dict[str, object]:
    """What the island needs: the key, and a sentence for every answer of a browser."""
    return {
        "key": vapid.public_key(),
        "words": {
            "on": _("Notices come to this phone."),
            "no": _("This browser cannot show notices. E-mails still come."),
            "install": _(
                "On an iPhone this works once the app is on the home screen: share,"
                " then “Add to Home Screen”, then open it from there."
            ),
            "blocked": _(
                "This browser blocks our notices. Tap the lock beside the address,"
                " allow notifications, and open this page again."
            ),
            "dismissed": _("Nothing was changed. You can press again at any time."),
            "working": _("One moment …"),
            "failed": _(
                "That did not work just now. Nothing was changed. Please try again"
                " in a moment."
            ),
        },
    }


@require_POST
@login_required
def choose_switches(request: HttpRequest) -> HttpResponse:
    """The whole page of switches at once, so that it works without script."""
    choosing.choose_switches(
        person_of(request),
        on=set(request.POST.getlist("on")),
        asked=set(request.POST.get("asked", "").split()),
    )
    messages.success(request, _("Saved."))
    return redirect("notifications:choices")


@require_POST
@login_required
def give_number(request: HttpRequest) -> HttpResponse:
    form = NumberForm(request.POST)
    try:
        if form.is_valid():
            addresses.give_number(person_of(request), form.cleaned_data["number"])
            messages.success(request, _("A code is on its way to your phone."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("notifications:choices")


@require_POST
@login_required
def confirm_number(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.POST)
    try:
        if form.is_valid():
            addresses.confirm_number(person_of(request), form.cleaned_data["code"])
            messages.success(request, _("Text messages can reach you now."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("notifications:choices")


@require_POST
@login_required
def forget_number(request: HttpRequest) -> HttpResponse:
    addresses.forget_number(person_of(request))
    return redirect("notifications:choices")


@require_POST
@login_required
def forget_browser(request: HttpRequest, pk: int) -> HttpResponse:
    """From whichever browser one sits at: the phone may be lost."""
    person = person_of(request)
    row = get_object_or_404(selectors.browsers_of(person), pk=pk)
    browsers.forget_browser(row, by=person)
    messages.success(request, _("Nothing comes to that browser any more."))
    return redirect("notifications:choices")


@require_POST
@login_required
def forget_browsers(request: HttpRequest) -> HttpResponse:
    browsers.forget_browsers(person_of(request))
    return redirect("notifications:choices")


@require_http_methods(["GET", "HEAD", "POST"])
@csrf_exempt
def off(request: HttpRequest, token: str) -> HttpResponse:
    """The way out of a letter: mail programs POST here (RFC 8058), people press once.

    No sign-in and no token of a form: the signed address is the proof, and nothing
    but these letters can be switched off with it.
    """
    said = read_token(token)
    person = said and Person.objects.filter(pk=said[0]).first()
    if not said or not person:
        return render(
            request, "notifications/off.html", {"is_known": False}, status=404
        )
    kind = kind_of(said[1])
    context = {
        "is_known": True,
        "is_done": request.method == "POST",
        "is_all": said[1] == ALL_LETTERS,
        "label": kind.label if kind else said[1],
    }
    if request.method == "POST":
        choosing.stop_letters(person, said[1])
    return render(request, "notifications/off.html", context)
