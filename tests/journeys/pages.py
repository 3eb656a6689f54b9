"""Every page and state there is to see: one list for screens, axe, Lighthouse."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Shot:
    """A page as somebody meets it; `who` is empty for a visitor."""

    name: str
    who: str
    address: str
    group: str
    status: int = 200
    has_form: bool = False  # sent as it stands, it is refused with words

    @property
    def is_public(self) -> bool:
        """Anybody may open it, so it is found and measured as such."""
        return not self.who and self.status == 200 and self.group != "gallery"


GOAL = "SH-N1"  # a goal of the seeds
TABS = {"home-resident", "goals-resident", "energy-saving", "places-resident", "me"}


def shots(world: dict[str, Any]) -> list[Shot]:
    """All of them, in the order of the tabs."""
    return [
        *_front(world),
        *_signing_in(),
        *_energy(world),
        *_public_figures(world),
        *_me(world),
        *_faults(),
    ]


def tabs(world: dict[str, Any]) -> list[Shot]:
    """The five tabs as a resident sees them."""
    return [shot for shot in shots(world) if shot.name in TABS]


def _front(world: dict[str, Any]) -> Iterator[Shot]:
    yield Shot("home-visitor", "", "/", "front")
    yield Shot("home-newcomer", "newcomer", "/", "front")
    yield Shot("home-guest", "guest", "/", "front")
    yield Shot("home-resident", "resident", "/", "front")
    yield Shot("home-caregiver", "caregiver", "/", "front")
    yield Shot("about", "", "/about/", "front")
    yield Shot("search", "", "/search/", "front")
    yield Shot("search-found", "", "/search/?q=정왕", "front")
    yield Shot("search-nothing", "", "/search/?q=없는말", "front")
    yield Shot("components", "", "/ui/", "gallery")


def _signing_in() -> Iterator[Shot]:
    yield Shot("sign-in", "", "/accounts/login/", "people", has_form=True)
    yield Shot("sign-up", "", "/accounts/signup/", "people", has_form=True)
    yield Shot("sign-out", "resident", "/accounts/logout/", "people")


def _energy(world: dict[str, Any]) -> Iterator[Shot]:
    yield Shot("energy-visitor", "", "/energy/", "energy")
    yield Shot("energy-how", "", "/energy/how/", "energy")
    yield Shot("energy-newcomer", "newcomer", "/energy/", "energy")
    for state, home in world["homes"].items():
        yield Shot(f"energy-{state}", "resident", f"/energy/?home={home}", "energy")
    for name, address in world.get("more", []):
        has_form = name.startswith(("add-", "join", "events")) and name != "add"
        yield Shot(name, "resident", address, "energy", has_form=has_form)


def _public_figures(world: dict[str, Any]) -> Iterator[Shot]:
    yield Shot("goals", "", "/goals/", "figures")
    yield Shot("goals-resident", "resident", "/goals/", "figures")
    yield Shot("goal", "", f"/goals/{GOAL}/", "figures")
    yield Shot("places", "", "/places/", "figures")
    yield Shot("places-resident", "resident", "/places/", "figures")
    yield Shot("place", "", f"/places/{world['place']}/", "figures")
    yield Shot("place-hidden", "", f"/places/{world['small_place']}/", "figures")
    yield Shot("city", "", f"/places/city/{world['city']}/", "figures")


def _me(world: dict[str, Any]) -> Iterator[Shot]:
    yield Shot("me", "resident", "/me/", "me")
    yield Shot("inbox", "resident", "/me/inbox/", "me")
    yield Shot("inbox-empty", "newcomer", "/me/inbox/", "me")
    yield Shot("notifications", "resident", "/me/notifications/", "me")


def _faults() -> Iterator[Shot]:
    yield Shot("not-found", "", "/nothing/", "faults", status=404)
