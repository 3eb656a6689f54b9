"""One page."""

from django.urls import path

from tests.bench.bare.views import Things

urlpatterns = [path("", Things.as_view())]
