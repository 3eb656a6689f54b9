"""The site map; includes, nothing else."""

from django.contrib import admin
from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from livinglab.kernel.views import WordsForScripts, healthz, readyz

WORDS = WordsForScripts.as_view()
# For everybody alike: whose cookie comes along is not asked.
DOCS = SpectacularSwaggerSplitView.as_view(url_name="schema", authentication_classes=[])

urlpatterns = [
    path("", include("livinglab.pages.urls")),
    path("energy/", include("livinglab.energy.urls")),
    path("report/", include("livinglab.issues.report_urls")),
    path("issues/", include("livinglab.issues.urls")),
    path("goals/", include("livinglab.goals.urls")),
    path("places/", include("livinglab.places.urls")),
    path("accounts/", include("livinglab.people.account_urls")),
    path("", include("livinglab.people.legal_urls")),
    path("me/", include("livinglab.people.urls")),
    path("me/", include("livinglab.notifications.urls")),
    path("admin/", admin.site.urls),
    path("api/v1/", include("livinglab.config.api_urls")),
    path("api/schema/", SpectacularAPIView.as_view(), name="schema"),
    path("api/docs/", DOCS, name="docs"),
    path("open311/", include("livinglab.interop.urls")),
    path("words/<str:language>/<slug:release>.js", WORDS, name="words-for-scripts"),
    path("healthz", healthz),
    path("readyz", readyz),
]

handler400 = "livinglab.pages.views.bad_request"
handler403 = "livinglab.pages.views.forbidden"
handler404 = "livinglab.pages.views.not_found"
handler429 = "livinglab.people.views.limits.too_many_requests"
handler500 = "livinglab.pages.views.server_error"
