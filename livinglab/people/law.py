"""What stays after somebody left: why, on which basis, and until when. As data.

`is_law` tells a duty of law from a rule the programme gave itself; the page says which.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, kw_only=True)
class Basis:
    """One kind of thing that stays."""

    code: str
    what: str | Promise
    why: str | Promise
    basis: str | Promise
    is_law: bool
    years: int | None  # None: without an end, as it tells of nobody


_BASES: dict[str, Basis] = {}


def on_record(basis: Basis) -> Basis:
    """Declare what stays; an upper app does so for what is its own."""
    _BASES[basis.code] = basis
    return basis


def basis_of(code: str) -> Basis:
    return _BASES[code]


ACCESS_LOG = on_record(
    Basis(
        code="access_log",
        what=_("When staff looked at data, without your name"),
        why=_("Looks at personal data by staff must be open to inspection."),
        # Art. 8: one year at least; two where data are sensitive or people are many.
        basis=_(
            "Standards for securing personal information (Personal Information "
            "Protection Commission), Article 8"
        ),
        is_law=True,
        years=2,
    )
)
CONSENT_RECORD = on_record(
    Basis(
        code="consent_record",
        what=_(
            "Which consents were given and withdrawn on which day, without your name"
        ),
        why=_("To be able to show that what was done had been agreed to."),
        basis=_("A rule of the programme itself, no duty of law"),
        is_law=False,
        years=3,
    )
)
PROOF = on_record(
    Basis(
        code="proof",
        what=_("This page: the number, the days and the counts"),
        why=_(
            "So that you, or whoever asks for you, can show that your data are gone."
        ),
        basis=_("A rule of the programme itself, no duty of law"),
        is_law=False,
        years=3,
    )
)
