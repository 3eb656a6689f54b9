"""JSON doors of the observations app."""

urlpatterns: list[object] = []
