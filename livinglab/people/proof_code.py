"""A code in the mail for people who have no passkey: sent, kept as a digest, tried."""

import time

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.core.internal.cryptokit import normalize_user_code
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac

from livinglab.people.models import Person

KEPT_AS = "proof_code"
LASTS_S = 600
TRIES = 3


def send_proof_code(request: HttpRequest, person: Person) -> None:
    """Mail a fresh code to the person's own confirmed address."""
    adapter = get_adapter(request)
    code = adapter.generate_login_code()
    address = EmailAddress.objects.get_primary_email(person) or person.email
    adapter.send_mail("account/email/proof_code", address, {"code": code})
    request.session[KEPT_AS] = {"is": _digest(code), "at": time.time(), "tries": 0}


def is_proof_code_out(request: HttpRequest) -> bool:
    """Whether a code that may still be tried was sent."""
    kept = request.session.get(KEPT_AS)
    return bool(kept and kept["tries"] < TRIES and time.time() - kept["at"] < LASTS_S)


def proof_code_fits(request: HttpRequest, code: str) -> bool:
    """Try a code; each sent code can be tried three times and used once."""
    if not is_proof_code_out(request):
        return False
    kept = request.session[KEPT_AS]
    if constant_time_compare(kept["is"], _digest(code)):
        del request.session[KEPT_AS]
        return True
    request.session[KEPT_AS] = kept | {"tries": kept["tries"] + 1}
    return False


def note_proof(request: HttpRequest, person: Person) -> None:
    """From now on this session's person is sure again."""
    record_authentication(request, person, method="code", reauthenticated=True)


def _digest(code: str) -> str:
    return salted_hmac(
        KEPT_AS, normalize_user_code(code), algorithm="sha256"
    ).hexdigest()
