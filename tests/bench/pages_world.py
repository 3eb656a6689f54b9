"""The demonstration for `bench_pages`, and more of everything.

python -m tests.bench.pages_world sessions   # who is signed in, as JSON
python -m tests.bench.pages_world more       # ten times the rows
"""

from __future__ import annotations

import json
import sys
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import django

django.setup()

from django.contrib.auth import (  # noqa: E402
    BACKEND_SESSION_KEY,
    HASH_SESSION_KEY,
    SESSION_KEY,
)
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import transaction  # noqa: E402
from django.db.models import Model  # noqa: E402

from livinglab.energy.models import (  # noqa: E402
    AreaSaving,
    Membership,
    Premises,
    Saving,
    TipRule,
    Upload,
)
from livinglab.energy.services.outlooks import (  # noqa: E402
    compute_all_outlooks,
    mark_outlooks_due,
)
from livinglab.goals.models import Goal, Measurement  # noqa: E402
from livinglab.issues import models as reports  # noqa: E402
from livinglab.notifications.models import Notice  # noqa: E402
from livinglab.people.models import Consent, DataRead, Person, Role  # noqa: E402
from livinglab.places.models import Neighbourhood  # noqa: E402

TIMES = 10
ROWS_AT_ONCE = 1000
WHO = ("resident", "collecting")


def sessions() -> dict[str, Any]:
    """The demonstration's residents, signed in, and the pages they look at."""
    found = {}
    for name in WHO:
        person = Person.objects.get(email__startswith=f"{name}@demo.")
        home = Premises.objects.visible_to(person).order_by("pk").first()
        session = SessionStore()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = "livinglab.people.backends.PeopleBackend"
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session.save()
        found[name] = {"session": session.session_key, "home": home and home.pk}
    newest = reports.Issue.objects.public().exclude(state="withdrawn").first()
    return found | {"report": newest and newest.pk}


Change = Callable[[Model, int], None]


def _copies(model: type[Model], change: Change, **among: Any) -> None:
    """Nine more of each row; `change` makes the n-th copy another one."""
    rows = []
    for row in model._default_manager.filter(**among):  # noqa: SLF001
        for n in range(1, TIMES):
            names = [field.attname for field in row._meta.concrete_fields]
            copy = model(**{name: getattr(row, name) for name in names})
            copy.pk = None
            change(copy, n)
            rows.append(copy)
    model._default_manager.bulk_create(  # noqa: SLF001
        rows, batch_size=ROWS_AT_ONCE, ignore_conflicts=True
    )


def _recoded(row: Any, n: int) -> None:
    row.code = f"{'-abcdefghi'[n]}{row.code[1:]}"


def _earlier(row: Any, n: int) -> None:
    row.month = (row.month - timedelta(days=366 * n)).replace(day=1)


def _measured_earlier(row: Any, n: int) -> None:
    days = timedelta(days=366 * n)
    row.first_day, row.last_day = row.first_day - days, row.last_day - days
    row.period = f"{int(row.period[:4]) - n}{row.period[4:]}"


def _same(row: Any, n: int) -> None:
    """Nothing of it is unique."""


@transaction.atomic
def more() -> None:
    """Ten times the places, goals, measurements, months, files, notices, homes."""
    _copies(Neighbourhood, _recoded)
    _copies(Goal, _recoded)
    _copies(Measurement, _measured_earlier)
    _copies(AreaSaving, _earlier)
    _copies(Saving, _earlier)
    _copies(TipRule, _recoded)
    _copies(Upload, _same)
    _copies(Notice, _noticed_again)
    _copies(DataRead, _same)
    _copies(Consent, _same)
    _copies(Role, _same)
    _copies(reports.Issue, _reported_again)
    _copies(reports.Change, _same)
    _copies(reports.FollowedPlace, _same)
    _homes()
    _look_ahead()


def _look_ahead() -> None:
    """As the worker does once figures have moved."""
    own = Membership.objects.filter(
        premises__memberships__person__email__startswith=WHO[0]
    )
    mark_outlooks_due(set(own.values_list("premises_id", flat=True)))
    compute_all_outlooks()


def _reported_again(row: Any, n: int) -> None:
    row.key = uuid.uuid4()


def _noticed_again(row: Any, n: int) -> None:
    row.event = f"{row.event}-{n}"


def _homes() -> None:
    """Ten homes a person, like the first of theirs."""
    for membership in list(Membership.objects.select_related("premises")):
        for n in range(1, TIMES):
            home = Premises.objects.get(pk=membership.premises_id)
            home.pk, home.name = None, f"{home.name} {n}"[:60]
            home._state.adding = True  # noqa: SLF001
            home.save()
            Membership.objects.create(
                premises=home, person_id=membership.person_id, right=membership.right
            )


if __name__ == "__main__":
    print(json.dumps(sessions()) if sys.argv[1] == "sessions" else more() or "{}")
