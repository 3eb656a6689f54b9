"""The seeded cities: complete, believable, and safe to seed again."""

import re
from collections import Counter

import pytest
from django.conf import settings

from livinglab.places.models import City, District, Neighbourhood
from livinglab.places.seeding import seed_places

GU_COUNTS = {
    "중구": 12,
    "동구": 22,
    "서구": 17,
    "남구": 13,
    "북구": 23,
    "수성구": 23,
    "달서구": 23,
    "달성군": 9,
    "군위군": 8,
}


def test_siheung_has_20_dongs_and_daegu_150_in_9_gu_and_gun(seeded: str) -> None:
    assert Neighbourhood.objects.filter(city__code="siheung").count() == 20
    counts = Counter(
        Neighbourhood.objects.filter(city__code="daegu").values_list(
            "district__name_ko", flat=True
        )
    )
    assert counts == GU_COUNTS
    assert District.objects.count() == 9


def test_codes_are_ten_digits_but_for_the_one_marked_provisional(seeded: str) -> None:
    odd = [
        (place.name_ko, place.code_is_provisional)
        for place in Neighbourhood.objects.all()
        if not re.fullmatch(r"\d{10}", place.code)
    ]
    assert odd == [("거북섬동", True)]
    assert Neighbourhood.objects.filter(code_is_provisional=True).count() == 1


def test_every_code_begins_as_its_city_and_district_say(seeded: str) -> None:
    for place in Neighbourhood.objects.select_related("city", "district"):
        assert place.code.startswith(tuple(place.city.code_prefixes))
        if place.district:
            assert place.code.startswith(place.district.code)


@pytest.mark.parametrize(
    ("code", "english"),
    [
        ("4139058200", "Wolgot-dong"),
        ("4139059600", "Baegot 1-dong"),
        ("2717062000", "Pyeongni 1-dong"),
        ("2729059000", "Bolli-dong"),
        ("2726057000", "Suseong 1-ga-dong"),
        ("2772037000", "Samgungnyusa-myeon"),
        ("2714062000", "Bullo-Bongmu-dong"),
        ("2771031000", "Gachang-myeon"),
    ],
)
def test_english_names_follow_revised_romanisation(
    seeded: str, code: str, english: str
) -> None:
    assert Neighbourhood.objects.get(code=code).name_en == english


def test_coastal_siheung_uses_incheon_and_the_east_suwon(seeded: str) -> None:
    station = dict(Neighbourhood.objects.values_list("name_ko", "station_number"))
    assert station["월곶동"] == station["배곧1동"] == station["거북섬동"] == 112
    assert station["목감동"] == station["과림동"] == 119
    assert station["안심3동"] == station["군위읍"] == 143


def test_a_split_neighbourhood_knows_where_it_came_from(seeded: str) -> None:
    yucheon = Neighbourhood.objects.get(name_ko="유천동")
    names = set(yucheon.predecessors.values_list("name_ko", flat=True))
    assert names == {"월성1동", "진천동"}
    assert yucheon.centre_is_estimate


def test_seeding_twice_gives_the_same_rows(seeded: str) -> None:
    def rows() -> list[object]:
        return [
            *City.objects.values_list(),
            *Neighbourhood.objects.order_by("pk").values_list(),
            *Neighbourhood.predecessors.through.objects.values_list(),
        ]

    before = rows()
    assert seed_places(settings.SEEDS_DIR) == "2 cities, 170 neighbourhoods"
    assert rows() == before


def test_a_search_finds_dotted_names_however_they_are_typed(seeded: str) -> None:
    for typed in ("신천1.2동", "신천1,2동", "신천1·2동", "Sincheon 1·2"):
        found = Neighbourhood.objects.named_like(typed)
        assert [place.code for place in found] == ["2714055500"]
    assert Neighbourhood.objects.named_like("수성구").count() == 23
