"""Pages of the energy app."""

app_name = "energy"
urlpatterns: list[object] = []
