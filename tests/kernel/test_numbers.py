"""Numbers, money, energy and days as each language writes them."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from livinglab.kernel import numbers

WRITTEN = [
    # what, Korean, English
    (lambda: numbers.won(8400), "8,400원", "8,400 won"),
    (lambda: numbers.won(-1_234_567), "−1,234,567원", "−1,234,567 won"),
    (lambda: numbers.won(0), "0원", "0 won"),
    (lambda: numbers.won(None), "–", "–"),
    (lambda: numbers.kwh(412.34), "412 kWh", "412 kWh"),
    (lambda: numbers.kwh(Decimal("12345.65"), 1), "12,345.7 kWh", "12,345.7 kWh"),
    (lambda: numbers.kwh(None), "–", "–"),
    (lambda: numbers.percent(-0.1234), "−12 %", "−12 %"),
    (lambda: numbers.percent(0.125, 1), "12.5 %", "12.5 %"),
    (lambda: numbers.plain(0.5), "1", "1"),
    (lambda: numbers.plain(-0.2), "0", "0"),
    (lambda: numbers.period("2026-11"), "2026년 11월", "November 2026"),
    (lambda: numbers.period("2026"), "2026년", "2026 (whole year)"),
]


@pytest.mark.parametrize(("what", "korean", "english"), WRITTEN)
def test_a_number_is_written_as_its_language_does(what, korean, english):
    for language, wanted in {"ko": korean, "en": english}.items():
        with translation.override(language):
            assert what() == wanted


def test_a_moment_is_told_in_local_time():
    when = datetime(2026, 11, 22, 23, 17, tzinfo=UTC)
    with translation.override("ko"):
        assert numbers.moment(when) == "2026년 11월 23일 08:17"
    with translation.override("en"):
        assert numbers.moment(when) == "Nov. 23, 2026 08:17"


def test_another_languages_signs_are_used_when_it_comes():
    with translation.override("de"):
        assert numbers.plain(Decimal("1234567.5"), 1) == "1.234.567,5"
