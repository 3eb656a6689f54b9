"""Is it still you? A code in the mail, then on with what was asked."""

from typing import Any

from allauth.account.views import BaseReauthenticateView
from allauth.core import ratelimit
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from livinglab.people.forms import ProofForm
from livinglab.people.http import person_of
from livinglab.people.proof_code import (
    is_proof_code_out,
    note_proof,
    send_proof_code,
)


@method_decorator([login_required, never_cache], name="dispatch")
class Prove(BaseReauthenticateView):  # type: ignore[misc]
    """Where one has a passkey or an authenticator app, links lead there."""

    form_class = ProofForm
    http_method_names = ["get", "head", "post"]
    template_name = "people/prove.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "request": self.request}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.POST.get("action") != "send":
            answer: HttpResponse = super().post(request, *args, **kwargs)
            return answer
        person = person_of(request)
        refused: HttpResponse | None = ratelimit.consume_or_429(
            request, action="proof_code", user=person
        )
        if refused is None:
            send_proof_code(request, person)
        return refused or HttpResponseRedirect(self.passthrough_next_url(request.path))

    def form_valid(self, form: ProofForm) -> HttpResponse:
        note_proof(self.request, person_of(self.request))
        answer: HttpResponse = super().form_valid(form)
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "is_code_out": is_proof_code_out(self.request),
        }
