"""Other software: whose key it is."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from livinglab.interop.models import ApiKey
from livinglab.kernel.personal_data import Answers, Held, apart, holds
from livinglab.people.models import Person


def _keys(person: Person) -> QuerySet[ApiKey]:
    return ApiKey.objects.filter(owner=person).order_by("pk")


def erase(person: Any, answers: Answers) -> dict[str, int]:
    """The keys end; what programs reported with them belongs to the city."""
    gone = {"interop.ApiKey": _keys(person).count()}
    _keys(person).delete()
    return gone


holds(
    "interop",
    label=_("Other software"),
    held=[
        Held(
            "interop.ApiKey",
            _("Keys of programs you answer for (the key itself is not kept)"),
            _keys,
            ("name", "city__code", "quota_a_day", "given_at", "revoked_at"),
        )
    ],
    erase=erase,
)
apart(
    _("Names of cities, and which program sent which report."),
    "interop.Jurisdiction",
    "interop.Submission",
)
