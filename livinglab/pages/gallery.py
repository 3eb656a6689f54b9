"""What stands on the living page of components: one entry each, with every state.

To add a component: its template in templates/components/, its style sheet in
frontend/src/styles/components/, a line here and its states in
templates/pages/ui/<name>.html. A test keeps the three together.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message

from livinglab.kernel.cards import Task
from livinglab.kernel.faults import FAULTS
from livinglab.kernel.plots import Bar, StackPart, goal_bar, stacked
from livinglab.pages.programme import Line, Said

LONG = "아주길고도긴이름을가진동네의주민센터와도서관그리고체육관앞마당"


@dataclass(frozen=True)
class Entry:
    """A component by the name of its style sheet, and the templates it draws."""

    name: str
    templates: tuple[str, ...] = ()

    @property
    def page(self) -> str:
        return f"pages/ui/{self.name}.html"


ENTRIES = [
    Entry("button", ("button",)),
    Entry("field", ("field", "form_errors")),
    Entry("choice"),
    Entry("toggle"),
    Entry("card", ("card",)),
    Entry("alert", ("alert", "messages", "refusal")),
    Entry("empty", ("empty", "fault")),
    Entry("tag", ("tag",)),
    Entry("links", ("link_row",)),
    Entry("chips"),
    Entry("back"),
    Entry("search"),
    Entry("disclosure", ("disclosure",)),
    Entry("facts"),
    Entry("table"),
    Entry("timeline", ("timeline",)),
    Entry("stepper", ("stepper",)),
    Entry("progress", ("progress",)),
    Entry("figure"),
    Entry("goal-bar", ("goal_bar",)),
    Entry("goal"),
    Entry("key", ("key_bar", "key_dash", "key_goal", "key_mark")),
    Entry("stack-bar", ("stack_bar",)),
    Entry("bars", ("bars",)),
    Entry("share"),
    Entry("spread"),
    Entry("ladder"),
    Entry("chart"),
    Entry("members"),
    Entry("code"),
    Entry("icon"),
    Entry("welcome"),
    Entry("menu"),
    Entry("header"),
    Entry("tabs"),
    Entry("footer"),
    Entry("ask"),
    Entry("photos"),
    Entry("cover"),
    Entry("map"),
    Entry("outbox"),
    Entry("phone"),
    Entry("issue"),
    Entry("report"),
]


class SampleForm(forms.Form):
    """Every kind of field there is."""

    name = forms.CharField(label="이름", help_text="문 앞에 적힌 대로")
    note = forms.CharField(label="메모", required=False)
    code = forms.CharField(label="코드", initial="AB12-CD34")
    kwh = forms.DecimalField(label="계량기 숫자", initial="12345.6")
    dong = forms.ChoiceField(label="동네", choices=[("1", "정왕1동"), ("2", LONG)])
    words = forms.CharField(label="하고 싶은 말", widget=forms.Textarea, required=False)
    heating = forms.ChoiceField(
        label="난방",
        choices=[("gas", "도시가스"), ("district", "지역난방"), ("other", LONG)],
        widget=forms.RadioSelect,
        help_text="하나만 골라 주세요",
    )
    agreed = forms.BooleanField(label="동의해요", help_text="언제든 거둘 수 있어요")
    file = forms.FileField(label="파일", required=False)
    gone = forms.CharField(label="바꿀 수 없는 값", disabled=True, initial="2026-11-23")


def sample_facts() -> dict[str, Any]:
    """Invented values for every example."""
    wrong = SampleForm({"name": "", "heating": "coal", "kwh": "많이"}, prefix="wrong")
    wrong.add_error(None, "두 값이 서로 맞지 않아요.")
    return {
        "long": LONG,
        "form": SampleForm(prefix="ok"),
        "wrong": wrong,
        "fault": FAULTS["conflict"],
        "waiting": [
            Message(constants.SUCCESS, "저장했어요."),
            Message(constants.ERROR, "저장하지 못했어요. 쓴 글은 그대로 있어요."),
        ],
        "bars": {
            "on the way": goal_bar(0, -20, -12, low=-9, high=-15, mark=-8),
            "beyond": goal_bar(0, -10, -14, low=-11, high=-17),
            "away": goal_bar(0, -20, 5, low=1, high=9),
        },
        "parts": tuple(_parts()),
        "bar_rows": (
            Bar("안심1동", "92 % · 37", 0.92),
            Bar(LONG, "8 % · 1,204", 0.08),
            Bar("혁신동", "–", None),
        ),
        "names": ["방법", "동네", "동의"],
        "steps": [
            Line(Said("주민을 모집했어요.", "Recruited."), when="2026-03"),
            Line(Said(LONG, LONG), when="2026-05"),
            Line(Said("결과를 재요.", "Measuring."), when="2026"),
        ],
        "task": Task("계량기를 읽어 주세요", "#", "우리집", "gauge"),
    }


def _parts() -> Iterator[StackPart]:
    inner = [("국토교통부", 453), ("과학기술정보통신부", 390)]
    outer = [("국비", 843, inner), ("민간", 267, []), ("지방비", 49, [])]
    places = stacked([eok for _name, eok, _inner in outer])
    for (name, eok, within), span in zip(outer, places, strict=True):
        spans = stacked([part for _name, part in within])
        yield StackPart(
            name,
            f"{eok}억 원",
            eok / 1159,
            span,
            tuple(
                StackPart(label, f"{part}억 원", part / 1159, place)
                for (label, part), place in zip(within, spans, strict=True)
            ),
        )
