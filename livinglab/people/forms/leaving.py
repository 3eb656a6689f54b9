"""What becomes of things others share, asked of whoever leaves."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from livinglab.kernel.personal_data import Question


class LeaveForm(forms.Form):
    """One choice for each question the apps have, and the yes to it all."""

    understood = forms.BooleanField(
        label=_("I have read what happens."),
        error_messages={"required": _("Please read what happens and say so here.")},
    )

    def __init__(self, *args: Any, questions: list[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        asked = {
            question.key: forms.ChoiceField(
                label=question.words,
                choices=question.options,
                initial=question.usual,
                widget=forms.RadioSelect,
            )
            for question in questions
        }
        self.fields = {**asked, **self.fields}

    def answers(self) -> dict[str, str]:
        return {one.key: self.cleaned_data[one.key] for one in self.questions}
