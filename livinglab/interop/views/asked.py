"""What came with a request: its city and its fields, as any database can take them."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from livinglab.interop.errors import GeoRefused
from livinglab.interop.models import Jurisdiction
from livinglab.kernel.plain import plain


def fields(sent: QueryDict) -> dict[str, list[str]]:
    """Every value of every name."""
    return {plain(name): [*map(plain, sent.getlist(name))] for name in sent}


def field(sent: Mapping[str, Any], name: str) -> str:
    """One value; sent empty is not sent."""
    return plain(sent.get(name, "")).strip()


def several(sent: QueryDict, name: str) -> str:
    """A comma list, also where the name was said more than once."""
    return ",".join(map(plain, sent.getlist(name)))


def jurisdiction(request: HttpRequest) -> Jurisdiction:
    """The city asked for; may be left out where there is only one."""
    code = field(request.GET, "jurisdiction_id")
    if request.method == "POST":
        code = field(request.POST, "jurisdiction_id") or code
    cities = Jurisdiction.objects.select_related("city")
    if code:
        if found := cities.filter(code=code).first():
            return found
        raise GeoRefused(404, _("This jurisdiction_id is not known."))
    if cities.count() == 1:
        return cities.get()
    raise GeoRefused(400, _("jurisdiction_id is missing."))
