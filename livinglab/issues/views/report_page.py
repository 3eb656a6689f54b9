"""What the reporting form shows: the empty form, a half-filled one, a looked-at one."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from livinglab.issues.forms.report import ANSWER, ReportForm
from livinglab.issues.models import Category, Issue, Photo, Question
from livinglab.issues.models.photos import MOST_PHOTOS
from livinglab.issues.phone_words import phone_facts
from livinglab.issues.selectors.cards import IssueCard, cards_of
from livinglab.issues.selectors.catalogue import Group, catalogue, kinds_stand
from livinglab.issues.selectors.known import Known, known_already, known_in
from livinglab.issues.selectors.suggestions import suggest
from livinglab.issues.services.drafts import photos_of, taken_at
from livinglab.issues.services.placing import Spot
from livinglab.issues.services.promising import Promise, promise_for
from livinglab.issues.services.reporting import Said, check_said
from livinglab.kernel.errors import Refused
from livinglab.kernel.kept_parts import kept
from livinglab.people.models import Draft
from livinglab.places.choices import neighbourhood_code_choices
from livinglab.places.maps import map_facts

STEPS = ("photos", "place", "what", "questions", "known", "words", "promise")
# Where the sentence about a field is shown.
STEP_OF = {
    "category": "what",
    "answers": "questions",
    "neighbourhood": "place",
    "address": "place",
    "lon": "place",
    "lat": "place",
    "place_from": "place",
    "email": "promise",
    "phone": "promise",
    "seen_at": "words",
}


@dataclass(frozen=True)
class Answered:
    """A question of the chosen kind as the form shows it, with what was answered."""

    question: Question
    answers: Sequence[str] = ()

    @property
    def name(self) -> str:
        return ANSWER + self.question.code

    @property
    def answer(self) -> str:
        return self.answers[0] if self.answers else ""

    @property
    def choices(self) -> list[tuple[str, str, bool]]:
        """Key, words, and whether it was chosen."""
        named = self.question.choice_names().items()
        return [(key, words, key in self.answers) for key, words in named]


@dataclass
class Page:
    """The form, what is wrong with it by step, and what a look found out."""

    form: ReportForm
    draft: Draft | None = None
    wrong: dict[str, list[str]] = field(default_factory=dict)
    spot: Spot | None = None
    category: Category | None = None
    cards: list[IssueCard] = field(default_factory=list)
    suggested: list[Category] = field(default_factory=list)
    promise: Promise | None = None
    begin: str = STEPS[0]
    is_key_used: bool = False
    has_lost_photos: bool = False  # a browser never puts chosen files back

    @property
    def key(self) -> str:
        """The sending's own name: none in the empty form, which everybody shares.

        A page gone back to sends the same one again, so nothing is reported twice.
        """
        if not self.form.is_bound:
            return ""
        sent = None if self.is_key_used else self.form.cleaned_data.get("key")
        return str(sent or uuid.uuid4())

    def renew_used_key(self) -> None:
        """Whoever looks at a further report on the page of one that was sent."""
        key = self.form.cleaned_data.get("key")
        self.is_key_used = key is not None and Issue.objects.filter(key=key).exists()

    @cached_property
    def photos(self) -> list[Photo]:
        """Those that were kept with what was written."""
        return photos_of(self.draft)

    @cached_property
    def taken(self) -> str:
        """Where a kept photo was taken, as "longitude,latitude"; empty when unknown."""
        point = taken_at(self.draft, self.photos)
        return f"{point[0]:.6f},{point[1]:.6f}" if point else ""

    def place_by_photo(self) -> None:
        """Without a word about the place, the photo's own is shown to be confirmed."""
        is_said = self.value("lon") or self.value("neighbourhood")
        is_other = self.value("place_from") not in ("", Issue.PlaceFrom.PHOTO)
        if is_said or is_other or not self.taken:
            return
        lon, lat = self.taken.split(",")
        place = {
            "place_from": [Issue.PlaceFrom.PHOTO.value],
            "lon": [lon],
            "lat": [lat],
        }
        self.form = ReportForm(MultiValueDict({**self.form.lists, **place}))
        self.form.full_clean()

    def note(self, refusal: Refused) -> None:
        """Show the sentence at its step."""
        name = str(refusal.facts.get("field", "promise"))
        step = STEP_OF.get(name, name if name in STEPS else "promise")
        self.wrong.setdefault(step, []).append(str(refusal))

    def note_what_else_is_missing(self) -> None:
        """Beside a missing place the missing kind: nobody has to come back twice."""
        if "place" in self.wrong and not self.value("category"):
            self.wrong.setdefault("what", [_("Please choose what is wrong.")])

    def note_form_errors(self) -> None:
        for name, sentences in self.form.errors.items():
            step = STEP_OF.get(name, name if name in STEPS else "promise")
            self.wrong.setdefault(step, []).extend(map(str, sentences))

    @cached_property
    def groups(self) -> list[Group]:
        return kept(("kinds of reports", kinds_stand()), catalogue)

    def value(self, name: str) -> str:
        """What was typed or chosen, as it came."""
        return str(self.form.data.get(name, "")) if self.form.is_bound else ""

    @property
    def seen_at(self) -> str:
        """As a field of day and time wants it."""
        moment = getattr(self.form, "cleaned_data", {}).get("seen_at")
        return f"{timezone.localtime(moment):%Y-%m-%dT%H:%M}" if moment else ""

    @property
    def first(self) -> str:
        """The step a script begins with: the first that is wrong, else the first."""
        if self.wrong:
            return next(step for step in STEPS if step in self.wrong)
        if self.promise:
            return "known" if self.cards else "promise"
        return self.begin

    def answered(self, question: Question) -> Answered:
        name = ANSWER + question.code
        data = self.form.data
        sent = data.getlist(name) if hasattr(data, "getlist") else []
        return Answered(question, tuple(sent))

    def questions(self) -> list[dict[str, Any]]:
        """Every kind that asks more, with what was answered for the chosen one."""
        chosen = self.value("category")
        return [
            {
                "kind": kind,
                "is_chosen": kind.category.code == chosen,
                "asked": [self.answered(question) for question in kind.questions],
            }
            for group in self.groups
            for kind in group.kinds
            if kind.questions
        ]

    def context(self) -> dict[str, Any]:
        """Everything the template names."""
        return {
            "page": self,
            "form": self.form,
            "groups": self.groups,
            "dongs": neighbourhood_code_choices(),
            "map": map_facts(pick=True),
            **phone_facts(),
            "photos": self.photos,
            "most_photos": MOST_PHOTOS,
            "questions": self.questions(),
            "steps": STEPS,
            "first": self.first,
            "titles": titles(),
            "chosen": {
                name: self.value(name)
                for name in ("category", "neighbourhood", "meant", "place_from")
            },
        }


def titles() -> dict[str, str]:
    """The question of each step."""
    return {
        "photos": _("What does it look like?"),
        "place": _("Where is it?"),
        "what": _("What is it about?"),
        "questions": _("A little more"),
        "known": _("Is it one of these?"),
        "words": _("What is wrong?"),
        "promise": _("Who gets it, and by when"),
    }


def looked_at(page: Page) -> None:
    """Find out everything about the report without storing it; raises refusals."""
    page.place_by_photo()
    page.spot = page.form.spot
    if not page.value("category"):
        words = page.value("words")
        page.suggested = [one.category for one in suggest(page.spot.city, words)]
    said = page.form.said(page.spot)
    page.category = said.category
    page.cards = cards_of_known(known_for(said, page.spot))
    check_said(said, page.spot.neighbourhood)
    page.promise = promise_for(said, page.spot.neighbourhood)


def known_for(said: Said, spot: Spot) -> list[Known]:
    """What may be the same thing, near the point or in the named neighbourhood."""
    words = f"{said.address} {said.words}".strip()
    if spot.is_exact:
        return known_already(said.category, (spot.lon, spot.lat), words)
    return known_in(said.category, spot.neighbourhood, words)


def cards_of_known(known: list[Known]) -> list[IssueCard]:
    far = {one.issue.pk: one.metres for one in known}
    return cards_of([one.issue for one in known], metres=far)
