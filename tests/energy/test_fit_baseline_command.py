"""`manage.py fit_baseline`: the analysts' tool."""

from __future__ import annotations

import csv
import json
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core.management import call_command

from livinglab.energy.readers.own_csv import HEADER
from tests.energy import brute_force
from tests.energy.homes import Street, street

NAMES = [
    "model_type",
    "intercept",
    "beta_hdd",
    "beta_cdd",
    "heating_balance_point",
    "cooling_balance_point",
    "r_squared_adj",
    "n",
    "savings",
    "fsu_half_width",
    "ols_half_width",
]
GOLDEN = {
    "intercept": "intercept",
    "beta_hdd": "beta_hdd",
    "beta_cdd": "beta_cdd",
    "heating_balance_point": "heating_balance_point_f",
    "cooling_balance_point": "cooling_balance_point_f",
    "r_squared_adj": "r_squared_adj",
    "n": "n",
    "savings": "metered_savings",
}
FIRST = date(2024, 1, 1)
SEED = 11  # of a home that both heats and cools


def run(*words: object) -> str:
    told = StringIO()
    call_command("fit_baseline", *map(str, words), stdout=told, stderr=told)
    return told.getvalue()


def found(*words: object) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(run(*words, "--json"))
    return answer


def refused(*words: object) -> str:
    told = StringIO()
    with pytest.raises(SystemExit) as end:
        call_command("fit_baseline", *map(str, words), stdout=told, stderr=told)
    assert end.value.code == 1
    return told.getvalue()


def write(path: Path, header: list[str], rows: list[list[object]]) -> Path:
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def days_file(path: Path, homes: Street, days: slice, unit: str = "c") -> Path:
    """Days of the first home in our golden layout."""
    warm = homes.temperatures if unit == "c" else homes.temperatures * 1.8 + 32
    rows: list[list[object]] = [
        [
            f"{FIRST + timedelta(days=day)}T00:00Z",
            round(float(warm[day]), 6),
            homes.use[0, day] / 1000 if homes.present[0, day] else "",
        ]
        for day in range(*days.indices(warm.size))
    ]
    return write(path, ["start_utc", f"temp_mean_{unit}", "usage"], rows)


@pytest.fixture
def home() -> Street:
    return street(1, 730, seed=SEED)


def slow(homes: Street) -> brute_force.Slow:
    days = homes.present[0, :365]
    warm, use = homes.temperatures[:365][days], homes.use[0, :365][days] / 1000
    points = [point / 2 for point in range(0, 65)]
    return brute_force.fit(
        {p: np.maximum(p - warm, 0) for p in points if p <= 25},
        {p: np.maximum(warm - p, 0) for p in points if p >= 10},
        use,
        np.ones(use.size),
        least_degree_days=11.1,
        least_days=10,
    )


def test_days_in_celsius_give_the_best_model(home: Street, tmp_path: Path) -> None:
    model = found(days_file(tmp_path / "home.csv", home, slice(0, 365)))
    best = slow(home)
    assert list(model) == NAMES
    assert model["model_type"] == best.kind
    assert model["heating_balance_point"] == best.hb
    assert model["cooling_balance_point"] == best.cb
    assert model["intercept"] == pytest.approx(best.mu, rel=1e-9)
    assert model["savings"] is None


def test_a_reporting_file_of_days_is_held_against_the_model(
    home: Street, tmp_path: Path
) -> None:
    base = days_file(tmp_path / "home.csv", home, slice(0, 365))
    later = days_file(tmp_path / "later.csv", home, slice(365, 730))
    model = found(base, "--reporting", later)
    best = slow(home)
    days = home.present[0, 365:]
    warm, use = home.temperatures[365:][days], home.use[0, 365:][days] / 1000
    expected = np.full(use.size, best.mu)
    if best.hb is not None:
        expected += (best.beta_h or 0) * np.maximum(best.hb - warm, 0)
    if best.cb is not None:
        expected += (best.beta_c or 0) * np.maximum(warm - best.cb, 0)
    assert model["savings"] == pytest.approx((expected - use).sum(), rel=1e-6)
    assert model["fsu_half_width"] > 0
    assert model["ols_half_width"] > 0


def test_a_surer_statement_has_a_wider_band(home: Street, tmp_path: Path) -> None:
    base = days_file(tmp_path / "home.csv", home, slice(0, 365))
    days_file(tmp_path / "home-reporting.csv", home, slice(365, 730))
    usual, surer = found(base), found(base, "--confidence", "0.99")
    assert surer["fsu_half_width"] > 1.3 * usual["fsu_half_width"]
    assert surer["savings"] == usual["savings"]


def test_the_grid_can_be_chosen_whatever_the_files_unit(
    home: Street, tmp_path: Path
) -> None:
    file = days_file(tmp_path / "home.csv", home, slice(0, 365), unit="f")
    fahrenheit, celsius = found(file), found(file, "--grid", "0.5c")
    assert fahrenheit["cooling_balance_point"] > 50
    assert celsius["cooling_balance_point"] == slow(home).cb


def test_a_folder_fits_all_in_it(home: Street, tmp_path: Path) -> None:
    days_file(tmp_path / "one.csv", home, slice(0, 365))
    days_file(tmp_path / "one-reporting.csv", home, slice(365, 730))
    days_file(tmp_path / "two.csv", home, slice(0, 365))
    models = found(tmp_path)
    assert set(models) == {"one", "two"}
    assert models["one"]["savings"] is not None
    assert models["two"]["savings"] is None
    words = run(tmp_path)
    assert "one\n  model_type: " in words


def test_our_own_export_is_read_with_a_weather_file(
    home: Street, tmp_path: Path
) -> None:
    rows: list[list[object]] = []
    for day in range(365):
        if home.present[0, day]:
            start, end = (FIRST + timedelta(days=day + n) for n in (0, 1))
            rows.append(
                [
                    f"{start}T00:00:00+09:00",
                    f"{end}T00:00:00+09:00",
                    home.use[0, day] / 1000,
                    *("kWh", 0, "interval", "electricity", "import", ""),
                ]
            )
    export = write(tmp_path / "export.csv", list(HEADER), rows)
    weather = write(
        tmp_path / "weather.csv",
        ["date", "tmean"],
        [
            [FIRST + timedelta(days=day), round(float(warm), 2)]
            for day, warm in enumerate(home.temperatures[:365])
        ],
    )
    model = found(export, "--weather", weather)
    best = slow(home)
    assert (model["model_type"], model["cooling_balance_point"]) == (best.kind, best.cb)
    assert model["intercept"] == pytest.approx(best.mu, rel=1e-9)
    assert "--weather" in refused(export)


def test_bills_with_degree_days_are_fitted(home: Street, tmp_path: Path) -> None:
    warm, points = home.temperatures, [10, 15, 20, 24]
    header = ["start_utc", "end_utc", "n_days", "usage_per_day"]
    header += [f"{side}_{p}" for p in points for side in ("hdd", "cdd")]
    rows: list[list[object]] = []
    for number in range(12):
        part = slice(number * 30, number * 30 + 30)
        first = FIRST + timedelta(days=number * 30)
        row: list[object] = [f"{first}T00:00Z", f"{first + timedelta(days=30)}T00:00Z"]
        row += [30.0, home.use[0, part].mean() / 1000]
        for p in points:
            row += [np.maximum(p - warm[part], 0).mean()]
            row += [np.maximum(warm[part] - p, 0).mean()]
        rows.append(row)
    file = write(tmp_path / "bills.csv", header, rows)
    model = found(file)
    assert model["n"] == 12
    assert model["model_type"] in {"cdd_hdd", "cdd_only", "hdd_only", "intercept_only"}
    assert "0.5c" in refused(file, "--grid", "1f")


def test_what_cannot_be_fitted_is_refused_in_one_sentence(tmp_path: Path) -> None:
    empty = write(tmp_path / "empty.csv", ["start_utc", "temp_mean_f", "usage"], [])
    assert refused(empty).strip()
    assert refused(tmp_path / "nothing.csv").strip()
    broken = write(
        tmp_path / "broken.csv",
        ["start_utc", "temp_mean_f", "usage"],
        [["2024-01-01T00:00Z", "warm", "3"]],
    )
    assert refused(broken).strip()
    (tmp_path / "sub").mkdir()
    assert refused(tmp_path / "sub").strip()
    alone = write(
        tmp_path / "r.csv",
        ["start_utc", "reporting_observed", "counterfactual_usage"],
        [["2024-01-01T00:00Z", "2", "3"]],
    )
    assert "--reporting" in refused(alone)


@pytest.mark.parametrize(
    "case",
    [
        "il-electricity-cdd-hdd-daily",
        "il-electricity-cdd-hdd-billing",
        "il-gas-hdd-only-daily",
        "il-gas-hdd-only-billing",
    ],
)
def test_the_published_cases_come_out(case: str, shared_data: Path) -> None:
    folder = shared_data / "households" / "caltrack_golden"
    golden = json.loads((folder / "expected.json").read_text())[case]
    model = found(
        folder / f"{case}.csv", "--reporting", folder / f"{case}-reporting.csv"
    )
    assert model["model_type"] == golden["model_type"]
    for ours, theirs in GOLDEN.items():
        expected = golden[theirs]
        close = None if expected is None else pytest.approx(expected, rel=1e-4)
        assert model[ours] == close
    bands = golden["error_bands_90pct"]
    assert model["fsu_half_width"] == pytest.approx(bands["FSU Error Band"], rel=1e-4)
    assert model["ols_half_width"] == pytest.approx(bands["OLS Error Band"], rel=1e-4)
