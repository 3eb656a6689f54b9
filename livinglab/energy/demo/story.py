"""The whole demonstration, step by step; every step may be cut off and begun again."""

import json
import threading
from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from rich.console import Console

from livinglab.energy.demo import table
from livinglab.energy.demo.cast import email_of, gather_cast, let_in_caregivers
from livinglab.energy.demo.figures import Line, lines_of, sample_lines
from livinglab.energy.demo.homes import Place, build_homes
from livinglab.energy.demo.plan import DOMAIN, HomePlan, first_day, plan_homes
from livinglab.energy.demo.progress import Steps, until_computed
from livinglab.energy.demo.record import Record, folders
from livinglab.energy.demo.samples import NoSamples
from livinglab.energy.demo.samples_in import add_samples
from livinglab.energy.demo.weather import write_weather
from livinglab.goals.services import plan_measurements
from livinglab.goals.tasks import measure_due_goals
from livinglab.kernel.demonstrating import Scene, parts
from livinglab.places.models import Neighbourhood

HOMES_AT_ONCE = 40
WHEELS = settings.ROOT / "build" / "samples"


def seeds(homes: int | None = None) -> dict[str, Any]:
    """Who lives in the demonstration; `homes` a place instead of all."""
    facts: dict[str, Any] = json.loads((settings.SEEDS_DIR / "demo.json").read_text())
    if homes is not None:
        for place in facts["places"]:
            place |= {"homes": homes, "comparison": homes // 5}
        facts["size"] = homes
    return facts


class Demonstration:
    """Two neighbourhoods and a published sample, from nothing to figures."""

    def __init__(self, facts: dict[str, Any], record: Record) -> None:
        self.facts = facts
        self.record = record
        self.plans = plan_homes(facts["places"], record.today, seed=record.seed)

    @classmethod
    def here(cls, facts: dict[str, Any]) -> "Demonstration":
        """That of this data folder, begun today if there is none yet."""
        folder, _own = folders(Path(settings.DATA_DIR))
        return cls(facts, Record.begin(folder, timezone.localdate(), facts["seed"]))

    def tell(
        self, steps: Steps, leaving: threading.Event, *, samples: Path | None = WHEELS
    ) -> None:
        """Everything up to the figures; stops early when the process leaves."""
        with steps:
            self._build(steps, leaving, samples)
            until_computed(steps, leaving)
            if not leaving.is_set():
                plan_measurements(timezone.localdate())
                measure_due_goals.delay()
                self.record.is_complete = True
                self.record.write()

    def _build(
        self, steps: Steps, leaving: threading.Event, samples: Path | None
    ) -> None:
        steps.begin("weather", "people", "homes")
        first = first_day(self.plans)
        yesterday = self.record.today - timedelta(days=1)
        write_weather(first, yesterday, seed=self.record.seed)
        steps.done("weather")
        gather_cast(self.facts["people"])
        steps.done("people")
        done = 0
        for place, plans in self._portions():
            if leaving.is_set():
                return
            build_homes(plans, place, self.record, first)
            done += len(plans)
            steps.move("homes", done, len(self.plans))
        let_in_caregivers(self.facts["people"])
        self._add_parts(steps, leaving)
        if samples is not None:
            self._add_samples(samples, steps)

    def _add_parts(self, steps: Steps, leaving: threading.Event) -> None:
        """What other apps add around the homes."""
        places = [facts["code"] for facts in self.facts["places"]]
        for name, tell in parts().items():
            scene = Scene(
                today=self.record.today,
                seed=self.record.seed,
                places=places,
                domain=DOMAIN,
                size=self.facts.get("size"),
                leaving=leaving,
                move=partial(steps.move, name),
            )
            tell(scene)

    def _portions(self) -> Iterator[tuple[Place, Sequence[HomePlan]]]:
        by_code = {facts["code"]: facts for facts in self.facts["places"]}
        for code, plans in groupby(self.plans, key=lambda plan: plan.place):
            dong = Neighbourhood.objects.get(code=code)
            place = Place(by_code[code], self.facts["people"], dong)
            mine = list(plans)
            for start in range(0, len(mine), HOMES_AT_ONCE):
                yield place, mine[start : start + HOMES_AT_ONCE]

    def _add_samples(self, wheels: Path, steps: Steps) -> None:
        dong = Neighbourhood.objects.get(code=self.facts["places"][0]["code"])
        try:
            add_samples(wheels, dong)
        except NoSamples as why:
            steps.say(
                "The real meters of the eemeter wheel are left out: it cannot be had "
                f"here ({why}). Start again with a network to add them."
            )

    def lines(self) -> list[Line]:
        """Homes of the plan, each with its figure and its truth."""
        return lines_of(self.plans, self.facts["people"], self.record)

    def print(self, console: Console, url: str) -> None:
        """The table, the coverage and the sign-ins."""
        lines = self.lines()
        table.print_homes(console, lines, "simulated homes, newest twelve months")
        if published := sample_lines():
            table.print_homes(console, published, "meters of a published sample")
        table.print_coverage(console, lines)
        table.print_neighbourhoods(console, lines, self.record.today)
        table.print_sign_ins(console, self._sign_ins(url), url)

    def _sign_ins(self, url: str) -> list[tuple[str, str, str]]:
        entries = []
        for facts in self.facts["people"]:
            email = email_of(facts["key"])
            link = ""
            if settings.DEMO:
                link = f"{email}  {url}energy/demo/{self.record.key_for(email)}/"
            entries.append((facts["key"], email, link))
        return entries
