"""Pages over several apps."""

from django.urls import path

from livinglab.pages.views import about, home, look, search

app_name = "pages"
urlpatterns = [
    path("", home.home, name="home"),
    path("search/", search.search, name="search"),
    path("about/", about.about, name="about"),
    path("look/", look.look, name="look"),
]
