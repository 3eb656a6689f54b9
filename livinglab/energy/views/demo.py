"""Signing in as somebody of the demonstration, on a demonstration only."""

from pathlib import Path

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from livinglab.energy.demo.record import email_of_key
from livinglab.people.models import Person
from livinglab.people.second_factor import note_link

BACKEND = "livinglab.people.backends.PeopleBackend"


@require_GET
@never_cache
def sign_in(request: HttpRequest, key: str) -> HttpResponse:
    """The link printed in the terminal; anywhere else, and without it, nothing."""
    email = email_of_key(Path(settings.DATA_DIR), key) if settings.DEMO else None
    if email is None:
        raise Http404
    person = get_object_or_404(Person, email=email, is_active=True)
    login(request, person, backend=BACKEND)
    note_link(request, person)
    return redirect("admin:index" if person.is_staff else "energy:home")
