"""What the demonstration keeps beside the database: its first day, truths and keys.

Truth is not data of the lab, so it lies in files: no page can show it by mistake.
"""

import json
import secrets
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Ints: TypeAlias = NDArray[np.int64]


@dataclass
class Record:
    """`today` is the day the demonstration was first built; later starts keep it."""

    folder: Path
    today: date
    seed: int
    keys: dict[str, str] = field(default_factory=dict)
    is_complete: bool = False

    @classmethod
    def begin(cls, folder: Path, today: date, seed: int) -> "Record":
        """The record of this folder, or a new one."""
        known = cls.read(folder)
        if known is not None:
            return known
        record = cls(folder, today, seed)
        record.write()
        return record

    @classmethod
    def read(cls, folder: Path) -> "Record | None":
        path = folder / "demo.json"
        if not path.exists():
            return None
        facts = json.loads(path.read_text())
        return cls(
            folder,
            date.fromisoformat(facts["today"]),
            facts["seed"],
            facts["keys"],
            facts["is_complete"],
        )

    def write(self) -> None:
        """Whole or not at all: a death in between leaves the old file."""
        self.folder.mkdir(parents=True, exist_ok=True)
        facts = {
            "today": self.today.isoformat(),
            "seed": self.seed,
            "keys": self.keys,
            "is_complete": self.is_complete,
        }
        fresh = self.folder / "demo.json.new"
        fresh.write_text(json.dumps(facts, indent=1))
        fresh.replace(self.folder / "demo.json")

    def key_for(self, email: str) -> str:
        """A sign-in key of one of the cast, made once."""
        found = next((key for key, mail in self.keys.items() if mail == email), None)
        if found is None:
            found = secrets.token_urlsafe(9)
            self.keys[found] = email
            self.write()
        return found

    def keep_truth(self, index: int, first: date, daily_wh: Ints) -> None:
        """What home `index` truly saved on each day from `first`."""
        folder = self.folder / "truth"
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / f"{index}.npy").open("wb") as file:
            np.save(file, np.concatenate([[first.toordinal()], daily_wh]))

    def true_kwh(self, index: int, days: Ints) -> float | None:
        """True saving over days given as ordinals; None where nobody knows."""
        path = self.folder / "truth" / f"{index}.npy"
        if not path.exists():
            return None
        first, *_ = stored = np.load(path)
        places = days - int(first)
        daily = stored[1:]
        inside = (places >= 0) & (places < daily.size)
        return float(daily[places[inside]].sum()) / 1000


def folders(data: Path) -> tuple[Path, Path]:
    """Where the demonstration keeps its record, and where somebody's own files do."""
    return data / "demo", data / "demo" / "own"


def email_of_key(data: Path, key: str) -> str | None:
    """Whom a printed sign-in key stands for."""
    records = map(Record.read, folders(data))
    found = (record.keys.get(key) for record in records if record is not None)
    return next((email for email in found if email), None)
