"""What somebody looks for, in the query of an address."""

from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import serializers

from livinglab.issues.selectors.boxes import Box
from livinglab.issues.selectors.listing import ENDED, OPEN, Wanted, wanted_of
from livinglab.issues.serializers.sending import Finite
from livinglab.issues.states import State

STATES = [OPEN, ENDED, *(str(state) for state in State)]


class ListIn(serializers.Serializer[Any]):
    """Filters of a list; a kind is one of a city, so it needs one or a dong."""

    city = serializers.SlugField(required=False, max_length=20)
    dong = serializers.CharField(
        required=False, max_length=10, help_text="Code of a neighbourhood."
    )
    kind = serializers.SlugField(
        required=False, max_length=32, help_text="Code of a category."
    )
    state = serializers.ChoiceField(
        required=False, choices=STATES, help_text="`open`, `closed`, or one state."
    )
    before = serializers.IntegerField(
        required=False,
        min_value=1,
        max_value=10**15 - 1,
        help_text="Of the page before; reports older than this one.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "kind" in attrs and not {"city", "dong"} & attrs.keys():
            raise serializers.ValidationError(
                {"kind": [_("A kind belongs to a city: name the city or the dong.")]}
            )
        return attrs

    def wanted(self) -> Wanted:
        """What is looked for; 404 where something named is not known."""
        asked = {name: str(value) for name, value in self.validated_data.items()}
        wanted = wanted_of(asked)
        found = {"city": wanted.city, "dong": wanted.dong, "kind": wanted.kind}
        if any(name in asked and thing is None for name, thing in found.items()):
            raise Http404
        return wanted


class BoxIn(ListIn):
    """A box of the map, and the same filters."""

    box = serializers.CharField(
        max_length=100, help_text="West, south, east, north in degrees: `w,s,e,n`."
    )

    def validate_box(self, said: str) -> Box:
        box = Box.of(said)
        if box is None:
            raise serializers.ValidationError(_("This is no box: w,s,e,n in degrees."))
        return box


class PlaceAndWordsIn(serializers.Serializer[Any]):
    """What might be reported: enough to look for what is known."""

    category = serializers.CharField(max_length=40, help_text="Its code or its id.")
    lon = Finite(min_value=-180, max_value=180)
    lat = Finite(min_value=-90, max_value=90)
    words = serializers.CharField(required=False, allow_blank=True, max_length=500)
