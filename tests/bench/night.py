"""A full recompute against one night, in a database of its own.

    python -m tests.bench.night FOLDER HOMES

Prints CPU seconds as JSON. A night here: one home in a hundred sent yesterday's use,
the stations' weather of yesterday came in, and the night's checks run over everybody.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

os.environ["OPENBLAS_NUM_THREADS"] = "1"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "livinglab.config.settings.test")

import django  # noqa: E402
import numpy as np  # noqa: E402
from django.apps import apps  # noqa: E402
from django.conf import settings  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from livinglab.energy import events  # noqa: E402
from livinglab.energy.models import DailyUse, Meter, Premises  # noqa: E402
from livinglab.energy.services import savings  # noqa: E402
from livinglab.kernel.upsert import upsert  # noqa: E402
from livinglab.observations.models import Station  # noqa: E402
from tests import make  # noqa: E402
from tests.energy import savings_world as lab  # noqa: E402

YESTERDAY = lab.FIRST + timedelta(days=lab.DAYS - 1)
ROWS_AT_ONCE = 2000
ONE_IN = 100
MANY = 3000


def lay_out(folder: Path, homes: int) -> tuple[Station, list[Premises]]:
    """Homes whose data end the day before yesterday."""
    name = str(folder / "night.sqlite3")
    settings.DATABASES["default"]["NAME"] = name
    connection.settings_dict["NAME"] = name
    labels = (app.label for app in apps.get_app_configs())
    settings.MIGRATION_MODULES = dict.fromkeys(labels, None)
    call_command("migrate", verbosity=0, run_syncdb=True)
    events.savings_due.receivers = []
    events.savings_computed.receivers = []
    station, warm = lab.weather(seed=7)
    lab.rules()
    with transaction.atomic():
        return station, _street(homes, warm)


def _street(homes: int, warm: np.ndarray) -> list[Premises]:
    """Every home with a house, a habit and a chance of its own; so many at once."""
    place = make.neighbourhood()
    chance = np.random.default_rng(5)
    everybody: list[Premises] = []
    for start in range(0, homes, ROWS_AT_ONCE):
        count = min(ROWS_AT_ONCE, homes - start)
        rows = Premises.objects.bulk_create(
            Premises(name="-", neighbourhood=place, joined_on=lab.JOINED)
            for _ in range(count)
        )
        meters = Meter.objects.bulk_create(Meter(premises=home) for home in rows)
        numbers = [meter.pk for meter in meters]
        years = _years(numbers, _used(chance, warm, count))
        upsert(DailyUse, ("meter", "year", "wh"), years, unique=("meter", "year"))
        everybody += rows
    return everybody


def _used(chance: np.random.Generator, warm: np.ndarray, homes: int) -> np.ndarray:
    """Wh of each home and day; yesterday's have not come yet."""
    base, heat, cool = chance.uniform((5e3, 20, 100), (9e3, 200, 600), (homes, 3)).T
    use = base[:, None] + chance.normal(0, 1500, (homes, warm.size))
    use += heat[:, None] * np.maximum(15 - warm, 0)
    use += cool[:, None] * np.maximum(warm - 23, 0)
    whole = np.rint(np.maximum(use, 200)).astype("<i4")
    whole[:, -1] = -1
    return whole


def _years(meters: list[int], use: np.ndarray) -> Iterator[tuple[int, int, bytes]]:
    start = 0
    for year in range(lab.FIRST.year, YESTERDAY.year + 1):
        days = (date(year + 1, 1, 1) - date(year, 1, 1)).days
        columns = np.full((len(meters), 366), -1, dtype="<i4")
        part = use[:, start : start + days]
        columns[:, : part.shape[1]] = part
        start += days
        for meter, column in zip(meters, columns, strict=True):
            yield meter, year, column.tobytes()


def timed(do: Callable[[], object]) -> float:
    start = time.process_time()
    do()
    return time.process_time() - start


def compute() -> None:
    while savings.compute_next() is not None:
        pass


def full() -> None:
    savings.mark_everything_due()
    compute()


def night(station: Station, senders: list[Premises]) -> None:
    """What one night does; storing the readings themselves is another bench's."""
    for home in senders:
        savings.mark_due(home, YESTERDAY, YESTERDAY, "device")
    savings.mark_weather_due(station, [YESTERDAY], "weather")
    savings.mark_method_due()
    compute()


def send(homes: list[Premises]) -> None:
    place = YESTERDAY.timetuple().tm_yday - 1
    rows = list(DailyUse.objects.filter(meter__premises__in=homes, year=YESTERDAY.year))
    for row in rows:
        column = np.frombuffer(bytes(row.wh), "<i4").copy()
        column[place] = 7000
        row.wh = column.tobytes()
    DailyUse.objects.bulk_update(rows, ["wh"], batch_size=500)


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def say(*words: object) -> None:
    print("·", *words, file=sys.stderr, flush=True)


def main() -> None:
    folder, homes = Path(sys.argv[1]), int(sys.argv[2])
    say(f"a night of {homes:,} homes: laying them out")
    station, everybody = lay_out(folder, homes)
    found = {"homes": homes, "laid_out_mb": peak_mb()}
    say("computing all of them")
    found["full"] = timed(full)
    found["full_mb"] = peak_mb()
    say(f"a full recompute took {found['full']:.1f} s; now the night")
    some = everybody[::ONE_IN]
    send(some)
    found["night"] = timed(lambda: night(station, some))
    many = sorted({*some, *everybody[:MANY]}, key=lambda home: home.pk)
    send(many)
    found["many"] = len(many)
    found["all_sent"] = timed(lambda: night(station, many))
    found["peak_mb"] = peak_mb()
    print(json.dumps(found))


main()
