"""What a resident says is wrong, from the one form of the reporting pages."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from livinglab.issues.errors import IssueRefused
from livinglab.issues.models import Issue, Question
from livinglab.issues.models.issues import MOST_WORDS
from livinglab.issues.services.photos import SentPhoto
from livinglab.issues.services.placing import Spot, category_of, spot_of
from livinglab.issues.services.reporting import Said
from livinglab.kernel.fields import LONGEST_EMAIL

ANSWER = "answer-"
_PLACES = (Issue.PlaceFrom.DEVICE, Issue.PlaceFrom.MAP, Issue.PlaceFrom.LIST)


class ReportForm(forms.Form):
    """Every field is optional: a page may be sent half filled and comes back whole.

    What a report needs is decided where it is stored, with a sentence for each field.
    """

    key = forms.UUIDField(required=False, widget=forms.HiddenInput())
    draft = forms.UUIDField(required=False, widget=forms.HiddenInput())
    place_from = forms.ChoiceField(
        required=False,
        choices=[(one.value, one.label) for one in (*_PLACES, Issue.PlaceFrom.PHOTO)],
    )
    lon = forms.FloatField(
        required=False, min_value=-180, max_value=180, widget=forms.HiddenInput()
    )
    lat = forms.FloatField(
        required=False, min_value=-90, max_value=90, widget=forms.HiddenInput()
    )
    neighbourhood = forms.CharField(
        required=False, max_length=10, label=_("Neighbourhood")
    )
    meant = forms.CharField(required=False, max_length=10)
    address = forms.CharField(
        required=False,
        max_length=160,
        label=_("Near what is it?"),
        help_text=_(
            "A building, shop, bus stop or street, as you would tell a friend."
        ),
    )
    category = forms.CharField(required=False, max_length=32)
    words = forms.CharField(
        required=False,
        max_length=MOST_WORDS,
        strip=True,
        label=_("What is wrong?"),
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "A sentence is enough. Please name no people and no phone numbers."
        ),
    )
    seen_at = forms.DateTimeField(required=False)
    email = forms.EmailField(
        required=False,
        max_length=LONGEST_EMAIL,
        label=_("E-mail for questions"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = forms.RegexField(
        r"^\+?[0-9][0-9 ()-]{6,18}$",
        required=False,
        label=_("Number for questions"),
        widget=forms.TextInput(
            attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}
        ),
        error_messages={"invalid": _("Please write the number with digits only.")},
    )

    @property
    def lists(self) -> dict[str, list[str]]:
        """Everything that was sent, under each name all of it."""
        data = self.data
        return dict(data.lists()) if isinstance(data, MultiValueDict) else {}

    @property
    def spot(self) -> Spot:
        """Where; raises a refusal with a sentence."""
        typed = self.cleaned_data
        lon, lat = typed.get("lon"), typed.get("lat")
        point = None if lon is None or lat is None else (lon, lat)
        place_from = typed.get("place_from") or Issue.PlaceFrom.LIST
        is_listed = point is None or place_from == Issue.PlaceFrom.LIST
        named = typed.get("neighbourhood" if is_listed else "meant")
        return spot_of(place_from=place_from, point=point, neighbourhood=named or "")

    def said(self, spot: Spot) -> Said:
        """The report, for the service; raises a refusal without a kind of report."""
        typed = self.cleaned_data
        if not spot.is_exact and not typed.get("address"):
            raise IssueRefused(
                gettext("Please say near what it is, so that it can be found."),
                field="address",
            )
        category = category_of(spot.city, typed.get("category") or "")
        return Said(
            category=category,
            lon=spot.lon,
            lat=spot.lat,
            place_from=spot.place_from,
            neighbourhood=spot.neighbourhood,
            words=typed.get("words") or "",
            answers=answers_in(self.data, category.questions.all()),
            address=typed.get("address") or "",
            seen_at=typed.get("seen_at"),
            email=typed.get("email") or "",
            phone=typed.get("phone") or "",
            key=typed.get("key") or uuid.uuid4(),
        )


def answers_in(
    data: Mapping[str, Any], questions: Iterable[Question]
) -> dict[str, list[str]]:
    """Answers by question; a day and time from a form gets the zone of the cities."""
    sent = data if isinstance(data, MultiValueDict) else MultiValueDict(data)
    return {
        question.code: [
            _zoned(question, one) for one in sent.getlist(ANSWER + question.code)
        ]
        for question in questions
        if ANSWER + question.code in sent
    }


def _zoned(question: Question, answer: str) -> str:
    if question.datatype != Question.Datatype.DATETIME:
        return answer
    try:
        moment = datetime.fromisoformat(answer.strip())
    except ValueError:
        return answer
    aware = moment if moment.tzinfo else timezone.make_aware(moment)
    return aware.isoformat()


def photos_in(files: Any, alts: list[str]) -> list[SentPhoto]:
    """Photos in their order, each with its words; one description alone is for all."""
    sent: list[UploadedFile[Any]] = [one for one in files.getlist("photos") if one]
    said = [alts[0]] * len(sent) if len(alts) == 1 else alts
    return [
        SentPhoto(
            file=one,
            size=one.size or 0,
            alt=said[at].strip() if at < len(said) else "",
        )
        for at, one in enumerate(sent)
    ]


def kept_words(data: MultiValueDict[str, str]) -> dict[str, list[str]]:
    """What a draft keeps of a form: its own fields and the answers, as they came."""
    names = ReportForm.base_fields.keys() - {"draft"}
    return {
        name: data.getlist(name)
        for name in data
        if name in names or name.startswith(ANSWER)
    }
