"""What waits for a coordinator about homes: failed uploads, figures that hang."""

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from livinglab.energy.models import AreaDue, SavingsDue, Upload
from livinglab.kernel.dashboard import TodayCard, todays_work

FAILED_WITHIN = timedelta(days=14)
UPLOAD_HANGS_AFTER = timedelta(minutes=15)
FIGURE_HANGS_AFTER = timedelta(hours=24)


@todays_work
def failed_uploads(person: Any) -> list[TodayCard]:
    uploads = _of_own_homes(person, Upload.objects.all())
    recent = timezone.now() - FAILED_WITHIN
    failed = uploads.filter(state=Upload.State.REFUSED, updated_at__gte=recent)
    return _card(
        person,
        title=_("Uploads that failed in two weeks"),
        rows=failed,
        url="energy_upload",
        query="?state__exact=refused",
        note=_("The resident sees the reason; a call may help."),
    )


@todays_work
def hanging_uploads(person: Any) -> list[TodayCard]:
    uploads = _of_own_homes(person, Upload.objects.all()).due()
    return _card(
        person,
        title=_("Uploads that hang"),
        rows=uploads.filter(updated_at__lt=timezone.now() - UPLOAD_HANGS_AFTER),
        url="energy_upload",
        query="?state__in=received,reading",
        note=_("Received over 15 minutes ago and not read yet."),
        urgent=True,
    )


@todays_work
def hanging_figures(person: Any) -> list[TodayCard]:
    late = timezone.now() - FIGURE_HANGS_AFTER
    return _card(
        person,
        title=_("Savings that hang"),
        rows=_of_own_homes(person, SavingsDue.objects.all()).filter(due_at__lt=late),
        url="energy_savingsdue",
        note=_("Due for over a day: weather or the worker is missing."),
        urgent=True,
    ) + _card(
        person,
        title=_("Area figures that hang"),
        rows=AreaDue.objects.filter(
            city__in=person.coordinated_city_ids, due_at__lt=late
        ),
        url="energy_areadue",
        note=_("Due for over a day: weather or the worker is missing."),
        urgent=True,
    )


def _of_own_homes(person: Any, rows: QuerySet[Any]) -> Any:
    return rows.filter(premises__neighbourhood__city__in=person.coordinated_city_ids)


def _card(
    person: Any,
    *,
    title: str,
    rows: QuerySet[Any],
    url: str,
    note: str,
    query: str = "",
    urgent: bool = False,
) -> list[TodayCard]:
    """Homes are the work of their city's coordinators, of nobody else."""
    if not person.coordinated_city_ids:
        return []
    link = reverse(f"admin:{url}_changelist") + query
    return [TodayCard(title, rows.count(), link, note, urgent=urgent)]
