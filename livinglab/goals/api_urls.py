"""JSON doors of the goals app."""

urlpatterns: list[object] = []
