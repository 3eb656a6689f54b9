"""Who works for a city shows more than a code in the mail.

Roles of coordinators, evaluators and operators sleep in every session and token that
did not show a passkey or an authenticator app: such a person is a resident there. A
demonstration's own sign-in links wake them too, and only on a demonstration.
"""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from rest_framework.request import Request

from livinglab.people.errors import SecondFactorMissing
from livinglab.people.models import Person
from livinglab.people.proof import proofs

STRONG = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
BY_LINK = "demonstration"


def has_second_factor(person: Person) -> bool:
    """Whether a passkey or an authenticator app is set up."""
    return bool(
        Authenticator.objects.filter(user_id=person.pk, type__in=STRONG).exists()
    )


def showed_second_factor(request: HttpRequest | Request, person: Person) -> bool:
    """Whether this session's person used one since signing in."""
    ways = {record["method"] for record in proofs(request, person)}
    return "mfa" in ways or (BY_LINK in ways and settings.DEMO)


def require_second_factor(person: Person) -> None:
    """Refuse whoever works for a city while the role sleeps."""
    if person.roles_asleep and person.works_for_lab:
        raise SecondFactorMissing(
            _("Your role needs a second step. Set it up under “Me” first.")
        )


def note_second_factor(request: HttpRequest, person: Person, kind: str) -> None:
    """Setting one up shows it: whoever just did need not use it again at once."""
    record_authentication(request, person, method="mfa", type=kind)


def note_link(request: HttpRequest, person: Person) -> None:
    """Signed in by a link of the demonstration; outside of one it counts nothing."""
    record_authentication(request, person, method=BY_LINK)


class SecondFactorStage(AuthenticateStage):  # type: ignore[misc]
    """A passkey is a way in of its own for residents, not a second lock.

    Who set up an authenticator app asked for two steps; who works for a city needs
    them. Everybody else may still sign in by mail where no passkey is at hand.
    """

    def _should_handle(self, request: HttpRequest) -> bool:
        person = self.login.user
        if person is None or not super()._should_handle(request):
            return False
        app = Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP)
        return person.works_for_lab or app.exists()


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Names in our words; the last second factor of who needs one stays."""

    error_messages = DefaultMFAAdapter.error_messages

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        person = authenticator.user
        others = Authenticator.objects.filter(user=person, type__in=STRONG)
        return not person.works_for_lab or others.exclude(pk=authenticator.pk).exists()

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return _("Passkey %(number)s") % {"number": count + 1}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return {**entity, "name": str(_("Living Lab"))}

    def _get_site_name(self) -> str:
        return str(_("Living Lab"))
