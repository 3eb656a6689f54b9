"""Every address of the site map, and the few that are open on purpose."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

# Nothing has these numbers and names, so an open door answers 404, never 500.
EXAMPLES = {
    "int": "987654321",
    "str": "nothing",
    "slug": "nothing",
    "path": "nothing",
    "uuid": "00000000-0000-4000-8000-000000000000",
}

# Route → why a guest may open it. Everything else leads to the sign-in.
PUBLIC = {
    "": "the front door",
    "about/": "what the programme is",
    "ui/": "components with invented values; 404 in production",
    "search/": "finds what everybody may see",
    "places/choose/": "a guest's neighbourhood is kept in the browser's session",
    "robots.txt": "for search engines",
    "sitemap.xml": "for search engines",
    "sw.js": "the service worker",
    "manifest.webmanifest": "name, colours and icons of the installed app",
    "offline/": "what one sees without a network",
    "offline/reading/": "an empty form; what is typed stays on the phone",
    "outbox/": "what waits on this phone; the server knows nothing of it",
    "outbox/who/": "an opaque tag of the signed-in person and a token for forms",
    "share/": "asks to sign in before anything is taken",
    "look/": "language, text size and contrast are kept in cookies, for guests too",
    "energy/": "says what one would see here",
    "energy/how/": "how the figures are made",
    "energy/demo/<str:key>/": "the key is the proof; 404 outside a demonstration",
    "goals/": "public figures",
    "goals/goals.csv": "public figures",
    "goals/<slug:code>/": "public figures",
    "places/": "public figures",
    "places/city/<slug:code>/": "public figures",
    "places/shapes/<slug:code>.json": "borders of neighbourhoods, for maps",
    "places/<slug:code>/": "public figures",
    "accounts/login/": "signing in",
    "accounts/login/code/": "signing in",
    "accounts/login/code/confirm/": "signing in",
    "accounts/logout/": "signed out already: back to the start",
    "accounts/signup/": "signing up",
    "accounts/inactive/": "says that an account is closed",
    "accounts/confirm-email/": "says that a letter is on its way",
    "accounts/signup/passkey/": "signing up",
    "accounts/2fa/webauthn/signup/": "signing up",
    "accounts/3rdparty/login/cancelled/": "says that nobody was signed in",
    "accounts/3rdparty/login/error/": "says that nobody was signed in",
    "accounts/3rdparty/signup/": "signing up",
    "accounts/kakao/login/": "signing in; 404 where a city has no keys",
    "accounts/kakao/login/callback/": "coming back with Kakao's word",
    "accounts/naver/login/": "signing in; 404 where a city has no keys",
    "accounts/naver/login/callback/": "coming back with Naver's word",
    "me/welcome/place/": "signing up",
    "me/welcome/consents/": "signing up",
    "me/welcome/guardian/": "signing up",
    "me/guardian/<str:key>/": "the signed key of the letter is the proof",
    "me/guardian/<str:key>/withdraw/": "the signed key of the letter is the proof",
    "me/left/<str:number>/": "the number is the proof; it says nothing of the person",
    "me/left/<str:number>/proof.json": "the same as data",
    "api/v1/leaving/<str:number>/": "the same for software",
    "terms/": "the words everybody agrees to",
    "terms/<slug:version>/": "the words everybody agreed to",
    "privacy/": "the words everybody agrees to",
    "privacy/<slug:version>/": "the words everybody agreed to",
    "accounts/2fa/authenticate/": "the second step of signing in",
    "accounts/2fa/webauthn/login/": "signing in",
    "me/notifications/off/<str:token>/": "the signed way out of a letter",
    "api/v1/cities/": "public figures",
    "api/v1/neighbourhoods/": "public figures",
    "api/v1/neighbourhoods/at/": "public figures",
    "api/v1/neighbourhoods/<str:code>/": "public figures",
    "api/v1/neighbourhoods/<str:code>/savings/": "published figures only",
    "api/v1/stations/": "public figures",
    "api/v1/stations/<int:number>/days/": "public figures",
    "api/v1/goals/": "public figures",
    "api/v1/goals/<slug:code>/": "public figures",
    "api/v1/push/key/": "a public key",
    "api/v1/push/renewals/": "the old push address and its secret are the proof",
    "api/schema/": "the description of the API",
    "api/docs/": "the description of the API for people",
    "words/<str:language>/<slug:release>.js": "words of the interface",
    "api/v1/issues/": "public reports; guests may report, with the browser's token",
    "api/v1/issues.geojson": "public reports",
    "api/v1/issues/kinds/": "public rules of a city",
    "api/v1/issues/known/": "public reports",
    "api/v1/issues/<int:pk>/": "public reports",
    "api/v1/issues/<int:pk>/support/": "guests meet it too, with the browser's token",
    "report/": "guests report too; what they send is theirs after the sign-in",
    "report/who/": "in whose name one's own browser reports, told to it alone",
    "report/place/": "which neighbourhood a point is in",
    "report/kinds/": "kinds of reports for a few words",
    "report/known/": "public reports nearby",
    "report/promise/": "who would get it, and by when",
    "report/draft/<uuid:key>/": "only the person or browser that wrote it",
    "report/done/<uuid:key>/": "the key of the sending is the proof",
    "report/met/<int:pk>/": "remembered for a guest until the sign-in",
    "issues/": "published reports",
    "issues/map/": "published reports",
    "issues/figures/": "counts and shares of a city's reports",
    "issues/points.geojson": "published reports, their places rounded",
    "issues/feeds/<slug:code>.<slug:kind>": "published reports",
    "issues/<int:pk>/": "published reports; others are not there",
    "issues/photos/<uuid:key>/<str:size>.webp": "released photos of public reports",
    "issues/photos/<uuid:key>/<str:size>.avif": "the same in fewer bytes",
    **dict.fromkeys(
        (
            r"open311/^discovery\.(?P<fmt>xml|json)$",
            r"open311/^v2/discovery\.(?P<fmt>xml|json)$",
            r"open311/^v2/services\.(?P<fmt>xml|json)$",
            r"open311/^v2/services/(?P<code>[^/]+?)\.(?P<fmt>xml|json)$",
            r"open311/^v2/requests\.(?P<fmt>xml|json)$",
            r"open311/^v2/requests\.csv$",
            r"open311/^v2/requests/(?P<pk>[^/]+?)\.(?P<fmt>xml|json)$",
            r"open311/^v2/tokens/(?P<word>[^/]+?)\.(?P<fmt>xml|json)$",
            r"open311/^v2/(?P<resource>services|requests|tokens)/"
            r"\.(?P<fmt>xml|json)$",
        ),
        "Open311: public reports; sending needs a key",
    ),
    "healthz": "asked by machines that watch",
    "readyz": "asked by machines that watch",
    "admin/colours.css": "a style sheet",
    "admin/login/": "leads to the one sign-in",
    "admin/logout/": "signed out already: back to the start",
}
# The view asks for the token itself: with an old one the words wait, signed by whose.
OLD_TOKEN = "asked for by the view, which keeps words of an old page"
# Route → why a form may arrive here without our token.
WITHOUT_TOKEN = {
    "me/notifications/off/<str:token>/": "mail programs press it (RFC 8058)",
    "share/": "the phone's share sheet knows no token; other sites are refused",
    "issues/<int:pk>/word/": OLD_TOKEN,
    "issues/<int:pk>/reply/": OLD_TOKEN,
    "issues/<int:pk>/withdraw/": OLD_TOKEN,
    "issues/<int:pk>/reopen/": OLD_TOKEN,
    "issues/<int:pk>/object/": OLD_TOKEN,
    "issues/<int:pk>/fixed/": OLD_TOKEN,
    "issues/<int:pk>/words/<int:word>/object/": OLD_TOKEN,
    r"open311/^v2/requests\.(?P<fmt>xml|json)$": "programs send with a key",
}
# The JSON API without anybody's cookie or token: nothing another site could borrow.
WITHOUT_COOKIE = {
    "api/v1/push/renewals/": "a worker renews its address without a session",
}


@dataclass(frozen=True)
class Door:
    """One entry of the site map."""

    route: str
    view: Any

    @cached_property
    def address(self) -> str:
        """The route with its places filled by things that do not exist."""
        route = re.sub(r"\(\?P<\w+>([^)]*)\)", _named, self.route)
        route = re.sub(
            r"<(?:(\w+):)?\w+>", lambda m: EXAMPLES[m.group(1) or "str"], route
        )
        return "/" + re.sub(r"\^|\$|\\Z|\\(?=\.)", "", route)

    @property
    def is_api(self) -> bool:
        return self.route.startswith("api/v1/")

    @property
    def is_admin(self) -> bool:
        return self.route.startswith("admin/")

    @property
    def is_ours(self) -> bool:
        return self._of.startswith("livinglab.") and not self.is_admin

    @property
    def is_token_free(self) -> bool:
        return bool(getattr(self.view, "csrf_exempt", False))

    @property
    def _of(self) -> str:
        made_from = getattr(self.view, "view_class", None) or self.view
        return str(getattr(made_from, "__module__", ""))


def _named(group: re.Match[str]) -> str:
    """The first of the names a pattern lists, else a name of nothing."""
    first = group.group(1).split("|")[0]
    return first if first.isalpha() else "nothing"


@cache
def doors() -> tuple[Door, ...]:
    """All of them, in the order of the site map."""
    return tuple(Door(route, view) for route, view in _walk(get_resolver(), ""))


def _walk(resolver: URLResolver, before: str) -> Iterator[tuple[str, Any]]:
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _walk(entry, route)
        elif isinstance(entry, URLPattern):
            yield route, entry.callback
