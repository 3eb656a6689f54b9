"""Answers to extra questions, by kind."""

import pytest

from livinglab.issues.answers import Asked, Wrong, check

SIZE = Asked("size", "singlevaluelist", is_required=True, keys=frozenset({"S", "L"}))
WHO = Asked("who", "multivaluelist", keys=frozenset({"wheelchair", "pram"}))


@pytest.mark.parametrize(
    ("datatype", "said", "problem"),
    [
        ("string", "한 줄", None),
        ("string", "두\n줄", Wrong.SEVERAL_LINES),
        ("string", "가" * 201, Wrong.TOO_LONG),
        ("text", "두\n줄", None),
        ("number", "3.5", None),
        ("number", "1,200", None),
        ("number", "세 개", Wrong.NO_NUMBER),
        ("number", "NaN", Wrong.NO_NUMBER),
        ("datetime", "2026-11-22T09:00:00+09:00", None),
        ("datetime", "2026-11-22T00:00:00Z", None),
        ("datetime", "2026-11-22T09:00:00", Wrong.NO_DATE),
        ("datetime", "2026-13-22T09:00:00Z", Wrong.NO_DATE),
    ],
)
def test_an_answer_is_held_against_its_kind(datatype, said, problem):
    checked = check([Asked("q", datatype)], {"q": [said]})
    assert checked.wrong.get("q") == problem
    assert ("q" in checked.answers) == (problem is None)


def test_a_list_takes_only_what_is_on_it():
    assert check([SIZE], {"size": ["M"]}).wrong == {"size": Wrong.NOT_IN_LIST}
    assert check([SIZE], {"size": ["S", "L"]}).wrong == {"size": Wrong.NOT_IN_LIST}
    assert check([SIZE], {"size": ["S"]}).answers == {"size": "S"}


def test_several_choices_are_kept_once_each_and_in_order():
    checked = check([WHO], {"who": ["wheelchair", "pram", "pram"]})
    assert checked.answers == {"who": ["pram", "wheelchair"]}


def test_an_empty_answer_is_none():
    assert check([SIZE, WHO], {"size": [" "], "who": []}).wrong == {
        "size": Wrong.MISSING
    }


def test_what_was_not_asked_is_refused():
    assert check([], {"x": ["1"]}).wrong == {"x": Wrong.UNKNOWN}
