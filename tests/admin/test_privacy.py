"""What staff never see, and what is written down when they look."""

from django.test import Client

from livinglab.energy.models import AreaSaving, Device, PremisesDiscount, Saving
from livinglab.people.models import DataRead, Person
from livinglab.places.models import City
from tests import make
from tests.admin.conftest import MARCH, changelist, page_of


def test_looking_into_a_home_is_written_down_for_its_people(
    as_coordinator: Client, siheung_home: object, resident: Person, coordinator: Person
) -> None:
    saving = Saving.objects.get()
    as_coordinator.get(changelist(Saving))
    assert not DataRead.objects.exists()

    assert "12345" in as_coordinator.get(page_of(saving)).text.replace(",", "")
    read = DataRead.objects.get()
    assert (read.person, read.reader) == (resident, coordinator)
    assert "우리집" in read.what


def test_lists_do_not_say_how_much(
    as_coordinator: Client, siheung_home: object
) -> None:
    for model in (Saving, Saving):
        shown = as_coordinator.get(changelist(model)).text.replace(",", "")
        assert "12345" not in shown


def test_a_facility_is_no_person(as_coordinator: Client, resident: Person) -> None:
    hall = make.premises(owner=resident, kind="facility", name="시민회관")
    assert as_coordinator.get(page_of(hall)).status_code == 200
    assert not DataRead.objects.exists()


def test_discounts_addresses_and_tokens_are_never_shown(
    as_coordinator: Client, siheung_home: object, resident: Person
) -> None:
    PremisesDiscount.objects.create(premises=siheung_home, names=["basic_livelihood"])
    meter = make.meter(siheung_home)  # type: ignore[arg-type]
    device = Device.objects.create(meter=meter, name="plug", token_digest="d1g3st" * 10)
    for row in (siheung_home, meter, device):
        shown = as_coordinator.get(page_of(row)).text
        for secret in ("basic_livelihood", resident.email, "d1g3st"):
            assert secret not in shown
    assert as_coordinator.get("/admin/energy/premisesdiscount/").status_code == 404


def test_a_small_groups_figure_stays_hidden_from_staff_too(
    as_coordinator: Client, siheung: City
) -> None:
    facts = {"level": "dong", "city": siheung, "kind": "home", "month": MARCH}
    hidden = AreaSaving.objects.create(
        **facts, code="4139059100", homes=3, saved_won=987654, method="t"
    )
    shown = AreaSaving.objects.create(
        **facts,
        code="4139051000",
        homes=30,
        saved_won=456789,
        method="t",
        is_published=True,
    )
    digits = as_coordinator.get(page_of(hidden)).text.replace(",", "")
    assert "987654" not in digits
    assert "456789" in as_coordinator.get(page_of(shown)).text.replace(",", "")
