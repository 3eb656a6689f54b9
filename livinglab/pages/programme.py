"""The programme as `seeds/programme.json` tells it, read once and checked."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from livinglab.kernel.numbers import period, plain
from livinglab.kernel.plots import StackPart, stacked

WHEN = re.compile(r"\d{4}(-(0[1-9]|1[0-2]))?")
EOK_A_BILLION = 10


class ProgrammeFlawed(ValueError):
    """The file contradicts itself or lacks something; said to who keeps it."""


@dataclass(frozen=True)
class Said:
    """The same words in both languages."""

    ko: str
    en: str

    def __str__(self) -> str:
        english = (get_language() or "ko").startswith("en")
        return self.en if english else self.ko


@dataclass(frozen=True)
class Share:
    """A part of the budget, in hundreds of millions of won, and its own parts."""

    key: str
    name: Said
    eok: int
    parts: tuple["Share", ...] = ()

    @property
    def money(self) -> str:
        """1,159억 원; 115.9 billion won."""
        english = (get_language() or "ko").startswith("en")
        amount = plain(self.eok / EOK_A_BILLION, 1) if english else plain(self.eok)
        return _("%(amount)s billion won") % {"amount": amount}

    @property
    def bar(self) -> tuple[StackPart, ...]:
        """Its parts as a bar, each as a share of this whole."""
        return self._bar(self.eok)

    def _bar(self, whole: int) -> tuple[StackPart, ...]:
        places = stacked([part.eok for part in self.parts])
        return tuple(
            StackPart(
                str(part.name), part.money, part.eok / whole, span, part._bar(whole)
            )
            for part, span in zip(self.parts, places, strict=True)
        )


@dataclass(frozen=True)
class Line:
    """Something said with a sign before it: an aim, a partner, a step in time."""

    words: Said
    icon: str = ""
    role: Said | None = None
    when: str = ""

    @property
    def day(self) -> str:
        """2018년 9월; 2020년."""
        return period(self.when)


@dataclass(frozen=True)
class CityAims:
    """What one of the cities set out to do."""

    code: str
    kind: Said
    words: Said
    aims: tuple[Line, ...]


@dataclass(frozen=True)
class Programme:
    """Everything the page about the programme shows."""

    name: Said
    first_year: int
    last_year: int
    budget: Share
    cities: tuple[CityAims, ...]
    partners: tuple[Line, ...]
    timeline: tuple[Line, ...]
    sources: tuple[Said, ...]


def programme() -> Programme:
    """The programme of the seeds; a changed file is read again."""
    path = Path(settings.SEEDS_DIR) / "programme.json"
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=2)
def _read(path: Path, changed_at: int) -> Programme:
    return parse(json.loads(path.read_text("utf-8")))


def parse(facts: Mapping[str, Any]) -> Programme:
    """Refuses what is missing, empty or does not add up, and says where."""
    try:
        found = _programme(facts)
    except (KeyError, TypeError, AttributeError) as flaw:
        raise ProgrammeFlawed(f"missing or of the wrong kind: {flaw}") from flaw
    if flaws := list(_flaws(found)):
        raise ProgrammeFlawed("; ".join(flaws))
    return found


def _programme(facts: Mapping[str, Any]) -> Programme:
    return Programme(
        name=_said(facts, "name_"),
        first_year=int(facts["first_year"]),
        last_year=int(facts["last_year"]),
        budget=_share(facts["budget"]),
        cities=tuple(_city(one) for one in facts["cities"]),
        partners=tuple(
            Line(_said(one, "name_"), one["icon"], _said(one, "role_"))
            for one in facts["partners"]
        ),
        timeline=tuple(Line(_said(one), when=one["when"]) for one in facts["timeline"]),
        sources=tuple(_said(one) for one in facts["sources"]),
    )


def _city(facts: Mapping[str, Any]) -> CityAims:
    return CityAims(
        code=facts["city"],
        kind=_said(facts, "kind_"),
        words=_said(facts, "words_"),
        aims=tuple(Line(_said(one), one["icon"]) for one in facts["aims"]),
    )


def _share(facts: Mapping[str, Any]) -> Share:
    parts = tuple(_share(part) for part in facts.get("parts", ()))
    return Share(facts["key"], _said(facts, "name_"), int(facts["eok"]), parts)


def _said(facts: Mapping[str, Any], prefix: str = "") -> Said:
    ko, en = facts[f"{prefix}ko"].strip(), facts[f"{prefix}en"].strip()
    if not ko or not en:
        raise KeyError(f"words in both languages for {prefix or 'a line'}")
    return Said(ko, en)


def _flaws(found: Programme) -> Iterator[str]:
    yield from _sums(found.budget)
    if found.first_year > found.last_year:
        yield "the programme ends before it begins"
    whens = [line.when for line in found.timeline]
    yield from (f"{when} is no month or year" for when in whens if not _is_when(when))
    if whens != sorted(whens):
        yield "the timeline is not in order"
    if not (found.cities and found.partners and found.sources):
        yield "cities, partners and sources are needed"


def _sums(share: Share) -> Iterator[str]:
    total = sum(part.eok for part in share.parts)
    if share.parts and total != share.eok:
        yield f"the parts of {share.key} are {total}, not {share.eok}"
    for part in share.parts:
        yield from _sums(part)


def _is_when(when: str) -> bool:
    return WHEN.fullmatch(when) is not None
