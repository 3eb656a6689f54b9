"""What residents are told about their homes; each event once."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from livinglab.energy.models import Membership, PremisesInvitation, Saving, Upload
from livinglab.notifications.models import Notice
from livinglab.notifications.services import Told, notify, notify_all

COMPARED = (
    Saving.State.SAVING,
    Saving.State.USING_MORE,
    Saving.State.NO_VISIBLE_CHANGE,
)
MONTH_READY = "energy.month_ready"
UPLOAD_KINDS = {
    Upload.State.IMPORTED: "energy.file_imported",
    Upload.State.REFUSED: "energy.file_refused",
    Upload.State.PREVIEW: "energy.file_asks",
}
ROWS_AT_ONCE = 500


def tell_of_upload(upload: Upload) -> None:
    """Tell whoever gave a file what became of it, in the transaction that decides."""
    if upload.by is None:
        return
    notify(
        upload.by,
        kind=UPLOAD_KINDS[Upload.State(upload.state)],
        event=f"upload:{upload.pk}:{upload.attempts}",
        about=f"premises:{upload.premises_id}",
        facts={
            "upload": upload.pk,
            "file": upload.name,
            "premises": upload.premises_id,
            "home": upload.premises.name,
        },
    )


def tell_of_joining(invitation: PremisesInvitation, membership: Membership) -> None:
    """Tell whoever invited that the code was used; who it was, the home's page says."""
    premises = invitation.premises
    notify(
        invitation.made_by,
        kind="energy.member_joined",
        event=f"invitation:{invitation.pk}",
        about=f"premises:{premises.pk}",
        facts={
            "premises": premises.pk,
            "home": premises.name,
            "member": membership.pk,
        },
    )


def tell_of_ready_months(premises_ids: Iterable[int] | None = None) -> int:
    """Tell the members of homes that the figures of the last whole month stand.

    Only that month: figures computed again, and those of old months, are no news.
    """
    month = _last_whole_month()
    ready = Saving.objects.filter(
        span=Saving.Span.MONTH, month=month, state__in=COMPARED
    ).order_by("premises")
    if premises_ids is not None:
        ready = ready.filter(premises__in=list(premises_ids))
    homes = list(ready.values_list("premises", flat=True))
    return sum(
        _tell_members(homes[start : start + ROWS_AT_ONCE], f"{month:%Y-%m}")
        for start in range(0, len(homes), ROWS_AT_ONCE)
    )


def _last_whole_month() -> date:
    return (timezone.localdate().replace(day=1) - timedelta(days=1)).replace(day=1)


def _tell_members(homes: Sequence[int], month: str) -> int:
    members = Membership.objects.filter(premises__in=homes)
    told = [_month_told(member, month) for member in _with_names(members)]
    known = set(
        Notice.objects.filter(
            kind=MONTH_READY, event__in={one.event for one in told}
        ).values_list("person_id", "event")
    )
    fresh = [one for one in told if (one.person.pk, one.event) not in known]
    return notify_all(fresh, kind=MONTH_READY) if fresh else 0


def _with_names(members: Any) -> Any:
    return members.select_related("person", "premises").order_by("pk")


def _month_told(member: Membership, month: str) -> Told:
    home = member.premises
    return Told(
        member.person,
        f"premises:{home.pk}:{month}",
        {"premises": home.pk, "home": home.name, "month": month},
        f"premises:{home.pk}",
    )
