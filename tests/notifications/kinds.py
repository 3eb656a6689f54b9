"""Kinds for the tests of the engine, which knows no app's own."""

from livinglab.notifications.kinds import Channel, Facts, Kind, Urgency

EVERYWHERE = (Channel.PUSH, Channel.EMAIL, Channel.SMS)


def is_not_gone(person: object, facts: Facts) -> bool:
    return not facts.get("gone")


def a_kind(name: str, urgency: Urgency, **more: object) -> Kind:
    facts: dict[str, object] = {
        "name": name,
        "label": name,
        "urgency": urgency,
        "title": "%(what)s happened",
        "body": "All about %(what)s.",
        "url": lambda facts: f"/about/?what={facts['what']}",
        "heading": lambda facts: facts.get("thing", ""),
        "still_true": is_not_gone,
        "channels": EVERYWHERE,
    }
    return Kind(**(facts | more))  # type: ignore[arg-type]


NEWS = a_kind("test.news", Urgency.NEWS)
ACTION = a_kind("test.action", Urgency.ACTION)
SAFETY = a_kind("test.safety", Urgency.SAFETY)
QUIET = a_kind("test.quiet", Urgency.NEWS, channels=())
ALL = (NEWS, ACTION, SAFETY, QUIET)
