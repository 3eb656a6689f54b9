"""The fitted models equal those of eemeter 3.2.0 on its own published samples."""

from __future__ import annotations

import csv
import gzip
import json
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from livinglab.energy.baseline.bands import fsu_half_width, ols_half_width
from livinglab.energy.baseline.billing import Periods, fit_billing
from livinglab.energy.baseline.climate import climate_of
from livinglab.energy.baseline.daily import fit_daily
from livinglab.energy.baseline.fits import Fits, predicted_per_day
from livinglab.energy.baseline.grid import GRID_1F

CASES = [
    "il-electricity-cdd-hdd-daily",
    "il-electricity-cdd-hdd-billing",
    "il-gas-hdd-only-daily",
    "il-gas-hdd-only-billing",
]


def read(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def fitted(rows: list[dict[str, str]]) -> Fits:
    if "temp_mean_f" in rows[0]:
        warm = np.array([float(row["temp_mean_f"]) for row in rows])
        use = np.array([[float(row["usage"]) for row in rows]])
        return fit_daily(use, ~np.isnan(use), climate_of(warm, GRID_1F))

    def columns(side: str) -> np.ndarray:
        points = range(30, 91)
        table = [[float(row[f"{side}_{point}"]) for point in points] for row in rows]
        return np.array(table)[:, :, None] * 100

    days = np.array([[float(row["n_days"])] for row in rows])
    use = np.array([[float(row["usage_per_day"])] for row in rows])
    periods = Periods(days, use, columns("hdd"), columns("cdd"))
    return fit_billing(periods, GRID_1F)


@pytest.mark.parametrize("case", CASES)
def test_the_published_cases_come_out_to_a_ten_thousandth(
    case: str, shared_data: Path
) -> None:
    folder = shared_data / "households" / "caltrack_golden"
    golden = json.loads((folder / "expected.json").read_text())[case]
    fits = fitted(read(folder / f"{case}.csv"))
    reporting = [
        row
        for row in read(folder / f"{case}-reporting.csv")
        if row["reporting_observed"]
    ]
    observed = np.array([float(row["reporting_observed"]) for row in reporting])
    count = observed.size
    one = fits.one(0)

    close = pytest.approx
    assert one.kind == golden["model_type"]
    assert one.n == golden["n"]
    assert one.hb == golden["heating_balance_point_f"]
    assert one.cb == golden["cooling_balance_point_f"]
    assert one.mu == close(golden["intercept"], rel=1e-6)
    assert (one.beta_h or 0) == close(golden["beta_hdd"] or 0, rel=1e-6)
    assert (one.beta_c or 0) == close(golden["beta_cdd"] or 0, rel=1e-6)
    assert one.r2_adj == close(golden["r_squared_adj"], rel=1e-6)
    assert one.rmse == close(golden["rmse_adj"], rel=1e-6)
    assert one.mean == close(golden["observed_mean"], rel=1e-6)
    assert one.rho == close(golden["autocorr_resid_lag1"], rel=1e-5)
    bands = golden["error_bands_90pct"]
    fsu = fsu_half_width(fits, [count])[0]
    ols = ols_half_width(fits, [count], [observed.mean()])[0]
    assert fsu == close(bands["FSU Error Band"], rel=1e-5)
    assert ols == close(bands["OLS Error Band"], rel=1e-5)


@pytest.mark.parametrize(
    ("case", "hourly"),
    [
        ("il-electricity-cdd-hdd-daily", "il-electricity-cdd-hdd-tempF.csv.gz"),
        ("il-gas-hdd-only-daily", "il-tempF.csv.gz"),
    ],
)
def test_each_reporting_day_is_predicted_as_published(
    case: str, hourly: str, shared_data: Path
) -> None:
    folder = shared_data / "households"
    fits = fitted(read(folder / "caltrack_golden" / f"{case}.csv"))
    with gzip.open(folder / "eemeter_samples" / hourly, "rt", newline="") as file:
        hours = list(csv.reader(file))[1:]
    by_day: dict[str, list[float]] = defaultdict(list)
    for moment, degrees in hours:
        day = datetime.fromisoformat(moment).astimezone(UTC).date()
        by_day[day.isoformat()].append(float(degrees))
    days = read(folder / "caltrack_golden" / f"{case}-reporting.csv")[:-1]
    means = np.array([np.mean(by_day[row["start_utc"][:10]]) for row in days])
    published = np.array([float(row["counterfactual_usage"]) for row in days])
    assert predicted_per_day(fits, means * 100)[0] == pytest.approx(published, rel=1e-4)
