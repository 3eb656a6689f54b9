"""Pages of the issues app."""

from django.urls import path

from livinglab.issues.views import photos

app_name = "issues"
urlpatterns = [
    path("photos/<uuid:key>/<str:size>.webp", photos.photo, name="photo"),
]
