"""The kinds of notices the apps send, declared in their `notices.py`.

    from livinglab.notifications.kinds import Channel, Kind, Urgency, kind

    kind(Kind(
        name="energy.file_refused",
        label=_("A file of mine could not be used"),
        urgency=Urgency.ACTION,
        title=_("%(file)s could not be used"),
        body=_("Nothing was stored. The page says why and what helps."),
        url=lambda facts: reverse("energy:upload", args=[facts["upload"]]),
        still_true=refused_still,
        channels=(Channel.PUSH, Channel.EMAIL),
    ))

Words are translated into the language of whoever is told, at the moment of telling.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Facts = Mapping[str, Any]
Words = str | Promise


class Urgency(models.TextChoices):
    SAFETY = "safety", _("Safety")
    ACTION = "action", _("Something to do")
    NEWS = "news", _("News")


class Channel(models.TextChoices):
    """The ways out of the house. The inbox is no channel: the notice itself is it."""

    PUSH = "push", _("On this phone")
    EMAIL = "email", _("E-mail")
    SMS = "sms", _("Text message")


def _always(person: Any, facts: Facts) -> bool:
    return True


def _plainly(facts: Facts) -> dict[str, Any]:
    return dict(facts)


def _nothing(facts: Facts) -> str:
    return ""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of notice: its words, how urgent, where it leads, when it is void."""

    name: str
    label: Words  # on the page of choices
    urgency: Urgency
    title: Words
    body: Words
    url: Callable[[Facts], str]
    # What the placeholders say, in the language that is active.
    words: Callable[[Facts], Mapping[str, Any]] = _plainly
    # The heading of its group in a collected letter, for example the home's name.
    heading: Callable[[Facts], str] = _nothing
    # Asked right before sending: a notice about something gone is not sent.
    still_true: Callable[[Any, Facts], bool] = _always
    # On unless the person says otherwise; the others are off until switched on.
    channels: tuple[Channel, ...] = (Channel.PUSH,)
    # Only who works for the city can be told this, so nobody else is asked about it.
    for_staff: bool = False

    @property
    def part(self) -> "Part":
        """The part of life it belongs to: that of the app that declared it."""
        return _parts.get(self.name.partition(".")[0], OTHER)

    def title_for(self, facts: Facts) -> str:
        return str(self.title) % self.words(facts)

    def body_for(self, facts: Facts) -> str:
        return str(self.body) % self.words(facts)


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of life on the page of choices; its name is the label of an app."""

    name: str
    label: Words
    icon: str
    order: int


OTHER = Part(name="", label=_("Everything else"), icon="bell", order=100)
_parts: dict[str, Part] = {}


def part(declared: Part) -> Part:
    """Make a part of life known; the kinds of its app stand below it."""
    _parts[declared.name] = declared
    return declared


_kinds: dict[str, Kind] = {}


def kind(declared: Kind) -> Kind:
    """Make a kind known; its name is the app's label and a word of its own."""
    if declared.name in _kinds and _kinds[declared.name] != declared:
        raise ValueError(f"the kind {declared.name} is declared twice")
    _kinds[declared.name] = declared
    return declared


def kind_of(name: str) -> Kind | None:
    """A kind by its name; None when no app declares it any more."""
    return _kinds.get(name)


def kinds() -> list[Kind]:
    """All kinds, the urgent ones first."""
    order = list(Urgency)
    return sorted(_kinds.values(), key=lambda k: (order.index(k.urgency), k.name))
