"""A coordinator adds a table without a release; it must give its golden bills."""

from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from livinglab.energy.errors import TariffTableRefused
from livinglab.energy.models import (
    Co2Factor,
    IncentiveRule,
    Premises,
    PremisesDiscount,
    Saving,
    SavingsDue,
    TariffTable,
    TipRule,
)
from livinglab.energy.seeding import seed_rules
from livinglab.energy.selectors.tariffs import (
    account_of,
    accounts_of,
    last_checked,
    tariff_book,
    tips_in_force,
)
from livinglab.energy.services.tariffs import (
    add_tariff_table,
    correct_tariff_table,
    withdraw_tariff_table,
)
from livinglab.energy.tariff.bill import Account, month_bill
from livinglab.energy.tariff.golden import Document, load_book, read_documents
from livinglab.energy.tariff.tables import TableError
from livinglab.kernel.errors import NotAllowed
from livinglab.people.models import Person
from tests import make

SEEDS = Path(settings.SEEDS_DIR)
NEW_DAY = date(2026, 7, 1)
# August 2026, 300 kWh, first block dearer by 10 won: 1,000 + … by hand.
VECTOR = {"from": "2026-09-01", "to": "2026-10-01", "kwh": 100, "total": 17_250}


@pytest.fixture(scope="module")
def seeded_once(kept_rows: None) -> str:
    return seed_rules(SEEDS)


@pytest.fixture
def seeded(seeded_once: str, db: None) -> str:
    return seeded_once


def newest(kind: str = "residential_low") -> TariffTable:
    found = TariffTable.objects.filter(kind=kind).order_by("-valid_from").first()
    assert found is not None
    return found


def dearer() -> dict[str, Any]:
    """The newest low-voltage rates with ten won more on the first block."""
    rates = deepcopy(newest().rates)
    for season in rates["seasons"]:
        season["won_per_kwh"][0] = "130.0"
    return rates


def add(by: Person, **facts: Any) -> TariffTable:
    said: dict[str, Any] = {
        "kind": "residential_low",
        "valid_from": NEW_DAY,
        "rates": dearer(),
        "vectors": [VECTOR],
        "source": "한전 공고 2026-06-20",
        "checked_on": date(2026, 6, 21),
    }
    return add_tariff_table(**(said | facts), by=by)


def saving(home: Premises, month: date) -> None:
    Saving.objects.create(premises=home, month=month, method="test")


def due(home: Premises) -> list[date]:
    rows = SavingsDue.objects.filter(premises=home).order_by("month")
    return list(rows.values_list("month", flat=True))


def test_a_table_prices_from_its_day_and_leaves_history_alone(
    seeded: str, coordinator: Person
) -> None:
    before = tariff_book()
    table = add(coordinator)
    book, low = tariff_book(), Account("residential_low")
    assert table.added_by == coordinator
    assert month_bill(book, low, date(2026, 9, 1), 100).total == 17_250
    june = date(2026, 6, 1)
    assert month_bill(book, low, june, 300) == month_bill(before, low, june, 300)


def test_exactly_the_months_it_prices_become_due(
    seeded: str, coordinator: Person, resident: Person
) -> None:
    low = make.premises(owner=resident)
    high = make.premises(owner=resident, tariff_kind="residential_high")
    for home in (low, high):
        for month in (date(2026, 6, 1), date(2026, 7, 1), date(2026, 8, 1)):
            saving(home, month)
    SavingsDue.objects.all().delete()
    add(coordinator)
    assert (due(low), due(high)) == ([date(2026, 7, 1), date(2026, 8, 1)], [])


def test_a_table_whose_golden_bill_does_not_come_out_is_refused(
    seeded: str, coordinator: Person
) -> None:
    with pytest.raises(TariffTableRefused, match=r"17,?260|17260"):
        add(coordinator, vectors=[{**VECTOR, "total": 17_260}])
    assert not TariffTable.objects.filter(valid_from=NEW_DAY).exists()


@pytest.mark.parametrize(
    "odd",
    [
        {"vectors": []},
        {"vectors": [{"from": "2026-09-01", "kwh": 100}]},
        {"vectors": [{**VECTOR, "from": "2026-05-01", "to": "2026-06-01"}]},
        {"vectors": [{**VECTOR, "discounts": ["never_heard_of"]}]},
        {"vectors": ["a bill"]},
        {"vectors": {"total": 1}},
        {"source": "  "},
        {"kind": "industrial"},
        {"valid_from": date(2023, 5, 16)},
        {"rates": []},
        {"rates": {}},
        {"rates": {"base_won": [1], "seasons": [], "colour": "red"}},
    ],
)
def test_a_table_that_makes_no_sense_is_refused_with_a_sentence(
    odd: dict[str, Any], seeded: str, coordinator: Person
) -> None:
    count = TariffTable.objects.count()
    with pytest.raises(TariffTableRefused) as refusal:
        add(coordinator, **odd)
    assert str(refusal.value).endswith(".")
    assert TariffTable.objects.count() == count


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("bounds", [400, 200]),
        ("bounds", [200]),
        ("bounds", [200, 1200]),
        ("won_per_kwh", ["1", "2"]),
        ("won_per_kwh", ["1", "2", "many"]),
        ("won_per_kwh", ["1", "2", "-3"]),
        ("months", [1, 2, 13]),
        ("months", [1, 1]),
        ("months", [1]),
    ],
)
def test_a_season_that_makes_no_sense_is_refused(
    field: str, value: list[Any], seeded: str, coordinator: Person
) -> None:
    rates = dearer()
    rates["seasons"][1][field] = value
    with pytest.raises(TariffTableRefused):
        add(coordinator, rates=rates)


def test_correcting_a_table_marks_its_months_again(
    seeded: str, coordinator: Person, resident: Person
) -> None:
    table = add(coordinator)
    home = make.premises(owner=resident)
    saving(home, date(2026, 8, 1))
    SavingsDue.objects.all().delete()
    facts = {"source": table.source, "checked_on": date(2026, 7, 2), "by": coordinator}
    correct_tariff_table(table, rates=table.rates, vectors=[VECTOR], **facts)
    assert due(home) == []

    rates = deepcopy(table.rates)
    rates["seasons"][1]["won_per_kwh"][0] = "131.0"
    with pytest.raises(TariffTableRefused):
        correct_tariff_table(table, rates=rates, vectors=[VECTOR], **facts)
    vector = {**VECTOR, "total": 17_360}
    correct_tariff_table(table, rates=rates, vectors=[vector], **facts)
    assert due(home) == [date(2026, 8, 1)]


def test_a_withdrawn_table_gives_way_to_the_one_before(
    seeded: str, coordinator: Person
) -> None:
    table = add(coordinator)
    withdraw_tariff_table(table, by=coordinator)
    low = Account("residential_low")
    assert month_bill(tariff_book(), low, date(2026, 9, 1), 100).total == 16_120
    oldest = TariffTable.objects.filter(kind="levies").earliest("valid_from")
    with pytest.raises(TariffTableRefused):
        withdraw_tariff_table(oldest, by=coordinator)


def test_residents_and_evaluators_do_not_touch_tariffs(
    seeded: str, resident: Person, evaluator: Person
) -> None:
    for person in (resident, evaluator):
        with pytest.raises(NotAllowed):
            add(person)


def test_seeding_twice_gives_the_same_and_keeps_what_people_added(
    seeded: str, coordinator: Person
) -> None:
    models = (TariffTable, IncentiveRule, Co2Factor, TipRule)
    counts = [model.objects.count() for model in models]
    stamps = list(TariffTable.objects.values_list("updated_at", flat=True))
    assert "(0 new)" in seed_rules(SEEDS)
    assert [model.objects.count() for model in models] == counts
    assert list(TariffTable.objects.values_list("updated_at", flat=True)) == stamps

    row = newest()
    row.source, row.added_by = "우리가 고친 출처", coordinator
    row.save(update_fields=["source", "added_by"])
    seed_rules(SEEDS)
    row.refresh_from_db()
    assert row.source == "우리가 고친 출처"


def test_the_database_gives_the_same_book_as_the_seeds(seeded: str) -> None:
    stored = sorted(repr(table) for table in tariff_book().all())
    shipped = load_book(read_documents(SEEDS / "tariffs"))
    assert stored == sorted(repr(table) for table in shipped.all())


def test_without_rows_the_shipped_book_serves(db: None) -> None:
    assert tariff_book().kinds()[0] == "residential_low"


def test_the_book_is_built_once_until_something_changes(
    seeded: str, coordinator: Person, django_assert_num_queries: Any
) -> None:
    book = tariff_book()
    with django_assert_num_queries(1):
        assert tariff_book() is book
    add(coordinator)
    assert tariff_book() is not book


def test_accounts_of_many_homes_take_two_queries(
    seeded: str, resident: Person, django_assert_num_queries: Any
) -> None:
    homes = [make.premises(owner=resident, name=str(i)) for i in range(20)]
    PremisesDiscount.objects.create(premises=homes[3], names=["disabled"])
    tariff_book()
    with django_assert_num_queries(2):
        accounts = accounts_of(homes)
    assert accounts[3] == Account("residential_low", frozenset({"disabled"}))
    assert accounts[4] == account_of(homes[4]) == Account("residential_low")


def test_when_the_tables_were_last_checked_is_known(seeded: str) -> None:
    assert last_checked("residential_low", date(2026, 1, 1)) == date(2025, 12, 22)
    assert last_checked("residential_low", date(2001, 1, 1)) is None


def test_the_newest_shown_text_of_a_tip_is_in_force(seeded: str) -> None:
    first = TipRule.objects.get(code="standby")
    TipRule.objects.create(
        code="standby",
        valid_from=date(2026, 6, 1),
        checked_on=date(2026, 6, 1),
        text_ko="새 글",
        text_en="new",
        rule=first.rule,
        source="x",
    )
    for day, text in ((date(2026, 5, 1), first.text_ko), (date(2026, 6, 1), "새 글")):
        shown = {row.code: row.text_ko for row, _formula in tips_in_force(day)}
        assert shown["standby"] == text
    TipRule.objects.filter(code="rice_cooker").update(is_shown=False)
    assert "rice_cooker" not in {row.code for row, _f in tips_in_force(NEW_DAY)}


def test_a_seed_folder_with_a_wrong_bill_is_refused_as_a_whole() -> None:
    documents = read_documents(SEEDS / "tariffs")
    wrong = Document(
        **{**vars(documents[-1]), "vectors": [{**documents[-1].vectors[0], "total": 1}]}
    )
    with pytest.raises(TableError, match="does not come out"):
        load_book([*documents[:-1], wrong])


def test_two_tables_of_one_day_are_refused() -> None:
    documents = read_documents(SEEDS / "tariffs")
    with pytest.raises(TableError, match="two tables"):
        load_book([*documents, documents[0]])
