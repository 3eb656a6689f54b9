"""Open311 GeoReport v2."""

from django.urls import re_path

from livinglab.interop.views import open311
from livinglab.interop.views.bulk import bulk

app_name = "open311"
FMT = r"\.(?P<fmt>xml|json)$"
urlpatterns = [
    re_path(r"^discovery" + FMT, open311.discovery, name="discovery"),
    # where clients look that know the endpoint alone
    re_path(r"^v2/discovery" + FMT, open311.discovery, name="discovery-beside"),
    re_path(r"^v2/services" + FMT, open311.services, name="services"),
    re_path(
        r"^v2/services/(?P<code>[^/]+?)" + FMT,
        open311.service_definition,
        name="definition",
    ),
    re_path(r"^v2/requests" + FMT, open311.requests, name="requests"),
    re_path(r"^v2/requests\.csv$", bulk, name="bulk"),
    re_path(r"^v2/requests/(?P<pk>[^/]+?)" + FMT, open311.one_request, name="request"),
    re_path(r"^v2/tokens/(?P<word>[^/]+?)" + FMT, open311.token, name="token"),
    re_path(
        r"^v2/(?P<resource>services|requests|tokens)/" + FMT,
        open311.nameless,
        name="nameless",
    ),
]
