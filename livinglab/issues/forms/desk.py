"""What a coordinator fills in for a step of a report; the service decides."""

from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from livinglab.issues.models import (
    AnswerTemplate,
    Appeal,
    Category,
    Change,
    Department,
    Issue,
    Outcome,
)
from livinglab.issues.selectors.answers_ready import words_ready
from livinglab.issues.selectors.desk import colleagues, desk_of
from livinglab.issues.services import answering, appeals, merging
from livinglab.issues.services.blanking import blank_word, show_word
from livinglab.issues.services.outcomes import note_outcome
from livinglab.issues.states import ANSWERS, NEEDS_WORDS, State
from livinglab.issues.work_days import LONGEST_PROMISE
from livinglab.people.models import Person

LONG = {"rows": 5}


class StepForm(forms.Form):
    """One verb. `issue` stays empty where it is taken for several at once."""

    title: ClassVar[Any] = ""
    send: ClassVar[Any] = _("Send")
    is_told = True  # followers read its words

    def __init__(
        self, *args: Any, city: int, issue: Issue | None = None, **kwargs: Any
    ) -> None:
        self.city, self.issue = city, issue
        super().__init__(*args, **kwargs)

    def take(self, issue: Issue, *, seen: int | None, by: Person) -> Any:
        """Ask the service; it may refuse."""
        raise NotImplementedError


def words_field(
    label: Any = None, *, required: bool = True, empty: Any = None
) -> forms.CharField:
    return forms.CharField(
        label=label or _("Words for those who follow it"),
        max_length=2000,
        required=required,
        error_messages={"required": empty or _("Please write what people are told.")},
        widget=forms.Textarea(LONG),
    )


class AnswerForm(StepForm):
    state = forms.ChoiceField(
        label=_("state"), choices=[(s, Issue.Status(s).label) for s in ANSWERS]
    )
    template = forms.ModelChoiceField(
        AnswerTemplate.objects.none(), label=_("Words to start from"), required=False
    )
    words = words_field(required=False)
    title = _("Answer")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["template"].queryset = AnswerTemplate.objects.filter(  # type: ignore[attr-defined]
            city=self.city, state__in=ANSWERS
        )
        # Of several reports at once, ready words may stand in for written ones.
        if self.issue and self["state"].value() in NEEDS_WORDS:
            self.fields["words"].required = True

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        has_words = facts.get("words", "").strip() or facts.get("template")
        state = facts.get("state")
        if state and State(state) in NEEDS_WORDS and not has_words:
            self.add_error("words", _("Please write what people are told."))
        return facts

    def said(self, issue: Issue) -> str:
        """What was written, or else the words to start from, in its language."""
        written: str = self.cleaned_data["words"]
        ready = self.cleaned_data["template"]
        if written.strip() or ready is None:
            return written
        return words_ready(ready, issue)

    def take(self, issue: Issue, *, seen: int | None, by: Person) -> Any:
        state, words = self.cleaned_data["state"], self.said(issue)
        return answering.answer_issue(issue, state, words=words, seen=seen, by=by)


class UpdateForm(StepForm):
    words = words_field()
    title = _("Say what is new")

    def take(self, issue: Issue, *, seen: int | None, by: Person) -> Any:
        words = self.cleaned_data["words"]
        return answering.add_update(issue, words, seen=seen, by=by)


class ReopenForm(StepForm):
    words = words_field()
    title = _("Open it again")

    def take(self, issue: Issue, *, seen: int | None, by: Person) -> Any:
        words = self.cleaned_data["words"]
        return answering.reopen_issue(issue, words, seen=seen, by=by)


class UnmergeForm(ReopenForm):
    title = _("Undo the joining")

    def take(self, issue: Issue, *, seen: int | None, by: Person) -> Any:
        return merging.undo_merge(issue, self.cleaned_data["words"], seen=seen, by=by)


class RouteForm(StepForm):
    department = forms.ModelChoiceField(
        Department.objects.none(), label=_("department")
    )
    words = words_field(required=False)
    title = _("Send to a department")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Department.objects.filter(city=self.city)
        if self.issue:
            others = others.exclude(pk=self.issue.department_id)
        self.fields["department"].queryset = others  # type: ignore[attr-defined]

    def take(self, issue: Issue, *, seen: int | None, by: Person) -> Any:
        facts = self.cleaned_data
        return answering.route_issue(
            issue, facts["department"], words=facts["words"], seen=seen, by=by
        )


class SortForm(StepForm):
    category = forms.ModelChoiceField(Category.objects.none(), label=_("category"))
    title = _("Another kind")
    send = _("Save")
    is_told = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = Category.objects.filter(city=self.city, notice_ko="")
        self.fields["category"].queryset = kinds  # type: ignore[attr-defined]

    def take(self, issue: Issue, *, seen: int | None, by: Person) -> Any:
        return answering.sort_anew(
            issue, self.cleaned_data["category"], seen=seen, by=by
        )


class ExtendForm(StepForm):
    due_on = forms.DateField(
        label=_("new promised day"), widget=forms.DateInput({"type": "date"})
    )
    words = words_field(_("Why it takes longer"))
    title = _("Promise a later day")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.fields["due_on"].widget.attrs |= {
            "min": today.isoformat(),
            "max": (today + LONGEST_PROMISE).isoformat(),
        }

    def take(self, issue: Issue, *, seen: int | None, by: Person) -> Any:
        facts = self.cleaned_data
        return answering.extend_promise(
            issue, facts["due_on"], facts["words"], seen=seen, by=by
        )


class AssignForm(StepForm):
    assignee = forms.ModelChoiceField(
        Person.objects.none(),
        label=_("who deals with it"),
        required=False,
        empty_label=_("nobody"),
    )
    title = _("Give to a colleague")
    send = _("Save")
    is_told = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        example = self.issue or Issue(city_id=self.city)
        self.fields["assignee"].queryset = colleagues(example)  # type: ignore[attr-defined]

    def take(self, issue: Issue, *, seen: int | None, by: Person) -> Any:
        return answering.assign_issue(
            issue, self.cleaned_data["assignee"], seen=seen, by=by
        )


class NoteForm(StepForm):
    words = words_field(_("Note among colleagues"), empty=_("The note is empty."))
    title = _("internal note")
    send = _("Save the note")
    is_told = False

    def take(self, issue: Issue, *, seen: int | None, by: Person) -> Any:
        return answering.note_internally(issue, self.cleaned_data["words"], by=by)


class MergeForm(StepForm):
    original = forms.IntegerField(
        label=_("number of the report that stays open"), min_value=1
    )
    words = words_field(required=False)
    title = _("Join with another report")

    def take(self, issue: Issue, *, seen: int | None, by: Person) -> Any:
        """Numbers of other cities and departments are as unknown as any."""
        facts = self.cleaned_data
        if self.issue is None and facts["original"] == issue.pk:
            return None  # chosen with its copies, it is the one that stays
        original = desk_of(by).filter(pk=facts["original"]).first()
        merged = merging.merge_issue
        return merged(issue, original or issue, words=facts["words"], seen=seen, by=by)


class HideForm(StepForm):
    hidden = forms.ChoiceField(
        label=_("why it is hidden"),
        choices=[
            (value, label)
            for value, label in Issue.Hidden.choices
            if value not in ("", Issue.Hidden.SUSPECTED)
        ],
    )
    words = words_field(_("What its author is told"))
    title = _("Hide")
    send = _("Hide")

    def take(self, issue: Issue, *, seen: int | None, by: Person) -> Any:
        facts = self.cleaned_data
        return answering.hide_issue(
            issue, facts["hidden"], words=facts["words"], seen=seen, by=by
        )


class WordForm(StepForm):
    """About a resident's text; `quoted` is what it says."""

    word = forms.IntegerField(min_value=1, widget=forms.HiddenInput())
    is_told = False

    @property
    def quoted(self) -> str:
        change = self._change()
        return change.words or change.blanked_words if change else ""

    def _change(self) -> Change | None:
        """Changes of other reports are as unknown as any."""
        said = str(self["word"].value() or "")
        if self.issue is None or not (said.isdecimal() and len(said) < 16):
            return None
        return self.issue.changes.filter(pk=int(said), by_city=False).first()


class BlankForm(WordForm):
    words = forms.CharField(
        label=_("Why: its author is told"),
        max_length=500,
        widget=forms.Textarea(LONG),
        error_messages={"required": _("Please write what people are told.")},
    )
    title = _("Take a text out of sight")
    send = _("Take it out of sight")

    def take(self, issue: Issue, *, seen: int | None, by: Person) -> Any:
        return blank_word(
            issue, self._change(), self.cleaned_data["words"], seen=seen, by=by
        )


class UnblankForm(WordForm):
    title = _("Show a text again")
    send = _("Show again")

    def take(self, issue: Issue, *, seen: int | None, by: Person) -> Any:
        return show_word(issue, self._change(), seen=seen, by=by)


class ShowForm(StepForm):
    title = _("Publish it")
    send = _("Publish it")
    is_told = False

    def take(self, issue: Issue, *, seen: int | None, by: Person) -> Any:
        return answering.show_issue(issue, seen=seen, by=by)


class AppealForm(StepForm):
    appeal = forms.IntegerField(min_value=1, widget=forms.HiddenInput())
    decision = forms.ChoiceField(
        label=_("decision"), choices=Appeal.Decision.choices[1:]
    )
    words = words_field(_("What its author is told"), required=False)
    title = _("objection")
    is_told = False

    def take(self, issue: Issue, *, seen: int | None, by: Person) -> Any:
        facts = self.cleaned_data
        return appeals.decide_appeal(
            appeals.appeal_of(issue, facts["appeal"]),
            facts["decision"],
            words=facts["words"],
            seen=seen,
            by=by,
        )


class OutcomeForm(StepForm):
    """A project took it up, or an effect was measured: the first reporter is told."""

    what = forms.ChoiceField(label=_("what"), choices=Outcome.What.choices)
    title_ko = forms.CharField(label=_("in one line, in Korean"), max_length=120)
    title_en = forms.CharField(
        label=_("in one line, in English"), max_length=160, required=False
    )
    url = forms.CharField(
        label=_("page of this site"), max_length=240, initial="/goals/"
    )
    title = _("What grew out of it")
    send = _("Save")
    is_told = False

    def take(self, issue: Issue, *, seen: int | None, by: Person) -> Any:
        facts = self.cleaned_data
        return note_outcome(
            issue,
            facts["what"],
            title_ko=facts["title_ko"],
            title_en=facts["title_en"],
            url=facts["url"],
            by=by,
        )


STEPS: dict[str, type[StepForm]] = {
    "answer": AnswerForm,
    "update": UpdateForm,
    "reopen": ReopenForm,
    "unmerge": UnmergeForm,
    "route": RouteForm,
    "sort": SortForm,
    "extend": ExtendForm,
    "assign": AssignForm,
    "note": NoteForm,
    "merge": MergeForm,
    "hide": HideForm,
    "blank": BlankForm,
    "unblank": UnblankForm,
    "show": ShowForm,
    "appeal": AppealForm,
    "outcome": OutcomeForm,
}
