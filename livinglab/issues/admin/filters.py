"""Filters of the list of reports; of one's own cities only."""

from datetime import datetime, time, timedelta
from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from livinglab.issues.models import Category, Department, Issue
from livinglab.issues.selectors.desk import Queue, in_queue
from livinglab.people.http import person_of
from livinglab.people.models import Person, Role
from livinglab.places.models import Neighbourhood

QUEUES = {
    Queue.NEW: _("New"),
    Queue.UNANSWERED: _("First answer due"),
    Queue.OVERDUE: _("Overdue"),
    Queue.REOPENED: _("Opened again"),
    Queue.ASKED: _("Waiting for the reporter"),
    Queue.PHOTOS: _("Photos to look at"),
    Queue.SUSPECTED: _("Suspected spam"),
    Queue.APPEALED: _("Objections"),
    Queue.MINE: _("Given to me"),
}


class Chosen(admin.SimpleListFilter):
    """A filter whose choices are few and known."""

    def condition(self, value: str, person: Person) -> Any:
        raise NotImplementedError

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Any]
    ) -> QuerySet[Any] | None:
        value = self.value()
        known = {str(key) for key, _name in self.lookup_choices}
        if value is None or value not in known:
            return None
        return queryset.filter(self.condition(value, person_of(request)))


class Waits(Chosen):
    title = _("what waits")
    parameter_name = "queue"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(str(key), name) for key, name in QUEUES.items()]

    def condition(self, value: str, person: Person) -> Any:
        return in_queue(value, person=person)


class Standing(admin.SimpleListFilter):
    title = _("open or closed")
    parameter_name = "is"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("open", _("open")), ("closed", _("closed"))]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Any]
    ) -> QuerySet[Any] | None:
        is_open = {"open": True, "closed": False}.get(self.value() or "")
        if is_open is None:
            return None
        return queryset.filter(closed_at__isnull=is_open)


class OfOwnCity(admin.SimpleListFilter):
    """One of the rows of the cities one reads."""

    rows: Any = None

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        person = person_of(request)
        cities = [*person.coordinated_city_ids, *person.evaluated_city_ids]
        rows = self.rows.objects.filter(city__in=cities)
        return [(str(row.pk), str(row)) for row in rows]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Any]
    ) -> QuerySet[Any] | None:
        value = self.value() or ""
        if not value.isdecimal() or len(value) > 18:
            return None
        return queryset.filter(**{str(self.parameter_name): int(value)})


class OfCategory(OfOwnCity):
    title, parameter_name, rows = _("category"), "category", Category


class OfDepartment(OfOwnCity):
    title, parameter_name, rows = _("department"), "department", Department


class DealtWithBy(Chosen):
    """Oneself, nobody yet, or a colleague of one's own cities."""

    title, parameter_name = _("who deals with it"), "assignee"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        person = person_of(request)
        cities = [*person.coordinated_city_ids, *person.evaluated_city_ids]
        staff = Person.objects.filter(
            roles__kind=Role.Kind.COORDINATOR, roles__city__in=cities
        )
        named = [(str(one.pk), str(one)) for one in staff.distinct().order_by("name")]
        return [("me", _("myself")), ("none", _("nobody")), *named]

    def condition(self, value: str, person: Person) -> Any:
        known = {"me": Q(assignee=person), "none": Q(assignee=None)}
        return known.get(value) or Q(assignee=value)


class Received(Chosen):
    title, parameter_name = _("received"), "since"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("1", _("today")), ("7", _("in 7 days")), ("30", _("in 30 days"))]

    def condition(self, value: str, person: Person) -> Any:
        first = timezone.localdate() - timedelta(days=int(value) - 1)
        return Q(received_at__gte=timezone.make_aware(datetime.combine(first, time())))


class OfDong(OfOwnCity):
    title, parameter_name = _("neighbourhood"), "neighbourhood"
    rows = Neighbourhood

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        person = person_of(request)
        cities = [*person.coordinated_city_ids, *person.evaluated_city_ids]
        rows = Neighbourhood.objects.without_shapes().filter(city__in=cities)
        return [(str(row.pk), str(row)) for row in rows]


class ByTheUncommon(admin.ChoicesFieldListFilter):
    """Choices of which one is usual: the others are few, and have an index alone.

    Only where the question says that the usual one is not meant does SQLite use it.
    """

    usual: dict[str, str] = {"hidden": Issue.Hidden.NOT, "channel": Issue.Channel.WEB}

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Any]
    ) -> QuerySet[Any] | None:
        found = super().queryset(request, queryset)
        name, chosen = str(self.field_path), self.lookup_val
        if found is None or not chosen or self.usual[name] in chosen:
            return found
        return found.exclude(**{name: self.usual[name]})


FILTERS = (
    Waits,
    DealtWithBy,
    Received,
    Standing,
    ("state", admin.ChoicesFieldListFilter),
    OfCategory,
    OfDong,
    OfDepartment,
    ("hidden", ByTheUncommon),
    ("channel", ByTheUncommon),
)
