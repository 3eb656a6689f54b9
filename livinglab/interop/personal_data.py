"""Other software: whose key it is."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from livinglab.interop.models import ApiKey, Submission
from livinglab.issues.selectors.of_person import reports_of
from livinglab.kernel.personal_data import Answers, Held, apart, holds
from livinglab.people.models import Person


def _keys(person: Person) -> QuerySet[ApiKey]:
    return ApiKey.objects.filter(owner=person).order_by("pk")


def _sent_for(person: Person) -> QuerySet[Submission]:
    """What a program sent with this person's address, or they took over since."""
    theirs = reports_of(person).order_by()
    return Submission.objects.filter(issue__in=theirs).order_by("pk")


def erase(person: Any, answers: Answers) -> dict[str, int]:
    """The keys end, and what programs called their user; reports are the city's."""
    gone = {
        "interop.Submission.account": _sent_for(person).update(
            account="", media_url=""
        ),
        "interop.ApiKey": _keys(person).count(),
    }
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
        ),
        Held(
            "interop.Submission",
            _("Reports a program sent for you, and what it calls you"),
            _sent_for,
            ("key__name", "issue", "account", "media_url", "at"),
        ),
    ],
    erase=erase,
)
apart(
    _("Names by which other software asks for a city."),
    "interop.Jurisdiction",
)
