"""The coordinators' site: our models only, our way in."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any
from urllib.parse import unquote

from allauth.account.decorators import secure_admin_login
from csp.constants import SELF, UNSAFE_EVAL, UNSAFE_INLINE
from csp.decorators import csp_update
from django.conf import settings
from django.contrib.admin import ModelAdmin
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import Model
from django.db.models.base import ModelBase
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from unfold.sites import UnfoldAdminSite

OURS = "livinglab."
# Unfold's own pages need two things that residents' pages do without: Alpine makes
# functions of the words in `x-…` attributes, and sets widths through `style="…"`.
# No inline script and no style sheet in a page is let in here either.
POLICY = {"script-src": [SELF, UNSAFE_EVAL], "style-src-attr": [UNSAFE_INLINE]}


def _without_null(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Filters go to the database as they came, and PostgreSQL knows no NUL in a text.

    Read twice: an address may carry the filters of its list.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "\0" in unquote(unquote(request.META.get("QUERY_STRING", ""))):
            raise BadRequest
        return view(request, *args, **kwargs)

    return guarded


class LabAdminSite(UnfoldAdminSite):  # type: ignore[misc]
    """Signs people in as everywhere else and leaves packages' own tables out."""

    index_title = _("Today's work")

    def register(
        self,
        model_or_iterable: type[Model] | Iterable[type[Model]],
        admin_class: type[ModelAdmin[Any]] | None = None,
        **options: Any,
    ) -> None:
        """Tokens, sessions and sign-in secrets of packages are nobody's to browse."""
        models = (
            [model_or_iterable]
            if isinstance(model_or_iterable, ModelBase)
            else list(model_or_iterable)
        )
        ours = [model for model in models if model.__module__.startswith(OURS)]
        super().register(ours, admin_class, **options)

    def admin_view(
        self, view: Callable[..., HttpResponse], cacheable: bool = False
    ) -> Callable[..., HttpResponse]:
        """Every page of the site carries the site's own content policy."""
        guarded: Callable[..., HttpResponse] = super().admin_view(view, cacheable)
        return csp_update(POLICY)(_without_null(guarded))  # type: ignore[no-any-return]

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """The colours, and what every admin site has."""
        ours = [path("colours.css", colours, name="colours")]
        return [*ours, *super().get_urls()]

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Colours come as a style sheet, so no page holds one."""
        context: dict[str, Any] = super().each_context(request)
        return context | {"colors": {}}

    def get_app_list(
        self, request: HttpRequest, app_label: str | None = None
    ) -> list[Any]:
        """Asked for twice a page, by the frame and by the menu; found once."""
        kept: dict[str | None, list[Any]] = vars(request).setdefault("app_lists", {})
        if app_label not in kept:
            kept[app_label] = super().get_app_list(request, app_label)
        return kept[app_label]

    def has_permission(self, request: HttpRequest) -> bool:
        """Operators, and whoever works for a city or evaluates one."""
        return works_here(request.user)

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The same sign-in as on every page; the wrong person meets a closed door."""
        if request.user.is_authenticated:
            if works_here(request.user):
                return redirect("admin:index")
            if getattr(request.user, "works_for_lab", False):
                return redirect(settings.SECOND_FACTOR_URL)
            raise PermissionDenied
        response: HttpResponse = secure_admin_login(super().login)(request)
        return response


@cache_control(public=True, max_age=3600)
def colours(request: HttpRequest) -> HttpResponse:
    """The product's colours as the style sheet that Unfold would write in the page."""
    names = settings.UNFOLD["COLORS"]
    facts = [f"--border-radius:{settings.UNFOLD['BORDER_RADIUS']}"] + [
        f"--color-{name}-{step}:{value}"
        for name, steps in names.items()
        for step, value in steps.items()
    ]
    return HttpResponse(f":root{{{';'.join(facts)}}}", content_type="text/css")


def works_here(person: Any) -> bool:
    """Whether this person has any business in the admin site."""
    return bool(
        person.is_active
        and person.is_authenticated
        and (
            person.operates or person.coordinated_city_ids or person.evaluated_city_ids
        )
    )
