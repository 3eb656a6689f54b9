"""What people type and the name they mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livinglab.kernel.spelling import BEGINS, BESIDE, SOUNDS_ALIKE, STANDS_IN, Words

JEONGWANG = ("정왕1동", "Jeongwang 1-dong")
SIHEUNG = ("시흥시", "Siheung")


def fit(typed, *names, around=()):
    return Words.of(typed).fit(*(names or JEONGWANG), around=around)


@pytest.mark.parametrize(
    "typed", ["정왕", "정왕1", "정왕 1동", "저", "정ㅇ", "ㅈㅇ", "ㅈㅇ1", "jeongwang"]
)
def test_the_beginning_of_a_name_fits_best(typed):
    assert fit(typed) == BEGINS


@pytest.mark.parametrize("typed", ["1동", "왕", "wang"])
def test_the_middle_of_a_name_fits_next(typed):
    assert fit(typed) == STANDS_IN


def test_the_city_around_fits_after_the_name_itself():
    assert fit("시흥", around=SIHEUNG) == BESIDE
    assert fit("시흥 정왕", around=SIHEUNG) == BEGINS


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("Chongwang", JEONGWANG),
        ("Chŏngwang 1", JEONGWANG),
        ("Shihung", SIHEUNG),
        ("Taegu", ("대구광역시", "Daegu")),
        ("Anshim", ("안심3동", "Ansim 3-dong")),
        ("Pulro", ("불로·봉무동", "Bullo-Bongmu-dong")),
    ],
)
def test_an_old_spelling_is_heard(typed, names):
    assert fit(typed, *names) == SOUNDS_ALIKE


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("신천1.2동", "신천1·2동"),
        ("신천1,2동", "신천1·2동"),
        ("신천12동", "신천1·2동"),
        ("정왕제1동", "정왕1동"),
        ("대구시", "대구광역시"),
        ("대구직할시", "대구광역시"),
    ],
)
def test_old_and_careless_forms_mean_the_same(typed, name):
    assert fit(typed, name) == BEGINS


@pytest.mark.parametrize("typed", ["", "  ", "왕정", "정왕9동", "zz", "(", "%", "…"])
def test_what_does_not_fit_is_not_found(typed):
    assert fit(typed) is None


def test_first_consonants_begin_words_and_never_stand_inside():
    assert fit("ㅂㅁ", "불로·봉무동") == BEGINS
    assert fit("ㄹㅂ", "불로·봉무동") is None


def test_two_latin_letters_are_not_guessed_by_sound():
    assert fit("ch") is None


def test_a_name_in_one_language_only_is_enough():
    assert fit("정왕", "정왕1동", "") == BEGINS
    assert fit("jeong", "정왕1동", "") is None


@given(st.text(max_size=80))
def test_nothing_anybody_types_breaks_it(typed):
    words = Words.of(typed)
    assert len(words.text) <= 60
    words.fit(*JEONGWANG, around=SIHEUNG)
