"""Two cities that take reports of other software."""

import pytest

from livinglab.interop.models import Jurisdiction
from livinglab.interop.services.keys import give_key
from tests import make
from tests.issues import world


@pytest.fixture(scope="module")
def cities_once(kept_rows: None) -> None:
    """Two jurisdictions in one house; Siheung with questions about odour."""
    make.neighbourhood()
    make.neighbourhood("2714074200")
    for code in ("siheung", "daegu"):
        Jurisdiction.objects.create(code=f"{code}.go.kr", city=make.city(code))
    of = world.category("odour", name_ko="냄새")
    lists = [{"key": "S", "ko": "약함", "en": "Weak"}, {"key": "L", "ko": "심함"}]
    world.question(of, "STRENGTH", "singlevaluelist", is_required=True, choices=lists)
    world.question(of, "WHO", "multivaluelist", position=2, choices=lists)
    world.category("pothole")
    world.category("fire", notice_ko="119에 전화하세요")
    world.category("elder", is_public=False)


@pytest.fixture
def cities(cities_once: None, db: None) -> None:
    """The same for each test, which undoes what it adds."""


@pytest.fixture
def key(cities, coordinator):
    return give_key("도우미 앱", city=make.city(), owner=coordinator, by=coordinator)[1]
