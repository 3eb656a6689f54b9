"""The base of pages about one home: own city only, and every look is written down."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from livinglab.energy.models import Premises
from livinglab.kernel.city_admin import CityAdmin
from livinglab.people.http import person_of
from livinglab.people.services import log_read


class HomeAdmin(CityAdmin):
    """Rows that tell about one home.

    Lists say whose and when, never how much; opening a row shows its figures and is
    noted for the people of the home. `home_path` leads from a row to its premises.
    """

    home_path = "premises"
    is_personal = True

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Any:
        row = super().get_object(request, object_id, from_field)
        if row is not None and request.method == "GET":
            self._note_read(request, row)
        return row

    def _note_read(self, request: HttpRequest, row: Any) -> None:
        home = home_of(row, self.home_path)
        if home is None or home.is_facility:
            return
        reader = person_of(request)
        what = _("%(what)s of %(home)s") % {
            "what": self.opts.verbose_name,
            "home": home.name,
        }
        for membership in home.memberships.select_related("person"):
            log_read(membership.person, by=reader, what=what, why=_("admin site"))

    @admin.display(description=gettext_lazy("home or facility"))
    def home_name(self, row: Any) -> str:
        home = home_of(row, self.home_path)
        return f"{home.name} #{home.pk}" if home else ""


def home_of(row: Any, path: str) -> Premises | None:
    """The premises a row belongs to; the empty path is the premises itself."""
    for step in path.split("__") if path else []:
        row = getattr(row, step)
        if row is None:
            return None
    home: Premises = row
    return home
