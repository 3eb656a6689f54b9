"""JSON doors of the energy app."""

urlpatterns: list[object] = []
