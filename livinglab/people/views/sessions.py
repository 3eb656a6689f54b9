"""Where I am signed in, and ending it there."""

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from livinglab.people.devices import device_words, is_phone
from livinglab.people.http import person_of
from livinglab.people.services.sessions import end_other_sessions, end_session


@require_safe
@login_required
def sessions(request: HttpRequest) -> HttpResponse:
    """Every sign-in that still stands, the present one first."""
    here = request.session.session_key
    rows = UserSession.objects.purge_and_list(person_of(request))
    rows.sort(key=lambda row: row.last_seen_at, reverse=True)
    rows.sort(key=lambda row: row.session_key != here)
    shown = [
        {
            "row": row,
            "words": device_words(row.user_agent),
            "is_phone": is_phone(row.user_agent),
            "is_here": row.session_key == here,
        }
        for row in rows
    ]
    return render(request, "people/sessions.html", {"sessions": shown})


@require_POST
@login_required
def end_one(request: HttpRequest, pk: int) -> HttpResponse:
    """End one sign-in; ending the present one is signing out."""
    mine = UserSession.objects.filter(user_id=person_of(request).pk)
    row = get_object_or_404(mine, pk=pk)
    if row.session_key == request.session.session_key:
        logout(request)
        return redirect("account_login")
    end_session(row)
    messages.success(request, _("That sign-in is over."))
    return redirect("people:sessions")


@require_POST
@login_required
def end_others(request: HttpRequest) -> HttpResponse:
    """End every sign-in but this one."""
    here = request.session.session_key or ""
    end_other_sessions(person_of(request), but=here)
    messages.success(request, _("You are signed in only here now."))
    return redirect("people:sessions")
