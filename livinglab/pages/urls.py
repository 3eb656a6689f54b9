"""Pages over several apps."""

from django.urls import path

from livinglab.energy.views.offline import offline_reading
from livinglab.pages.views import about, gallery, home, look, phone, search
from livinglab.pages.views.share import share

app_name = "pages"
urlpatterns = [
    path("", home.home, name="home"),
    path("search/", search.search, name="search"),
    path("about/", about.about, name="about"),
    path("look/", look.look, name="look"),
    path("ui/", gallery.gallery, name="gallery"),
    path("sw.js", phone.service_worker, name="service-worker"),
    path("manifest.webmanifest", phone.web_manifest, name="manifest"),
    path("offline/", phone.offline, name="offline"),
    path("offline/reading/", offline_reading, name="offline-reading"),
    path("outbox/", phone.outbox, name="outbox"),
    path("outbox/who/", phone.who, name="who"),
    path("share/", share, name="share"),
]
