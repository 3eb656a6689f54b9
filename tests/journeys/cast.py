"""A few people and homes in every state, written straight to the database.

`python -m tests.journeys.cast` prints who they are as JSON: session keys and ids. Only
screens and journeys use it; `make demo` makes its homes the long, honest way.
"""

import json
import math
import random
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import django

django.setup()

import numpy as np  # noqa: E402
from django.contrib.auth import (  # noqa: E402
    BACKEND_SESSION_KEY,
    HASH_SESSION_KEY,
    SESSION_KEY,
)
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.files.base import ContentFile  # noqa: E402
from django.utils import timezone  # noqa: E402

from livinglab.energy.models import (  # noqa: E402
    AreaSaving,
    Baseline,
    DailyUse,
    Premises,
    Saving,
    SavingsDue,
)
from livinglab.energy.services.bills import PaperBill, enter_bill  # noqa: E402
from livinglab.energy.services.uploads import (  # noqa: E402
    confirm_upload,
    keep_upload,
    read_upload,
)
from livinglab.goals.models import Goal, Measurement  # noqa: E402
from livinglab.goals.registry import Period  # noqa: E402
from livinglab.observations.models import DailyWeather, Station  # noqa: E402
from livinglab.people.models import Person  # noqa: E402
from livinglab.places.models import Neighbourhood  # noqa: E402
from tests import make  # noqa: E402
from tests.journeys.reports_people import reports  # noqa: E402
from tests.journeys.rights_people import around  # noqa: E402
from tests.signing_in import proofs_of  # noqa: E402

MU, BETA_H, BETA_C, HB, CB = 7.2, 0.28, 0.62, 12.0, 23.5
WON_A_KWH = 175
STATES = {
    "saving": ("우리집", -0.13),
    "using_more": ("부모님 댁", 0.09),
    "no_visible_change": ("작은 가게 위층", -0.01),
}


def session_of(person: Person, **more: Any) -> str:
    """A session somebody could have got by signing in."""
    session = SessionStore()
    session.update(more)
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "livinglab.people.backends.PeopleBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.update(proofs_of(person))
    session.save()
    return str(session.session_key)


def session_of_guest(place: Neighbourhood) -> str:
    """A browser without an account that chose a neighbourhood."""
    session = SessionStore()
    session["guest"] = {"place": place.code}
    session.save()
    return str(session.session_key)


def temperature(day: date) -> float:
    season = 13.0 - 14.5 * math.cos(2 * math.pi * (day.timetuple().tm_yday - 20) / 365)
    return round(season + random.Random(day.toordinal()).gauss(0, 2.5), 1)  # noqa: S311


def expected(day: date) -> float:
    t = temperature(day)
    return MU + BETA_H * max(HB - t, 0) + BETA_C * max(t - CB, 0)


def months_back(count: int) -> list[date]:
    """First days of the months up to now, oldest first."""
    month = timezone.localdate().replace(day=1)
    months = [month]
    for _ in range(count - 1):
        months.append((months[-1] - timedelta(days=1)).replace(day=1))
    return months[::-1]


def weather(station: Station) -> None:
    today = timezone.localdate()
    days = [today - timedelta(days=n) for n in range(1, 800)]
    rows = [
        DailyWeather(
            station=station,
            day=day,
            tmean=temperature(day),
            source="generated",
            quality="good",
        )  # fmt: skip
        for day in days
    ]
    DailyWeather.objects.bulk_create(rows, ignore_conflicts=True)


def usage(home: Premises, change: float, *, gaps: bool = True) -> None:
    today, meter = timezone.localdate(), make.meter(home)
    dice = random.Random(home.pk)  # noqa: S311
    for year in (today.year - 1, today.year):
        wh = np.full(366, -1, dtype="<i4")
        for n in range(366):
            day = date(year, 1, 1) + timedelta(days=n)
            lost = gaps and day.day in {8, 9, 17} and day.month % 2
            if day < today and day.year == year and not lost:
                kwh = expected(day) * (1 + change) * dice.gauss(1, 0.11)
                wh[n] = round(max(kwh, 1) * 1000)
        DailyUse.objects.create(meter=meter, year=year, wh=wh.tobytes())


def baseline(home: Premises, station: Station, *, n: int = 358) -> None:
    Baseline.objects.create(
        premises=home, kind="daily" if n >= 329 else "none", station=station,
        starts_on=home.joined_on - timedelta(days=365),
        ends_on=home.joined_on - timedelta(days=1), n=n, missing=365 - n,
        model="cdd_hdd" if n >= 329 else "", mu=MU, beta_h=BETA_H, beta_c=BETA_C,
        balance_h=HB, balance_c=CB, r2_adj=0.71, cvrmse=0.13, rmse=1.1, rho=0.3,
        n_prime=190, mean=9.4, input_digest="cast", method="caltrack-2.0/1",
    )  # fmt: skip


def saving(home: Premises, month: date, share: float, state: str, span: str) -> None:
    last = min((month + timedelta(days=32)).replace(day=1), timezone.localdate())
    days = max((last - month).days, 1)
    kwh = sum(expected(month + timedelta(days=n)) for n in range(days))
    kwh *= 11.5 if span == "year" else 1
    saved, half = -share * kwh, 0.055 * kwh
    Saving.objects.create(
        premises=home, span=span, month=month, state=state, days=days - 1,
        days_possible=days, expected_kwh=round(kwh, 3),
        actual_kwh=round(kwh - saved, 3), saved_kwh=round(saved, 3),
        saved_kwh_low=round(saved - half, 3), saved_kwh_high=round(saved + half, 3),
        weather_kwh=12.4, expected_won=round(kwh * WON_A_KWH),
        actual_won=round((kwh - saved) * WON_A_KWH),
        saved_won=round(saved * WON_A_KWH),
        saved_won_low=round((saved - half) * WON_A_KWH),
        saved_won_high=round((saved + half) * WON_A_KWH),
        co2_kg=round(saved * 0.4173, 3), method="caltrack-2.0/1",
        tariff="residential_low 2025-01-01",
    )  # fmt: skip


def home_in(state: str, owner: Person, station: Station, place: Neighbourhood) -> int:
    name, change = STATES[state]
    joined = months_back(11)[0]
    home = make.premises(
        owner, name=name, neighbourhood=place, joined_on=joined, station=station
    )
    usage(home, change)
    baseline(home, station)
    for n, month in enumerate(months_back(11)):
        share = change * (0.7 + 0.06 * n) if n < 10 else change
        clear = abs(share) > 0.05
        kind = ("saving" if share < 0 else "using_more") if clear else state
        saving(home, month, share, kind if n < 10 else state, "month")
    saving(home, months_back(1)[0], change, state, "year")
    return home.pk


def goals() -> None:
    """Measurements for the effect goals that nothing has measured yet."""
    bare = Goal.objects.filter(kind="effect", measurements=None)
    for n, goal in enumerate(bare.order_by("position")):
        for m, month in enumerate(months_back(6)):
            way = float(goal.target - goal.baseline) * (0.25 + 0.08 * m + 0.1 * n)
            value, key = float(goal.baseline) + way, Period.month_of(month)
            Measurement.objects.create(
                goal=goal, period=key.key, first_day=key.first, last_day=key.last,
                value=round(value, 2), low=round(value - abs(way) * 0.2, 2),
                high=round(value + abs(way) * 0.2, 2), units=231 - 10 * n,
                method="caltrack-2.0/1", source="231",
            )  # fmt: skip


def area(place: Neighbourhood, homes: int) -> None:
    """Half a year of a neighbourhood's figures, hidden where homes are few."""
    facts = {
        "city": place.city, "homes": homes, "excluded": {"collecting": 7},
        "expected_kwh": 48210, "actual_kwh": 44100, "saved_kwh": 4110,
        "half_width_kwh": 720, "expected_won": 8_120_000, "saved_won": 730_000,
        "half_width_won": 130_000, "largest_share": 0.02, "comparison_homes": 34,
        "comparison_share": 0.012, "difference_share": 0.078,
        "difference_half_width": 0.02, "is_published": homes >= 10,
        "hidden_because": "" if homes >= 10 else "few", "method": "caltrack-2.0/1",
    }  # fmt: skip
    for month in months_back(6):
        AreaSaving.objects.update_or_create(
            level="dong",
            code=place.code,
            kind="home",
            span="month",
            month=month,
            defaults=facts,
        )


def csv_file(hours: list[str]) -> ContentFile[bytes]:
    rows = [
        f"2026-0{month}-{day:02d},{hour},{0.2 + 0.02 * (day % 7):.2f}"
        for month in (3, 4)
        for day in range(1, 29)
        if (month, day) != (3, 14)
        for hour in hours
    ]
    text = "날짜,시간,사용량(kWh)\n" + "\n".join(rows) + "\n2026-04-29,?,x\n"
    return ContentFile(text.encode("cp949"))


def uploads(home: Premises, by: Person) -> dict[str, int]:
    """A file waiting for a yes, one that asks, one imported, one refused."""
    ending = [f"{hour:02d}:00" for hour in range(1, 25)]
    plain = [f"{hour:02d}:00" for hour in range(24)]
    page = ContentFile(b"<!doctype html><html><body>login</body></html>")
    waiting = keep_upload(home, csv_file(ending), name="관리사무소_3월.csv", by=by)
    asking = keep_upload(home, csv_file(plain), name="plug.csv", by=by)
    refused = keep_upload(home, page, name="download.html", by=by)
    done = keep_upload(home, csv_file(ending), name="사용량.csv", by=by)
    confirm_upload(done, by=by)
    read_upload(done.pk)
    found = {"waiting": waiting, "asking": asking, "refused": refused, "done": done}
    return {name: upload.pk for name, upload in found.items()}


def more_pages(homes: dict[str, int], files: dict[str, int]) -> list[tuple[str, str]]:
    home = f"/energy/homes/{homes['files']}"
    return [
        ("my-home", f"{home}/"),
        ("add", f"{home}/add/"),
        ("add-file", f"{home}/add/file/"),
        ("add-reading", f"{home}/add/reading/"),
        ("add-bill", f"{home}/add/bill/"),
        ("add-home", "/energy/homes/add/"),
        ("join", "/energy/join/"),
        ("events", f"{home}/events/"),
        ("uploads", "/energy/uploads/"),
        *((f"upload-{name}", f"/energy/uploads/{pk}/") for name, pk in files.items()),
    ]


def build() -> dict[str, Any]:
    place = Neighbourhood.objects.filter(name_ko__startswith="정왕").first()
    place = place or make.neighbourhood()
    small = Neighbourhood.objects.exclude(city=place.city).first() or place
    station = Station.objects.get_or_create(
        number=place.station_number, defaults={"name_ko": "인천", "lon": 126, "lat": 37}
    )[0]
    weather(station)
    bora = make.resident("bora@example.org", name="보라")
    bora.neighbourhood = place
    bora.save()
    newcomer = make.resident("newcomer@example.org", name="새봄")
    admin = make.staff("siheung@example.org", kind="coordinator", city=place.city)
    carer = make.staff("carer@example.org", kind="caregiver", city=None)
    ids = {state: home_in(state, bora, station, place) for state in STATES}
    collecting = make.premises(bora, name="새로 온 집", neighbourhood=place)
    baseline(collecting, station, n=124)
    usage(collecting, 0)
    ids["collecting"] = collecting.pk
    ids["none"] = make.premises(bora, name="빈 집", neighbourhood=place).pk
    SavingsDue.objects.create(
        premises_id=ids["collecting"], month=months_back(1)[0], token=1,
        reason="usage", claimed_until=timezone.now() + timedelta(days=1),
    )  # fmt: skip
    papers = make.premises(bora, name="서류로 넣는 집", neighbourhood=place)
    ids["files"] = papers.pk
    files = uploads(papers, bora)
    enter_bill(
        papers,
        PaperBill(date(2025, 9, 1), date(2025, 10, 1), Decimal(300), 57_760),
        by=bora,
    )
    told = reports(bora, newcomer, admin, place)
    rights = around(bora, admin)
    helper, leaving = rights.pop("helper"), rights.pop("leaving")
    goals()
    area(place, 231)
    if small != place:
        area(small, 4)
    return {
        "homes": ids,
        "place": place.code,
        "small_place": small.code,
        "city": place.city.code,
        "more": more_pages(ids, files),
        "rights": rights,
        "reports": told,
        "sessions": {
            "resident": session_of(bora),
            "newcomer": session_of(newcomer),
            "caregiver": session_of(carer),
            "guest": session_of_guest(place),
            "coordinator": session_of(admin),
            "helper": session_of(helper, acting_for=rights["helping"]),
            "leaving": session_of(leaving),
        },
    }


if __name__ == "__main__":
    print(json.dumps(build()))
