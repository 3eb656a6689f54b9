"""What people are told about their account: the floor below knows no notices."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from livinglab.notifications.kinds import (
    Channel,
    Facts,
    Kind,
    Part,
    Urgency,
    kind,
    part,
)
from livinglab.people.models import Download, Helping

BY_LETTER = (Channel.PUSH, Channel.EMAIL)


def _download_page(facts: Facts) -> str:
    return reverse("people:download")


def _help_page(facts: Facts) -> str:
    return reverse("people:help", args=[facts["helping"]])


def _is_ready(person: Any, facts: Facts) -> bool:
    mine = Download.objects.visible_to(person).filter(pk=facts["download"])
    return any(download.is_ready for download in mine)


def _was_not_made(person: Any, facts: Facts) -> bool:
    mine = Download.objects.visible_to(person).filter(pk=facts["download"])
    return mine.filter(state=Download.State.FAILED).exists()


def _waits_for_yes(person: Any, facts: Facts) -> bool:
    return _help_is(Helping.State.ACCEPTED, person, facts)


def _helps_now(person: Any, facts: Facts) -> bool:
    return _help_is(Helping.State.ACTIVE, person, facts)


def _help_is(state: str, person: Any, facts: Facts) -> bool:
    mine: Mapping[str, Any] = {"pk": facts["helping"], "state": state}
    return Helping.objects.visible_to(person).filter(**mine).exists()


part(Part(name="people", label=_("My data and helpers"), icon="user", order=30))
kind(
    Kind(
        name="people.download_ready",
        label=_("The file with all my data is ready"),
        urgency=Urgency.ACTION,
        title=_("Your file is ready"),
        body=_("You can fetch it for seven days; then it is deleted."),
        url=_download_page,
        still_true=_is_ready,
        channels=BY_LETTER,
    )
)
kind(
    Kind(
        name="people.download_failed",
        label=_("The file with all my data could not be made"),
        urgency=Urgency.ACTION,
        title=_("Your file could not be made"),
        body=_("Your data are as they were. Please ask for it once more."),
        url=_download_page,
        still_true=_was_not_made,
        channels=BY_LETTER,
    )
)
kind(
    Kind(
        name="people.help_accepted",
        label=_("Somebody would like to begin helping me"),
        urgency=Urgency.ACTION,
        title=_("%(name)s would like to help you"),
        body=_(
            "Please look whether it is the right person. Help begins with your yes."
        ),
        url=_help_page,
        still_true=_waits_for_yes,
        channels=BY_LETTER,
    )
)
kind(
    Kind(
        name="people.help_began",
        label=_("I may help somebody now"),
        urgency=Urgency.ACTION,
        title=_("You may now act for %(name)s"),
        body=_("The page says in what, and until when."),
        url=_help_page,
        still_true=_helps_now,
    )
)
kind(
    Kind(
        name="people.help_ended",
        label=_("A help has ended"),
        urgency=Urgency.ACTION,
        title=_("The help between you and %(name)s has ended"),
        body=_("What was done stays written down for both of you."),
        url=_help_page,
    )
)
