"""Acting for somebody in a browser: kept in the session, asked anew each time."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from livinglab.people.models import Helping

KEPT_AS = "acting_for"
Next = Callable[[HttpRequest], HttpResponse]


def begin_acting(request: HttpRequest, helping: Helping) -> None:
    """From now on this browser's pages are about the helped person."""
    request.session[KEPT_AS] = helping.pk


def stop_acting(request: HttpRequest) -> None:
    request.session.pop(KEPT_AS, None)


def kept_helping(session: SessionBase, helper_id: int) -> Helping | None:
    """The help a session acts through, if it still holds."""
    wanted = session.get(KEPT_AS)
    if wanted is None:
        return None
    return (
        Helping.objects.active()
        .filter(pk=wanted, helper=helper_id)
        .select_related("person__neighbourhood", "helper")
        .first()
    )


def acts_for_others(get_response: Next) -> Next:
    """Find the help a session acts through; one that ended meanwhile ends here.

    What was asked in somebody's name must not happen in one's own: such a request is
    turned away as a whole.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return get_response(request)
        if KEPT_AS not in request.session or not request.user.is_authenticated:
            return get_response(request)
        helping = kept_helping(request.session, request.user.pk)
        if helping is None:
            return _turn_away(request)
        request.helping = helping  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def _turn_away(request: HttpRequest) -> HttpResponse:
    stop_acting(request)
    sentence = _("This help has ended. You are yourself again; nothing was done.")
    if request.path.startswith("/api/"):
        body = {"code": "help_ended", "detail": sentence}
        return JsonResponse(body, status=403)
    messages.warning(request, sentence)
    return redirect("people:helping")
