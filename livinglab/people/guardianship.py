"""What a child may do before a guardian agreed: look around, and leave."""

from django.http import HttpRequest
from django.urls import resolve
from django.utils.translation import gettext as _
from rest_framework.request import Request

from livinglab.people.errors import WaitsForGuardian
from livinglab.people.models import Person

SAFE = {"GET", "HEAD", "OPTIONS"}
# What stays open: how one reads, signing out, asking a guardian, leaving, and the
# link in a letter that ends the letters.
ALLOWED = {
    "api-leaving",
    "notifications:off",
    "pages:look",
    "account_logout",
    "people:prove",
    "people:ask-guardian",
    "people:answer-guardian",
    "people:withdraw-guardian",
    "people:leave",
    "people:ask-to-leave",
    "people:end-session",
    "people:end-other-sessions",
}


def refuse_waiting_child(person: object, request: HttpRequest | Request) -> None:
    """Refuse a change asked for by a child whose guardian has not agreed."""
    if request.method in SAFE or not isinstance(person, Person):
        return
    if not person.waits_for_guardian:
        return
    if resolve(request.path_info).view_name not in ALLOWED:
        raise WaitsForGuardian(
            _("You can look around. The rest opens once your guardian agrees.")
        )
