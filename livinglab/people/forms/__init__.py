"""Shapes at the page door, a module per noun."""

from livinglab.people.forms.helping import HelpCodeForm, InviteForm
from livinglab.people.forms.leaving import LeaveForm
from livinglab.people.forms.me import ConsentForm, ProfileForm
from livinglab.people.forms.proof import ProofForm

__all__ = [
    "ConsentForm",
    "HelpCodeForm",
    "InviteForm",
    "LeaveForm",
    "ProfileForm",
    "ProofForm",
]
