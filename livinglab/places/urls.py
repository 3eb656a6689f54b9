"""Pages of the places app."""

from django.urls import path

from livinglab.places import views

app_name = "places"
urlpatterns = [
    path("", views.place_list, name="list"),
    path("choose/", views.choose, name="choose"),
    path("shapes/<slug:code>.json", views.shapes, name="shapes"),
    path("city/<slug:code>/", views.city, name="city"),
    path("<slug:code>/", views.neighbourhood, name="neighbourhood"),
]
