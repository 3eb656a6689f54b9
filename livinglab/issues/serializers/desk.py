"""What a city's own software says to a report."""

from typing import Any

from rest_framework import serializers

from livinglab.issues.models import Issue
from livinglab.issues.serializers.verbs import MOST_WORDS
from livinglab.issues.states import ANSWERS

HIDDEN = [(key, words) for key, words in Issue.Hidden.choices if key]


class SeenIn(serializers.Serializer[Any]):
    """Words for the followers, and the state of things they were written for."""

    words = serializers.CharField(
        required=False, allow_blank=True, max_length=MOST_WORDS, default=""
    )
    seen = serializers.IntegerField(
        required=False,
        min_value=0,
        max_value=2**31 - 1,
        help_text="`version` of the report that was looked at; changed since: 409.",
    )


class AnswerIn(SeenIn):
    state = serializers.ChoiceField(choices=[str(state) for state in ANSWERS])


class RouteIn(SeenIn):
    department = serializers.SlugField(max_length=24, help_text="Its code.")


class PromiseIn(SeenIn):
    due_on = serializers.DateField()


class MergeIn(SeenIn):
    original = serializers.IntegerField(
        min_value=1, max_value=2**31 - 1, help_text="The report that stays open."
    )


class HideIn(SeenIn):
    hidden = serializers.ChoiceField(choices=HIDDEN)
