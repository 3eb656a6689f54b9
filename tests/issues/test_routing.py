"""Rules that send reports to departments."""

import pytest

from livinglab.issues.routing import Routed, Rule, department_of
from livinglab.issues.suspicion import looks_like_spam

REPORT = Routed(category=1, neighbourhood=10, words="가로등이 깜빡여요", hour=23)


@pytest.mark.parametrize(
    ("rule", "fits"),
    [
        (Rule(9), True),
        (Rule(9, category=1), True),
        (Rule(9, category=2), False),
        (Rule(9, neighbourhood=10), True),
        (Rule(9, neighbourhood=11), False),
        (Rule(9, words=("신호등", "가로등")), True),
        (Rule(9, words=("신호등",)), False),
        (Rule(9, hours=(9, 18)), False),
        (Rule(9, hours=(22, 6)), True),
        (Rule(9, hours=(18, 24)), True),
        (Rule(9, category=1, hours=(9, 18)), False),
    ],
)
def test_a_rule_fits_when_each_of_its_conditions_does(rule, fits):
    assert rule.fits(REPORT) is fits


def test_the_first_rule_that_fits_wins_and_without_one_the_usual_department():
    rules = [Rule(7, category=2), Rule(8), Rule(9)]
    assert department_of(REPORT, rules, usual=1) == 8
    assert department_of(REPORT, [Rule(7, category=2)], usual=1) == 1


@pytest.mark.parametrize(
    ("words", "most_links", "suspect"),
    [
        ("보도블록이 들떠서 유아차가 걸려요", 0, False),
        ("사진은 https://example.org/1 에 있어요", 1, False),
        ("사진은 https://example.org/1 에 있어요", 0, True),
        ("www.a.com www.b.com", 1, True),
        ("무료 카지노 이벤트", 1, True),
        ("신호등 3.5초 만에 바뀌어요. 너무 짧아요.", 0, False),
    ],
)
def test_only_what_looks_like_advertising_is_held_back(words, most_links, suspect):
    assert looks_like_spam(words, most_links=most_links) is suspect
