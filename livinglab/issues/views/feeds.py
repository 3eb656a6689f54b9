"""Reports of a neighbourhood or a city for feed readers, RSS and Atom."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from livinglab.issues.models import Issue
from livinglab.issues.selectors.cards import excerpt
from livinglab.issues.selectors.listing import Wanted, in_order, listed, wanted_of
from livinglab.kernel.plain import plain

KINDS: dict[str, type[SyndicationFeed]] = {"rss": Rss201rev2Feed, "atom": Atom1Feed}
MOST = 30
KEPT = "public, max-age=300"


@require_safe
def feed(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """The newest reports of one place, the same ones as on its list."""
    wanted = wanted_of({"dong" if code.isdecimal() else "city": code})
    if wanted.city is None or kind not in KINDS:
        raise Http404
    written = _feed(wanted, KINDS[kind], request.path)
    for issue in in_order(listed(wanted, most=MOST).ids):
        _add(written, issue)
    kind_of_text = f"application/{kind}+xml; charset=utf-8"
    response = HttpResponse(written.writeString("utf-8"), content_type=kind_of_text)
    response["Cache-Control"] = KEPT
    return response


def _feed(wanted: Wanted, kind: type[SyndicationFeed], path: str) -> SyndicationFeed:
    place = wanted.dong or wanted.city
    return kind(
        title=_("Reports: %(place)s") % {"place": place},
        link=_whole(reverse("issues:list") + wanted.address()),
        description=_("What residents told the city, newest first."),
        author_name=_("Residents of %(place)s") % {"place": place},
        language=get_language(),
        feed_url=_whole(path),
    )


def _add(written: SyndicationFeed, issue: Issue) -> None:
    address = _whole(reverse("issues:issue", args=[issue.pk]))
    written.add_item(
        title=f"{issue.category.name} · {issue.neighbourhood.name}",
        link=address,
        unique_id=address,
        unique_id_is_permalink=True,
        description=f"{issue.get_state_display()}. {_beginning(issue)}".strip(),
        pubdate=timezone.localtime(issue.received_at),
        updateddate=timezone.localtime(issue.changed_at),
        categories=[issue.category.name],
    )


def _beginning(issue: Issue) -> str:
    """Text for readers that take it for HTML: what a resident types is never markup.

    Also of a report from before anybody took out what no feed may hold.
    """
    return escape(excerpt(plain(issue.words)))


def _whole(path: str) -> str:
    return f"{settings.SITE_URL.rstrip('/')}{path}"
