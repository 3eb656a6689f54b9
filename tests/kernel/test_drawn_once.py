"""What is kept of a drawing: the same words for the same values, never another's."""

import pytest
from django.core.checks import run_checks
from django.template import engines
from django.utils import translation
from django.utils.safestring import SafeString

from livinglab.kernel.drawn import around, component


def drawn(source: str, **values: object) -> str:
    return engines["django"].from_string(source).render(values)


def test_a_sentence_is_said_in_the_language_of_each_look() -> None:
    template = engines["django"].from_string(
        '{% load i18n %}{% translate "Goals" %}|{% translate "Home" context "tab" %}'
        '{% translate "Goals" as said %}|{{ said }}'
    )
    for _look in range(2):
        with translation.override("ko"):
            assert template.render() == "목표|홈|목표"
        with translation.override("en"):
            assert template.render() == "Goals|Home|Goals"


def test_a_sentence_from_a_value_is_looked_up_each_time() -> None:
    template = engines["django"].from_string(
        "{% load i18n %}{% translate what %}|{% translate what|lower %}"
    )
    with translation.override("ko"):
        assert template.render({"what": "Goals"}).startswith("목표|")
        assert template.render({"what": "Energy"}).startswith("에너지|")


def test_the_only_library_that_stands_in_for_another_is_that_of_words() -> None:
    pairs = [one.msg for one in run_checks() if one.id == "templates.W003"]
    assert len(pairs) == 1
    assert "livinglab.kernel.templatetags.i18n" in pairs[0]


def test_an_address_with_a_value_is_another_for_another_value() -> None:
    template = engines["django"].from_string(
        '{% url "goals:goal" code %}|{% url "goals:list" %}'
    )
    assert template.render({"code": "SH-1"}) == "/goals/SH-1/|/goals/"
    assert template.render({"code": "SH-2"}) == "/goals/SH-2/|/goals/"


def test_text_is_escaped_also_where_the_same_html_was_drawn_before() -> None:
    text = "<b>bold</b>"
    assert text in component("tag", {"text": SafeString(text)})
    assert text not in component("tag", {"text": text})
    assert "&lt;b&gt;" in component("tag", {"text": text})


def test_one_and_true_are_two_values() -> None:
    assert ">1<" in component("tag", {"text": 1})
    assert ">True<" in component("tag", {"text": True})


@pytest.mark.parametrize("inner", ["<p>one</p>", "<p>two</p>"])
def test_what_stands_inside_is_always_the_present(inner: str) -> None:
    html = around("card", SafeString(inner), {"title": "A title", "level": 2})
    assert inner in html
    assert html.count("<p>") == 1


def test_text_inside_is_escaped() -> None:
    assert "&lt;i&gt;" in around("alert", "<i>", {"kind": "info"})


def test_a_component_follows_the_language() -> None:
    values = {"label": "x", "id": "x", "its": "x", "is_optional": True}
    with translation.override("ko"):
        assert "선택" in around("field", SafeString("<input>"), values)
    with translation.override("en"):
        assert "optional" in around("field", SafeString("<input>"), values)
