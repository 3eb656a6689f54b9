"""Passkeys: the last one of who needs a second factor stays."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from livinglab.people.http import person_of
from livinglab.people.second_factor import has_second_factor, showed_second_factor


class RemovePasskey(RemoveWebAuthnView):  # type: ignore[misc]
    def form_valid(self, form: Any) -> HttpResponse:
        if not get_adapter().can_delete_authenticator(self.object):
            messages.error(
                self.request, _("Your role needs a second factor. Add another first.")
            )
            return redirect("mfa_list_webauthn")
        answer: HttpResponse = super().form_valid(form)
        return answer


remove_passkey = require_http_methods(["GET", "HEAD", "POST"])(
    login_required(RemovePasskey.as_view())
)


@require_safe
@login_required
def second_factor(request: HttpRequest) -> HttpResponse:
    """Two ways to one more lock, for who works for a city."""
    person = person_of(request)
    has_one = has_second_factor(person)
    if has_one and not showed_second_factor(request, person):
        way = reverse("mfa_reauthenticate")
        return redirect(f"{way}?next={reverse('admin:index')}")
    return render(request, "people/second_factor.html", {"has_one": has_one})
