"""The base of every admin page: one's own city's rows, and nothing by accident.

Nobody adds, changes or deletes here unless the page says so, and what is changed goes
through the service that everybody else uses.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib.admin.exceptions import DisallowedModelAdminLookup
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import Promise
from unfold import decorators
from unfold.admin import ModelAdmin, TabularInline
from unfold.views import ChangeList

from livinglab.kernel.admin_site import works_here
from livinglab.kernel.numbers import number_said
from livinglab.kernel.paging import BoundedPaginator

F = TypeVar("F", bound=Callable[..., Any])


def mark(description: str | Promise, colours: dict[str, str]) -> Callable[[F], F]:
    """A column of words on coloured labels; the method gives (key, word)."""
    display: Callable[[F], F] = decorators.display(
        description=description, label=colours
    )
    return display


def page_action(description: str | Promise, url_path: str) -> Callable[[F], F]:
    """A button above the list, for who may act."""
    action: Callable[[F], F] = decorators.action(
        description=description, url_path=url_path, permissions=["act"]
    )
    return action


class CityScope:
    """Which rows a member of staff sees.

    `city_path` leads from the model to its city (``"neighbourhood__city"``); empty
    means that the rows belong to all cities. Rows of `is_personal` models are hidden
    from an operator too: only the city a resident lives in has any business there.
    """

    city_path = ""
    is_personal = False
    for_operators = False

    def scoped(self, request: HttpRequest, rows: Any) -> Any:
        """The rows of the cities this person reads."""
        person: Any = request.user
        if not self.city_path or (person.operates and not self.is_personal):
            return rows
        cities = [*person.coordinated_city_ids, *person.evaluated_city_ids]
        return rows.filter(**{f"{self.city_path}__in": cities})

    def reads(self, request: HttpRequest) -> bool:
        person: Any = request.user
        return works_here(person) and (person.operates or not self.for_operators)

    def writes(self, request: HttpRequest, row: models.Model | None) -> bool:
        """Operators where nothing is personal; coordinators in their own city."""
        person: Any = request.user
        if person.operates and not self.is_personal:
            return True
        if self.for_operators or not person.coordinated_city_ids:
            return False
        if row is None or not self.city_path:
            return True
        return _city_of(row, self.city_path) in person.coordinated_city_ids


class AskedList(ChangeList):  # type: ignore[misc]
    """Sorts and asks by what its table offers, whatever an address says."""

    def get_filters(self, request: HttpRequest) -> Any:
        """What no filter took for its own is refused.

        Anything else would let whoever may read guess, letter by letter, what nobody
        is shown: a caller's number, the key of a device, a word behind three tables.
        """
        found = super().get_filters(request)
        left = found[2].keys() & self.get_filters_params().keys()
        if left:
            raise DisallowedModelAdminLookup(f"No filter asks {sorted(left)}")
        return found

    def get_ordering_field(self, field_name: Any) -> Any:
        if field_name not in self.sortable_by:
            return None
        return super().get_ordering_field(field_name)


class CityAdmin(CityScope, ModelAdmin):  # type: ignore[misc]
    """Read-only rows of one's own city, unless `may_*` and `changeable` say more."""

    may_add = False
    may_change = False
    may_delete = False
    changeable: tuple[str, ...] = ()
    show_full_result_count = False
    paginator = BoundedPaginator
    list_per_page = 50
    list_filter_submit = False
    compressed_fields = True
    warn_unsaved_form = True

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[AskedList]:
        return AskedList

    def get_queryset(self, request: HttpRequest) -> Any:
        return self.scoped(request, super().get_queryset(request))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.reads(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.reads(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.may_add and self.writes(request, None)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_change and self.writes(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_delete and self.writes(request, obj)

    def response_action(self, request: HttpRequest, queryset: Any) -> Any:
        """Rows are chosen by their numbers; what is no number is no row."""
        chosen = request.POST.getlist(ACTION_CHECKBOX_NAME)
        if None in map(number_said, chosen):
            raise Http404
        return super().response_action(request, queryset)

    def has_act_permission(self, request: HttpRequest) -> bool:
        """For actions that ask a service: its rule decides about each row."""
        return self.writes(request, None)

    def _get_obj_does_not_exist_redirect(
        self, request: HttpRequest, opts: Any, object_id: str
    ) -> HttpResponse:
        """What one may not see is not found, here as everywhere."""
        raise Http404

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        shown = super().get_readonly_fields(request, obj)
        if obj is None or not self.changeable:
            return shown
        fixed = [
            field.name
            for field in self.model._meta.get_fields()
            if getattr(field, "editable", False) and field.name not in self.changeable
        ]
        return [*shown, *(name for name in fixed if name not in shown)]


class CityInline(CityScope, TabularInline):  # type: ignore[misc]
    """Rows under their parent, read only; the parent was already scoped."""

    extra = 0
    max_num = 0
    can_delete = False
    show_change_link = False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.reads(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def _city_of(row: Any, path: str) -> int | None:
    *steps, last = path.split("__")
    for step in steps:
        row = getattr(row, step)
        if row is None:
            return None
    city_id: int | None = getattr(row, f"{last}_id")
    return city_id
