"""Pages of the goals app."""

from django.urls import path

from livinglab.goals import views

app_name = "goals"
urlpatterns = [
    path("", views.goal_list, name="list"),
    path("goals.csv", views.goals_csv, name="csv"),
    path("<slug:code>/", views.goal, name="goal"),
]
