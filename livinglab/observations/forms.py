"""A weather file at the coordinators' door."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminFileFieldWidget, UnfoldAdminSelectWidget

from livinglab.observations.models import DailyWeather, Station

FILE_MAX_BYTES = 20 * 1024 * 1024


class WeatherFileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("file"),
        help_text=gettext_lazy("As downloaded from the KMA portal, CSV or JSON."),
        widget=UnfoldAdminFileFieldWidget,
    )
    station = forms.ModelChoiceField(
        Station.objects.all(),
        label=gettext_lazy("station"),
        required=False,
        help_text=gettext_lazy("Only where the file does not name it."),
        widget=UnfoldAdminSelectWidget,
    )
    source = forms.ChoiceField(
        label=gettext_lazy("source"),
        choices=[
            (source.value, source.label)
            for source in (DailyWeather.Source.KMA, DailyWeather.Source.REANALYSIS)
        ],
        widget=UnfoldAdminSelectWidget,
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > FILE_MAX_BYTES:
            raise forms.ValidationError(_("The file is larger than 20 MB."))
        return file
