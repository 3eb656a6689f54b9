"""The component tags: they render, escape, and tie labels to fields."""

from decimal import Decimal

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from livinglab.kernel import numbers
from livinglab.kernel.plots import goal_bar, percent_of, span, stacked
from livinglab.kernel.widgets import LongSelect


def render(source: str, **values: object) -> str:
    return Template(source).render(Context(values))


class Form(forms.Form):
    name = forms.CharField(label="Name", help_text="As on the door")
    note = forms.CharField(label="Note", required=False)


def test_a_card_escapes_what_people_wrote():
    text = render("{% card title=words %}<p>inside</p>{% endcard %}", words="<b>x</b>")
    assert "&lt;b&gt;x&lt;/b&gt;" in text
    assert "<p>inside</p>" in text


def test_a_field_is_tied_to_its_label_hint_and_error():
    form = Form({"name": ""})
    text = render("{% field form.name %}", form=form)
    assert 'for="id_name"' in text
    assert 'aria-describedby="id_name-hint id_name-error"' in text
    assert 'aria-invalid="true"' in text
    assert 'id="id_name-error"' in text


def test_a_field_that_may_stay_empty_says_so():
    with translation.override("ko"):
        assert "(선택)" in render("{% field form.note %}", form=Form())


def test_an_island_carries_its_facts_beside_it():
    text = render(
        '{% island "usage-chart" facts id="f" %}<p>words</p>{% endisland %}',
        facts={"days": ["</script>"]},
    )
    assert 'data-island="usage-chart"' in text
    assert 'id="f"' in text
    assert '</script>"]' not in text


@pytest.mark.parametrize(
    ("value", "words"),
    [(8400, "8,400원"), (-3100, "−3,100원"), (0, "0원"), (None, "–")],
)
def test_won_are_read_as_people_read_them(value, words):
    with translation.override("ko"):
        assert numbers.won(value) == words


def test_a_missing_number_is_a_dash_and_never_a_zero():
    assert numbers.kwh(None) == numbers.percent(None) == numbers.plain(None) == "–"


def test_kwh_and_percent_are_rounded_half_up():
    assert numbers.kwh(Decimal("412.5")) == "413 kWh"
    assert numbers.percent(0.125) == "13 %"
    assert numbers.measure(-12.4, "%") == "−12.4 %"


def test_a_period_is_named_in_the_readers_language():
    with translation.override("ko"):
        assert numbers.period("2026-11") == "2026년 11월"
        assert numbers.period("2026") == "2026년"
    with translation.override("en"):
        assert numbers.period("2026-11") == "November 2026"


def test_a_goal_bar_runs_from_baseline_to_target_whichever_way_is_better():
    down = goal_bar(0, -20, -10)
    up = goal_bar(0, 20, 10)
    assert down == up
    assert down.zero == 0
    assert down.fill.x == 0
    assert down.fill.width == pytest.approx(down.target / 2, abs=0.01)


def test_a_goal_bar_makes_room_for_a_value_before_the_baseline():
    bar = goal_bar(0, 20, -10, low=-15, high=-5)
    assert bar.zero > 0
    assert bar.fill.end == pytest.approx(bar.zero)
    assert bar.band is not None
    assert bar.band.x >= 0


def test_positions_stay_inside_the_plot():
    assert percent_of(-5, 0, 10) == 0
    assert percent_of(50, 0, 10) == 100
    assert span(8, 2, 0, 10) == span(2, 8, 0, 10)


def test_parts_of_a_whole_fill_it():
    parts = stacked([1, 1, 2])
    assert [part.x for part in parts] == [0, 25, 50]
    assert parts[-1].end == 100
    assert [part.width for part in stacked([0, 0])] == [0, 0]


def test_numbers_follow_the_readers_own_signs():
    with translation.override("de"):
        assert numbers.plain(1234567.5, 1) == "1.234.567,5"


def test_a_long_select_marks_the_chosen_and_escapes_names():
    choices = [("", "---"), ("시흥시", [(1, "정왕1동"), (2, "<b>대야동</b>")])]
    html = LongSelect(choices=choices).render("place", 1, {"id": "id_place"})
    assert '<option value="1" selected>정왕1동</option>' in html
    assert "&lt;b&gt;" in html
    assert 'id="id_place"' in html


def test_a_form_speaks_in_our_voice():
    with translation.override("ko"):
        assert str(Form({"name": ""}).errors["name"][0]) == "꼭 필요한 칸이에요."
