"""Learn how a city sorts its reports, measure it, and use it only when it is better.

A `Learned` row without `made_at` is due. Fitting runs in a process of its own: it takes
a library whose megabytes no page should carry, and gives them back when it ends.
"""

import json
import os
import subprocess
import sys
from base64 import b64decode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from livinglab.issues.alike import by_keywords
from livinglab.issues.learning.model import Model, unpacked
from livinglab.issues.learning.trial import METHOD, Hits, Sorted, apart, hits, ranked
from livinglab.issues.models import Category, Issue, Learned
from livinglab.issues.selectors.kinds import named_words
from livinglab.places.models import City

FEWEST = 120  # reports; with fewer, keywords know more
MOST = 20_000  # the newest
FEWEST_TRIED = 20
GROWN = 1.1
OLDEST = timedelta(days=30)
LEASE_S, TIMEOUT_S = 900, 600
KEPT_WEIGHTS = 3


def plan_learning() -> int:
    """Note for each city whose reports have grown that it learns again."""
    return sum(
        _plan(city) for city in City.objects.filter(categories__isnull=False).distinct()
    )


def _plan(city: City) -> bool:
    count = _sorted_by_people(city)[:MOST].count()
    last = Learned.objects.filter(city=city).order_by("-number").first()
    if count < FEWEST or not _is_out_of_date(last, count):
        return False
    number = last.number + 1 if last else 1
    _row, is_new = Learned.objects.get_or_create(city=city, number=number)
    return is_new


def _is_out_of_date(last: Learned | None, count: int) -> bool:
    if last is None:
        return True
    if last.made_at is None:
        return not Learned.objects.due().filter(pk=last.pk).exists()
    is_old = last.made_at < timezone.now() - OLDEST
    return count >= last.reports * GROWN or (is_old and count != last.reports)


def _sorted_by_people(city: City) -> QuerySet[Issue]:
    """Reports with words, in categories residents may still choose."""
    rows = Issue.objects.filter(city=city, category__is_offered=True)
    kept = rows.filter(hidden__in=("", Issue.Hidden.PRIVATE))
    return kept.exclude(words="")


def is_any_due() -> bool:
    """Whether anything is to be learned that nobody is learning."""
    return Learned.objects.due().free().exists()


def learn_what_is_due() -> int:
    """Learn every version that is due and free; how many were made."""
    rows = Learned.objects.due().free().order_by("pk")
    return sum(learn(pk) for pk in list(rows.values_list("pk", flat=True)))


def learn(learned_id: int) -> bool:
    """Make one version; False when somebody else has it or it is done."""
    rows = Learned.objects.filter(pk=learned_id).due()
    if not rows.claim(seconds=LEASE_S):
        return False
    learned = Learned.objects.select_related("city").get(pk=learned_id)
    reports = _reports(learned.city)
    rest, tried = apart(reports)
    trial, weights = _trained(rest, reports)
    measured = _measured(learned.city, unpacked(trial), tried)
    _settle(learned, measured, weights, len(reports))
    return True


def _reports(city: City) -> list[Sorted]:
    newest = _sorted_by_people(city).order_by("-pk")
    rows = newest.values_list("pk", "words", "category_id")[:MOST]
    return [Sorted(number, words, label) for number, words, label in rows]


def _trained(*sets: Sequence[Sorted]) -> list[bytes]:
    """A packed model of each set, fitted by a process that ends with it."""
    pairs = [[(one.words, one.label) for one in reports] for reports in sets]
    done = subprocess.run(  # noqa: S603 - our own module, words through its input
        [sys.executable, "-m", "livinglab.issues.learning.training"],
        input=json.dumps(pairs).encode(),
        cwd=settings.ROOT,
        env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
        capture_output=True,
        check=True,
        timeout=TIMEOUT_S,
    )
    return [b64decode(model) for model in json.loads(done.stdout)]


@dataclass(frozen=True)
class Measured:
    """How often suggestions were right on reports kept apart."""

    learned: Mapping[int, Hits]
    keywords: Mapping[int, Hits]

    @property
    def is_better(self) -> bool:
        """Whether the learned ones may replace keywords alone."""
        ours, theirs = total(self.learned.values()), total(self.keywords.values())
        return ours.tried >= FEWEST_TRIED and (ours.shown, ours.first) >= (
            theirs.shown,
            theirs.first,
        )


def total(found: Iterable[Hits]) -> Hits:
    return sum(found, Hits())


def _measured(city: City, model: Model, tried: Sequence[Sorted]) -> Measured:
    named = named_words(Category.objects.offered().filter(city=city))

    def keywords(words: str) -> list[int]:
        return by_keywords(words, named)

    return Measured(
        hits(lambda words: ranked(model.shares(words), keywords(words)), tried),
        hits(keywords, tried),
    )


@transaction.atomic
def _settle(learned: Learned, measured: Measured, weights: bytes, count: int) -> None:
    """The version, its measure and its use stand or fall together."""
    ours, theirs = total(measured.learned.values()), total(measured.keywords.values())
    mine = Learned.objects.filter(pk=learned.pk, made_at=None)
    if not mine.exists():
        return
    if measured.is_better:
        others = Learned.objects.filter(city=learned.city_id, is_used=True)
        others.update(is_used=False)
    mine.update(
        made_at=timezone.now(),
        claimed_until=None,
        method=METHOD,
        reports=count,
        weights=weights,
        tried=ours.tried,
        right_first=ours.first_share,
        right_shown=ours.shown_share,
        keywords_first=theirs.first_share,
        keywords_shown=theirs.shown_share,
        by_category=_by_category(measured),
        is_used=measured.is_better,
    )
    old = Learned.objects.filter(city=learned.city_id, is_used=False)
    old.filter(number__lte=learned.number - KEPT_WEIGHTS).update(weights=b"")


def _by_category(measured: Measured) -> dict[str, Any]:
    return {
        str(label): [found.tried, found.first, found.shown]
        for label, found in sorted(measured.learned.items())
    }
