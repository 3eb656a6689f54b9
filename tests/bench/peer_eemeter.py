"""Run by eemeter's own Python: CPU seconds of its CalTRACK daily fit per meter.

    build/bench/eemeter/.venv/bin/python tests/bench/peer_eemeter.py METERS.json

Reads temperatures in °F and daily use of some meters, prints time and models as JSON.
The design matrix is prepared beforehand and not counted: only the fit is.
"""

import json
import sys
import time
from pathlib import Path

import eemeter
import numpy as np
import pandas as pd

POINTS = range(30, 91)


def design(warm, use):
    """Daily rows as eemeter's own design matrix has them, one empty row at the end."""
    columns = {"meter_value": use, "temperature_mean": warm}
    columns |= {f"hdd_{b}": np.maximum(b - warm, 0.0) for b in POINTS}
    columns |= {f"cdd_{b}": np.maximum(warm - b, 0.0) for b in POINTS}
    ones = np.ones(use.size)
    columns |= {"n_days_kept": ones, "n_days_dropped": 0 * ones}
    columns |= {"temperature_null": 0 * ones, "temperature_not_null": 24 * ones}
    index = pd.date_range("2024-01-01", periods=use.size + 1, freq="D", tz="UTC")
    return pd.DataFrame({k: np.append(v, np.nan) for k, v in columns.items()}, index)


def main():
    given = json.loads(Path(sys.argv[1]).read_text())
    warm = np.array(given["temperatures"])
    found = []
    for use in given["use"]:
        table = design(warm, np.array(use))
        start = time.process_time()
        result = eemeter.fit_caltrack_usage_per_day_model(table)
        seconds = time.process_time() - start
        model = {"kind": result.model.model_type, **result.model.model_params}
        found.append(
            {"seconds": seconds, "model": model, "candidates": len(result.candidates)}
        )
    print(json.dumps({"version": eemeter.__version__, "meters": found}))


main()
