"""What energy tells its residents: their files, their months, who joined."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from livinglab.energy.models import Membership, Premises, Saving, Upload
from livinglab.kernel.numbers import period
from livinglab.notifications.kinds import (
    Channel,
    Facts,
    Kind,
    Part,
    Urgency,
    kind,
    part,
)


def _upload_page(facts: Facts) -> str:
    return reverse("energy:upload", args=[facts["upload"]])


def _month_page(facts: Facts) -> str:
    home, month = facts["premises"], facts["month"]
    return f"{reverse('energy:home')}?home={home}&month={month}-01"


def _home_page(facts: Facts) -> str:
    return reverse("energy:premises", args=[facts["premises"]])


def _home_name(facts: Facts) -> str:
    return str(facts["home"])


def _with_month(facts: Facts) -> Mapping[str, Any]:
    return {**facts, "month": period(facts["month"])}


def _belongs(person: Any, facts: Facts) -> bool:
    homes = Premises.objects.visible_to(person)
    return homes.filter(pk=facts["premises"]).exists()


def _upload_is(state: str, person: Any, facts: Facts) -> bool:
    uploads = Upload.objects.filter(pk=facts["upload"], state=state)
    return _belongs(person, facts) and uploads.exists()


def _is_imported(person: Any, facts: Facts) -> bool:
    return _upload_is(Upload.State.IMPORTED, person, facts)


def _is_refused(person: Any, facts: Facts) -> bool:
    return _upload_is(Upload.State.REFUSED, person, facts)


def _still_asks(person: Any, facts: Facts) -> bool:
    return _upload_is(Upload.State.PREVIEW, person, facts)


def _month_stands(person: Any, facts: Facts) -> bool:
    savings = Saving.objects.filter(
        premises=facts["premises"], span=Saving.Span.MONTH, month=f"{facts['month']}-01"
    )
    return _belongs(person, facts) and savings.exists()


def _member_stands(person: Any, facts: Facts) -> bool:
    members = Membership.objects.filter(pk=facts["member"])
    return _belongs(person, facts) and members.exists()


part(Part(name="energy", label=_("Energy"), icon="zap", order=20))
kind(
    Kind(
        name="energy.file_imported",
        label=_("A file of mine was read"),
        urgency=Urgency.ACTION,
        title=_("Your file was read"),
        body=_("What “%(file)s” holds is now counted for %(home)s."),
        url=_upload_page,
        heading=_home_name,
        still_true=_is_imported,
    )
)
kind(
    Kind(
        name="energy.file_refused",
        label=_("A file of mine could not be used"),
        urgency=Urgency.ACTION,
        title=_("Your file could not be used"),
        body=_("Nothing of “%(file)s” was stored. The page says why and what helps."),
        url=_upload_page,
        heading=_home_name,
        still_true=_is_refused,
        channels=(Channel.PUSH, Channel.EMAIL),
    )
)
kind(
    Kind(
        name="energy.file_asks",
        label=_("A file of mine leaves a question open"),
        urgency=Urgency.ACTION,
        title=_("Your file leaves a question open"),
        body=_("Please answer it, and “%(file)s” will be read."),
        url=_upload_page,
        heading=_home_name,
        still_true=_still_asks,
        channels=(Channel.PUSH, Channel.EMAIL),
    )
)
kind(
    Kind(
        name="energy.month_ready",
        label=_("The figures of a month are ready"),
        urgency=Urgency.NEWS,
        title=_("%(home)s: the figures of %(month)s are ready"),
        body=_("See what was saved and what was different from usual."),
        url=_month_page,
        words=_with_month,
        heading=_home_name,
        still_true=_month_stands,
    )
)
kind(
    Kind(
        name="energy.member_joined",
        label=_("Somebody used my invitation"),
        urgency=Urgency.NEWS,
        title=_("Somebody joined %(home)s"),
        body=_("Your invitation was used. The page of the home says by whom."),
        url=_home_page,
        heading=_home_name,
        still_true=_member_stands,
    )
)
