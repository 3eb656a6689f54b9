"""The list, as the generic view does it."""

from django.views.generic import ListView

from tests.bench.bare.models import Thing


class Things(ListView[Thing]):
    queryset = Thing.objects.order_by("name")[:20]
    template_name = "bare/things.html"
