"""The form that takes a file."""

from django import forms
from django.utils.translation import gettext_lazy as _


class FileForm(forms.Form):
    file = forms.FileField(
        # the reader refuses it in our words, and its fate is kept
        allow_empty_file=True,
        label=_("File"),
        widget=forms.FileInput(
            attrs={"accept": ".xml,.csv,.txt,text/csv,text/xml,application/xml"}
        ),
    )
