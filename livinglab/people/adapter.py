"""allauth's account rules, ours."""

import logging
from typing import Any
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from livinglab.kernel.look import remember
from livinglab.people.errors import LetterNotSent
from livinglab.people.guests import join_guest_of
from livinglab.people.letter_frame import in_our_frame
from livinglab.people.models import Person
from livinglab.people.proof import is_recently_proven, proofs
from livinglab.people.sessions import note_sign_in

ICONS = {"mfa_reauthenticate": "smartphone", "mfa_reauthenticate:webauthn": "key-round"}
SECOND_FACTOR = "livinglab.people.second_factor.SecondFactorStage"
LOOKS_OF_A_SIGN_UP = 7  # counted: tests/people/test_same_work.py
BEGUN_AS = "_began_to_sign_up"
logger = logging.getLogger(__name__)
WELCOME = "livinglab.people.stages.WelcomeStage"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """E-mail only; nothing of an address ever becomes a shown name."""

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """There is no username."""

    def save_user(
        self, request: HttpRequest, user: Any, *more: Any, **facts: Any
    ) -> Any:
        """Who signs up here; without a code in the mail nobody did."""
        saved = super().save_user(request, user, *more, **facts)
        setattr(request, BEGUN_AS, saved)
        return saved

    def send_mail(self, template_prefix: str, email: str, context: Any) -> None:
        """A mail server that is away took nothing: a sentence, and nothing begun."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as problem:
            logger.warning("no letter %s: %s", template_prefix, type(problem).__name__)
            newcomer = getattr(self.request, BEGUN_AS, None)
            if newcomer is not None:
                newcomer.delete()
            raise LetterNotSent(
                _(
                    "The letter could not be sent just now. "
                    "Please try again in a moment."
                )
            ) from problem

    def send_notification_mail(self, *args: Any, **facts: Any) -> None:
        """It tells of what has happened already, and undoes nothing by staying out."""
        try:
            super().send_notification_mail(*args, **facts)
        except LetterNotSent:
            return

    def render_mail(
        self,
        template_prefix: str,
        email: str,
        context: dict[str, Any],
        headers: Any = None,
    ) -> EmailMultiAlternatives:
        """As allauth writes it, and the same words in our look."""
        letter = super().render_mail(template_prefix, email, context, headers)
        return in_our_frame(letter, code=context.get("code", ""))

    def send_account_already_exists_mail(self, email: str) -> None:
        """Without the way to a new password: there are none."""
        _as_much_work_as_a_newcomer()
        try:
            self.send_mail("account/email/account_already_exists", email, {})
        except LetterNotSent:
            _as_much_work_as_a_newcomer(goes=True)
            raise

    def get_login_stages(self) -> list[str]:
        """A second factor where a role needs one; at the end what a sign-up asks."""
        ours = {"allauth.mfa.stages.AuthenticateStage": SECOND_FACTOR}
        stages = [ours.get(path, path) for path in super().get_login_stages()]
        return [*stages, WELCOME]

    def login(self, request: HttpRequest, user: Person) -> None:
        """Whatever this browser began as a guest is the person's from now on."""
        if not proofs(request, user):  # the code of a sign-up, which allauth leaves out
            record_authentication(request, user, method="code")
        super().login(request, user)
        join_guest_of(request, user)

    def post_login(
        self, request: HttpRequest, user: Person, **facts: Any
    ) -> HttpResponse:
        answer: HttpResponse = super().post_login(request, user, **facts)
        note_sign_in(request)
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            remember(answer, {"language": user.language})
        return answer

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Our rule for allauth's pages too; theirs lets people without passkey pass."""
        if not is_recently_proven(self.request):
            raise ReauthenticationRequired
        return False

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """A code in the mail, unless an authenticator app asks for more."""
        stronger = [
            {**way, "icon": ICONS.get(way["id"], "key-round")}
            for way in super().get_reauthentication_methods(user)
        ]
        if not user.is_authenticated or _mail_is_too_little(user):
            return stronger
        by_code = {
            "id": "prove",
            "description": _("A code in the mail"),
            "url": reverse("people:prove"),
            "icon": "mail",
        }
        return [by_code, *stronger]


def _as_much_work_as_a_newcomer(*, goes: bool = False) -> None:
    """Write what a new account writes, and undo it: the clock tells nobody apart."""
    with transaction.atomic():
        nobody = Person.objects.create_user(f"{uuid4().hex}@nobody.invalid")
        EmailAddress.objects.create(user=nobody, email=nobody.email, primary=True)
        for _look in range(LOOKS_OF_A_SIGN_UP):
            EmailAddress.objects.filter(user=nobody, email=nobody.email).first()
        if goes:
            nobody.delete()
        transaction.set_rollback(True)


def _mail_is_too_little(person: Person) -> bool:
    if is_mfa_enabled(person, [Authenticator.Type.TOTP]):
        return True
    return person.works_for_lab and is_mfa_enabled(
        person, [Authenticator.Type.WEBAUTHN]
    )
