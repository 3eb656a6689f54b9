"""Shapes at the page door, a module per noun."""

from livinglab.people.forms.me import ConsentForm, ProfileForm
from livinglab.people.forms.proof import ProofForm

__all__ = ["ConsentForm", "ProfileForm", "ProofForm"]
