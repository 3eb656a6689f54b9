"""Home, about, the look of pages, errors in our words."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from livinglab.kernel.cards import cards_for
from livinglab.pages import look as looks
from livinglab.people.http import visitor_of


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The front door: each app's cards for this person or for a visitor."""
    person = visitor_of(request)
    context = {"person": person, "cards": cards_for("home", person)}
    return render(request, "pages/home.html", context)


@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """One press in the view menu: keep the wish, back to where the person was."""
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}):
        target = "/"
    response = redirect(target)
    looks.remember(response, looks.chosen(request.POST.dict()))
    return response


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What the living lab is, in one short page."""
    return render(request, "pages/about.html")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old or came from elsewhere."""
    return render(request, "403_form.html", status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """No database, no session: the page must stand when nothing else does."""
    return render(request, "500.html", status=500)
