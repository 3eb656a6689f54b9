"""Baselines of thousands of homes against eemeter and a plain loop; a night's work."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from livinglab.energy.baseline.climate import climate_of
from livinglab.energy.baseline.daily import fit_daily
from livinglab.energy.baseline.fits import Fits
from livinglab.energy.baseline.grid import GRID_1F
from tests.bench import Row
from tests.bench.closed_form import Station, fit_one
from tests.energy.homes import Street, street

ROOT = Path(__file__).resolve().parents[2]
PEER = ROOT / "build" / "bench" / "eemeter"
# eemeter 3.2.0 needs a pandas and a NumPy of its own time.
PINS = ["eemeter==3.2.0", "pandas<2", "numpy<2", "scipy<1.13", "setuptools<81"]

HOMES, ALONE, METERS = 4096, 300, 2
NIGHT_HOMES = int(os.environ.get("LIVINGLAB_BENCH_HOMES", "100000"))


def run() -> list[Row]:
    """Every figure measured here, in CPU seconds, on the same homes."""
    homes = _fahrenheit(street(HOMES, seed=42))
    climate = climate_of(homes.temperatures, GRID_1F)
    fit_daily(homes.use[:600], homes.present[:600], climate)
    start = time.process_time()
    fits = fit_daily(homes.use, homes.present, climate)
    batched = (time.process_time() - start) / HOMES
    return [
        _against_eemeter(homes, fits, batched),
        _against_a_loop(homes, fits, batched),
        *_night(),
    ]


def _fahrenheit(homes: Street) -> Street:
    warm = np.round(homes.temperatures * 1.8 + 32, 2)
    present = homes.present.copy()
    present[:METERS] = True  # the peer's table has no gaps
    return Street(warm, homes.use, present)


# --- against eemeter ----------------------------------------------------------


def _against_eemeter(homes: Street, fits: Fits, ours: float) -> Row:
    name = "daily baseline of a home, 2,014 candidates, CPU time"
    mine = f"{ours * 1e6:,.1f} µs a home"
    python = _peer_python()
    if python is None:
        return Row(name, mine, "eemeter 3.2.0", None, None, note="peer not installed")
    found = _ask_peer(python, homes)
    theirs = float(np.mean([meter["seconds"] for meter in found["meters"]]))
    same = all(
        _is_same(fits, home, meter["model"])
        for home, meter in enumerate(found["meters"])
    )
    return Row(
        name,
        mine,
        f"eemeter {found['version']}, {theirs:,.1f} s a meter",
        theirs / ours if same else 0.0,
        100_000.0,
        note="" if same else "the models differ",
    )


def _peer_python() -> Path | None:
    """The peer's own environment, made on first use where packages can be had."""
    python = PEER / ".venv" / "bin" / "python"
    if not python.exists():
        PEER.mkdir(parents=True, exist_ok=True)
        subprocess.run([sys.executable, "-m", "venv", PEER / ".venv"], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", *PINS], check=False)
    probe = subprocess.run(
        [python, "-c", "import eemeter"], capture_output=True, check=False
    )
    return python if probe.returncode == 0 else None


def _ask_peer(python: Path, homes: Street) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "meters.json"
        use = [(homes.use[home] / 1000).tolist() for home in range(METERS)]
        file.write_text(
            json.dumps({"temperatures": homes.temperatures.tolist(), "use": use})
        )
        script = Path(__file__).with_name("peer_eemeter.py")
        answer = subprocess.run(
            [python, "-W", "ignore", script, file],
            capture_output=True,
            text=True,
            check=True,
        )
    found: dict[str, Any] = json.loads(answer.stdout)
    return found


def _is_same(fits: Fits, home: int, model: dict[str, Any]) -> bool:
    """Same kind, same balance points, same base load."""
    one = fits.one(home)
    return (
        one.kind == model["kind"]
        and one.hb == model.get("heating_balance_point")
        and one.cb == model.get("cooling_balance_point")
        and abs(one.mu / 1000 / model["intercept"] - 1) < 1e-6
    )


# --- against one home after the other -----------------------------------------


def _against_a_loop(homes: Street, fits: Fits, ours: float) -> Row:
    """The faster of two loops: our own code home by home, and plain closed form."""
    climate = climate_of(homes.temperatures, GRID_1F)
    start = time.process_time()
    for home in range(ALONE):
        fit_daily(homes.use[[home]], homes.present[[home]], climate)
    own = (time.process_time() - start) / ALONE
    station = Station(homes.temperatures, np.asarray(GRID_1F.heating) / 100)
    use = homes.use.astype(np.float64)
    start = time.process_time()
    plain = [fit_one(station, use[h], homes.present[h]) for h in range(ALONE)]
    closed = (time.process_time() - start) / ALONE
    same = all(
        np.array_equal(one[1:], [fits.hb[home], fits.cb[home]], equal_nan=True)
        for home, one in enumerate(plain)
    )
    return Row(
        "baselines batched, against the better loop of single homes",
        f"{1 / ours:,.0f} homes/s",
        f"loop {1 / min(own, closed):,.0f}/s (ours {own * 1e6:,.0f} µs, plain closed "
        f"form {closed * 1e6:,.0f} µs)",
        min(own, closed) / ours if same else 0.0,
        4.0,
        note="" if same else "the models differ",
    )


# --- a night ------------------------------------------------------------------


def _night() -> list[Row]:
    """1 % of the homes sent something; beside it the night in which all of them did."""
    with tempfile.TemporaryDirectory() as folder:
        answer = subprocess.run(
            [sys.executable, "-m", "tests.bench.night", folder, str(NIGHT_HOMES)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    found = json.loads(answer.stdout.splitlines()[-1])
    homes, full = found["homes"], found["full"]
    a_home = full / homes
    all_sent = found["all_sent"] / found["many"]
    return [
        Row(
            f"night of {homes:,} homes, 1 % sent data",
            f"{found['night']:.2f} s",
            f"full recompute {full:,.1f} s, {a_home * 1e3:.2f} ms a home",
            found["night"] / full,
            1 / 50,
            at_most=True,
        ),
        Row(
            "a home in a night in which all sent data",
            f"{all_sent * 1e3:.2f} ms",
            f"full recompute {a_home * 1e3:.2f} ms",
            all_sent / a_home,
            None,
            note="for comparison",
        ),
        Row(
            f"memory of a full recompute of {homes:,} homes",
            f"{found['full_mb']:,.0f} MB at its peak",
            f"before it {found['laid_out_mb']:,.0f} MB",
            found["full_mb"] / found["laid_out_mb"],
            2.0,
            at_most=True,
        ),
    ]
