"""What a coordinator types in while somebody calls."""

import re
import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from livinglab.issues.errors import IssueRefused
from livinglab.issues.forms.report import ANSWER, ReportForm, answers_in
from livinglab.issues.models import Category, Issue, Question
from livinglab.issues.models.issues import MOST_WORDS
from livinglab.issues.services.placing import spot_of
from livinglab.issues.services.reporting import Said
from livinglab.people.models import Person
from livinglab.places.models import Neighbourhood

POINT = re.compile(r"\s*(-?\d{1,3}\.\d+)\s*[,\s]\s*(-?\d{1,3}\.\d+)\s*")


class EnterForm(forms.Form):
    """Kind, place, words and how to reach who called; then what its kind asks."""

    key = forms.UUIDField(widget=forms.HiddenInput(), initial=uuid.uuid4)
    category = forms.ModelChoiceField(
        Category.objects.none(), label=_("category"), empty_label=_("Please choose")
    )
    neighbourhood = forms.ModelChoiceField(
        Neighbourhood.objects.none(),
        label=_("Neighbourhood"),
        empty_label=_("Please choose"),
    )
    address = forms.CharField(
        required=False, max_length=160, label=_("Near what is it?")
    )
    point = forms.CharField(
        required=False,
        max_length=60,
        label=_("Point, if it is known"),
        help_text=_("Latitude and longitude as maps give them: 37.3463, 126.7386"),
    )
    words = forms.CharField(
        max_length=MOST_WORDS,
        label=_("What is wrong?"),
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Others read it: no names and no phone numbers."),
        error_messages={"required": _("Please write what is wrong.")},
    )
    phone = ReportForm.base_fields["phone"]
    email = ReportForm.base_fields["email"]

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cities = person.coordinated_city_ids
        kinds = Category.objects.offered().filter(city__in=cities, notice_ko="")
        self.kinds = kinds.select_related("city", "department")
        self.fields["category"].queryset = self.kinds  # type: ignore[attr-defined]
        places = Neighbourhood.objects.without_shapes().filter(city__in=cities)
        self.fields["neighbourhood"].queryset = places.order_by("name_ko")  # type: ignore[attr-defined]
        for question in self._questions():
            self.fields[ANSWER + question.code] = _field_for(question)

    def _questions(self) -> list[Question]:
        """Of the kind that was chosen; before that there are none."""
        chosen = str(self.data.get("category") or self.initial.get("category") or "")
        if not chosen.isdecimal() or len(chosen) > 9:
            return []
        kind = self.kinds.filter(pk=int(chosen)).first()
        return list(kind.questions.all()) if kind else []

    def clean_point(self) -> tuple[float, float] | None:
        """Longitude and latitude."""
        typed: str = self.cleaned_data["point"]
        if not typed.strip():
            return None
        found = POINT.fullmatch(typed)
        if found is None:
            raise ValidationError(
                gettext("Please write two numbers: latitude, then longitude.")
            )
        return float(found[2]), float(found[1])

    def said(self) -> Said:
        """The report, for the service; raises a refusal with a sentence."""
        typed = self.cleaned_data
        point = typed["point"]
        if point is None and not typed["address"]:
            raise IssueRefused(
                gettext("Please say near what it is, so that it can be found."),
                field="address",
            )
        place_from = Issue.PlaceFrom.MAP if point else Issue.PlaceFrom.LIST
        code = typed["neighbourhood"].code
        spot = spot_of(place_from=place_from, point=point, neighbourhood=code)
        return Said(
            category=typed["category"],
            lon=spot.lon,
            lat=spot.lat,
            place_from=spot.place_from,
            neighbourhood=spot.neighbourhood,
            words=typed["words"],
            answers=answers_in(self.data, typed["category"].questions.all()),
            address=typed["address"],
            email=typed["email"],
            phone=typed["phone"],
            key=typed["key"],
        )


def _field_for(question: Question) -> forms.Field:
    """The question as a field; what may be answered is decided by the service."""
    facts: dict[str, Any] = {
        "label": question.text,
        "required": question.is_required,
        "error_messages": {"required": _("Please answer this as well.")},
    }
    if question.is_list:
        choices = list(question.choice_names().items())
        if question.datatype == Question.Datatype.SEVERAL:
            boxes = forms.CheckboxSelectMultiple()
            return forms.MultipleChoiceField(choices=choices, widget=boxes, **facts)
        return forms.ChoiceField(choices=[("", "—"), *choices], **facts)
    if question.datatype == Question.Datatype.DATETIME:
        moment = forms.DateTimeInput({"type": "datetime-local"})
        return forms.CharField(widget=moment, **facts)
    return forms.CharField(**facts)
