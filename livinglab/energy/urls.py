"""Pages of the energy app."""

from django.urls import path

from livinglab.energy.views import add, home, how

app_name = "energy"
urlpatterns = [
    path("", home.home, name="home"),
    path("how/", how.how, name="how"),
    path("add/", add.add, name="add"),
    path("homes/<int:pk>/add/", add.add_to, name="add-to"),
    path("homes/<int:pk>/add/file/", add.add_to, name="add-file"),
    path("homes/<int:pk>/add/reading/", add.add_to, name="add-reading"),
    path("homes/<int:pk>/add/bill/", add.add_to, name="add-bill"),
    path("homes/add/", home.home, name="add-premises"),
    path("homes/<int:pk>/", home.home, name="premises"),
    path("join/", home.home, name="join"),
    path("uploads/", home.home, name="uploads"),
]
