"""Pages of the places app."""

app_name = "places"
urlpatterns: list[object] = []
