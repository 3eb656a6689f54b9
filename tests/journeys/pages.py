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
    is_found: bool = True  # by search engines, when it is public

    @property
    def is_public(self) -> bool:
        """Anybody may open it, so it is found and measured as such."""
        return not self.who and self.status == 200 and self.group != "gallery"


GOAL = "SH-N1"  # a goal of the seeds
TABS = {"home-resident", "places-resident", "report-tab", "energy-saving", "me"}


def shots(world: dict[str, Any]) -> list[Shot]:
    """All of them, in the order of the tabs."""
    return [
        *_front(world),
        *_signing_in(),
        *_energy(world),
        *_reports(world),
        *_public_figures(world),
        *_me(world),
        *_phone(),
        *_faults(),
    ]


def people(world: dict[str, Any]) -> list[str]:
    """Everybody who sees something, the visitor first."""
    return list(dict.fromkeys(["", *(shot.who for shot in shots(world))]))


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
    yield Shot("report", "", "/report/", "front")
    yield Shot("report-tab", "resident", "/report/", "front")
    yield Shot("search", "", "/search/", "front")
    for name, words in {"found": "정왕", "nothing": "없는말"}.items():
        address = f"/search/?q={words}"
        yield Shot(f"search-{name}", "", address, "front", is_found=False)
    yield Shot("components", "", "/ui/", "gallery")


def _signing_in() -> Iterator[Shot]:
    yield Shot("sign-in", "", "/accounts/login/", "people", has_form=True)
    yield Shot("sign-up", "", "/accounts/signup/", "people", has_form=True)
    yield Shot("sign-out", "resident", "/accounts/logout/", "people")
    yield Shot("sign-up-key", "", "/accounts/signup/passkey/", "people", has_form=True)
    yield Shot("terms", "", "/terms/", "people")
    yield Shot("privacy", "", "/privacy/", "people")
    yield Shot("how-i-sign-in", "resident", "/accounts/2fa/", "people")
    yield Shot("passkeys", "resident", "/accounts/2fa/webauthn/", "people")
    yield Shot("passkey-add", "resident", "/accounts/2fa/webauthn/add/", "people")
    yield Shot("app-codes", "resident", "/accounts/2fa/totp/activate/", "people")
    yield Shot("my-address", "resident", "/accounts/email/", "people")
    yield Shot("sessions", "resident", "/me/sessions/", "people")
    yield Shot("children", "resident", "/me/children/", "people")
    yield Shot("prove", "resident", "/me/prove/", "people")
    yield Shot("second-factor", "resident", "/me/second-factor/", "people")
    yield Shot("guardian-over", "", "/me/guardian/nothing/", "people", status=404)


def _energy(world: dict[str, Any]) -> Iterator[Shot]:
    yield Shot("energy-visitor", "", "/energy/", "energy")
    yield Shot("energy-how", "", "/energy/how/", "energy")
    yield Shot("energy-newcomer", "newcomer", "/energy/", "energy")
    for state, home in world["homes"].items():
        yield Shot(f"energy-{state}", "resident", f"/energy/?home={home}", "energy")
    for name, address in world.get("more", []):
        has_form = name.startswith(("add-", "join", "events")) and name != "add"
        yield Shot(name, "resident", address, "energy", has_form=has_form)


def _reports(world: dict[str, Any]) -> Iterator[Shot]:
    """What residents told the city; one list for everybody, a page each, one's own."""
    city, place, told = world["city"], world["place"], world["reports"]
    yield Shot("reports", "", "/issues/", "reports")
    yield Shot("reports-resident", "resident", "/issues/", "reports")
    for name, query in {
        "city": f"city={city}",
        "dong": f"dong={place}&state=open",
        "none": f"city={city}&kind=animal",
    }.items():
        address = f"/issues/?{query}"
        yield Shot(f"reports-{name}", "", address, "reports", is_found=name == "city")
    yield Shot("reports-follow", "resident", f"/issues/?dong={place}", "reports")
    yield Shot("reports-map", "", "/issues/map/", "reports")
    yield Shot("reports-figures", "", "/issues/figures/", "reports")
    yield Shot("report-page", "", f"/issues/{told['hole']}/", "reports")
    for name in ("hole", "light", "drain", "stones", "tree", "waste", "twin"):
        yield Shot(f"report-{name}", "resident", f"/issues/{told[name]}/", "reports")
    yield Shot("report-met", "newcomer", f"/issues/{told['hole']}/", "reports")
    yield Shot("my-reports", "resident", "/issues/mine/", "reports")
    yield Shot("my-reports-none", "newcomer", "/issues/mine/", "reports")
    yield Shot("followed-places", "resident", "/issues/places/", "reports")
    street = f"/issues/places/{told['street']}/"
    yield Shot("followed-street", "resident", street, "reports")
    cover = f"/issues/photos/{told['photo']}/cover/"
    yield Shot("cover-photo", "resident", cover, "reports")


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
    yield Shot("inbox-empty", "caregiver", "/me/inbox/", "me")
    yield Shot("notifications", "resident", "/me/notifications/", "me")
    yield from _rights(world["rights"])


def _rights(rights: dict[str, Any]) -> Iterator[Shot]:
    """One's own data: to see, to take along, to hand over, to end."""
    help_at = f"/me/helping/{rights['helping']}/"
    yield Shot("profile", "resident", "/me/profile/", "me", has_form=True)
    yield Shot("consents", "resident", "/me/consents/", "me")
    yield Shot("consent", "resident", "/me/consents/energy/", "me")
    yield Shot("consent-withdraw", "resident", "/me/consents/energy/?withdraw", "me")
    yield Shot("reads", "resident", "/me/reads/", "me")
    yield Shot("reads-none", "newcomer", "/me/reads/", "me")
    yield Shot("download", "resident", "/me/download/", "me")
    yield Shot("leave", "newcomer", "/me/leave/", "me")
    yield Shot("leaving", "leaving", "/me/leave/", "me")
    yield Shot("left", "", f"/me/left/{rights['proof']}/", "me", is_found=False)
    yield Shot("helping", "resident", "/me/helping/", "me")
    yield Shot("helping-none", "newcomer", "/me/helping/", "me")
    yield Shot("helper", "resident", help_at, "me")
    yield Shot("helper-yes", "resident", f"/me/helping/{rights['waiting']}/", "me")
    yield Shot("invite-helper", "resident", "/me/helping/invite/", "me", has_form=True)
    yield Shot("help-code", "newcomer", "/me/helping/code/", "me", has_form=True)
    yield Shot("helping-act", "helper", help_at, "me")
    yield Shot("acting-energy", "helper", "/energy/", "me")
    yield Shot("acting-closed", "helper", "/me/consents/", "me", status=403)


def _phone() -> Iterator[Shot]:
    """What a phone has beforehand; the same for everybody, and found by nobody."""
    yield Shot("offline", "resident", "/offline/", "phone")
    yield Shot("offline-reading", "resident", "/offline/reading/", "phone")
    yield Shot("outbox", "resident", "/outbox/", "phone")
    yield Shot("share", "resident", "/share/", "phone")


def _faults() -> Iterator[Shot]:
    yield Shot("not-found", "", "/nothing/", "faults", status=404)
