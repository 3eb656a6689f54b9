"""JSON doors of the places app."""

urlpatterns: list[object] = []
