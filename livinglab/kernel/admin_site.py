"""The coordinators' site: our models only, our way in."""

from collections.abc import Iterable
from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.db.models.base import ModelBase
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from unfold.sites import UnfoldAdminSite

OURS = "livinglab."


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
            raise PermissionDenied
        response: HttpResponse = secure_admin_login(super().login)(request)
        return response


def works_here(person: Any) -> bool:
    """Whether this person has any business in the admin site."""
    return bool(
        person.is_active
        and person.is_authenticated
        and (
            person.is_superuser
            or person.coordinated_city_ids
            or person.evaluated_city_ids
        )
    )
