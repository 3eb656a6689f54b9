"""Pages over several apps."""

from django.urls import path

from livinglab.pages import views

app_name = "pages"
urlpatterns = [
    path("", views.home, name="home"),
    path("about/", views.about, name="about"),
    path("look/", views.look, name="look"),
]
