"""Forms of a city's catalogue: lists are typed a line each."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from livinglab.issues.services.catalogue import check_row
from livinglab.kernel.errors import Refused

PARTS = 3  # key | Korean | English


class LinesField(forms.CharField):
    """A list of words, one a line."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        lines = value if isinstance(value, list) else (value or "").splitlines()
        return list(dict.fromkeys(line.strip() for line in lines if line.strip()))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.to_python(initial) != self.to_python(data))


class ChoicesField(forms.CharField):
    """What may be chosen: key | Korean | English, one a line."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        rows = ([one["key"], one["ko"], one.get("en", "")] for one in value)
        return "\n".join(" | ".join(row) for row in rows)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, list):
            return value
        rows = [
            [part.strip() for part in line.split("|")]
            for line in (value or "").splitlines()
            if line.strip()
        ]
        if any(len(row) != PARTS or not row[0] or not row[1] for row in rows):
            raise forms.ValidationError(
                _("Please write each line as: key | Korean | English")
            )
        if len({row[0] for row in rows}) != len(rows):
            raise forms.ValidationError(_("Each key may stand here once."))
        return [{"key": row[0], "ko": row[1], "en": row[2]} for row in rows]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.prepare_value(initial) != data)


class CatalogueForm(forms.ModelForm):  # type: ignore[type-arg]
    """Says what the service would refuse beside the form, not after it."""

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if self.errors:
            return
        try:
            check_row(self.instance)
        except Refused as refusal:
            self.add_error(None, str(refusal))


class CategoryForm(CatalogueForm):
    synonyms = LinesField(
        label=_("words people use for it"),
        required=False,
        help_text=_("One a line, Korean and English, as people type them."),
    )


class RuleForm(CatalogueForm):
    words = LinesField(
        label=_("any of these words in the text"),
        required=False,
        help_text=_("One a line; empty: whatever the words are."),
    )

    @property
    def is_trial(self) -> bool:
        return "_try" in self.data

    def is_valid(self) -> bool:
        """A rule that is only tried is not stored, and comes back as it was typed."""
        return super().is_valid() and not self.is_trial


class QuestionForm(CatalogueForm):
    choices = ChoicesField(
        label=_("list to choose from"),
        required=False,
        help_text=_("key | Korean | English, one a line"),
    )
