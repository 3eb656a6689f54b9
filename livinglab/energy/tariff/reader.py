"""Read a tariff table from a document (seed file, admin form), or say what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from livinglab.energy.tariff.tables import (
    DISCOUNTS,
    FAMILY,
    KINDS,
    LEVIES,
    RATE_KINDS,
    WELFARE,
    Block,
    Discount,
    Discounts,
    Freeze,
    Levies,
    Origin,
    PowerFactor,
    Rates,
    Season,
    SmallUse,
    Table,
    TableError,
    gettext_noop,
)

# The vectorised pricing keeps percentages in parts of ten thousand.
MOST_DECIMALS = 4


def read_table(
    kind: str,
    valid_from: object,
    content: Mapping[str, Any],
    *,
    source: str,
    checked_on: object,
) -> Table:
    """The table a document describes, or a TableError that says what is wrong."""
    if kind not in KINDS:
        raise TableError(
            gettext_noop("“%(kind)s” is not a kind of tariff table."), kind=kind
        )
    if not source.strip():
        raise TableError(gettext_noop("Please say where the table was published."))
    origin = Origin(
        kind, _day(valid_from, "valid_from"), source, _day(checked_on, "checked_on")
    )
    if not isinstance(content, Mapping):
        raise TableError(gettext_noop("The table must be a JSON object with fields."))
    if kind == LEVIES:
        return _read_levies(origin, content)
    if kind == DISCOUNTS:
        return _read_discounts(origin, content)
    return _read_rates(origin, content)


def _read_rates(origin: Origin, content: Mapping[str, Any]) -> Rates:
    _only(
        content,
        {"base_won", "won_per_kw", "seasons", "super_user"}
        | {"no_use_base_percent", "power_factor"},
    )
    if ("base_won" in content) == ("won_per_kw" in content):
        raise TableError(
            gettext_noop(
                "The base charge is needed once: “base_won” by step or “won_per_kw”."
            )
        )
    base = [_whole(each, "base_won") for each in _list(content, "base_won", [0])]
    seasons = tuple(
        season
        for entry in _list(content, "seasons")
        for season in _read_season(entry, base, content.get("super_user"))
    )
    _whole_year(seasons)
    per_kw = content.get("won_per_kw")
    return Rates(
        origin,
        seasons,
        won_per_kw=None if per_kw is None else _number(per_kw, "won_per_kw", 0),
        no_use_base_percent=_number(
            content.get("no_use_base_percent", 100), "no_use_base_percent", 0
        ),
        power_factor=_read_power_factor(content.get("power_factor")),
    )


def _read_season(
    entry: object, base: list[int], super_user: object
) -> Iterable[Season]:
    """One season; months with and without the super-user step become two."""
    entry = _object(entry, "seasons")
    _only(entry, {"name", "months", "bounds", "won_per_kwh"})
    months = _months(entry, "months")
    bounds = [_whole(each, "bounds") for each in _list(entry, "bounds", [])]
    rates = [
        _number(each, "won_per_kwh", 0)
        for each in _list(entry, "won_per_kwh", scalar=True)
    ]
    if bounds != sorted(set(bounds)) or any(bound <= 0 for bound in bounds):
        raise TableError(
            gettext_noop("The bounds of a season must rise: %(bounds)s."), bounds=bounds
        )
    if not len(rates) == len(base) == len(bounds) + 1:
        raise TableError(
            gettext_noop(
                "Season “%(season)s”: %(bounds)s bounds need %(steps)s energy rates "
                "and as many base charges."
            ),
            season=entry.get("name", "?"),
            bounds=len(bounds),
            steps=len(bounds) + 1,
        )
    name = str(entry.get("name", ""))
    top = _read_super_user(super_user)
    if top is None:
        yield Season(name, months, _blocks(bounds, rates, base))
        return
    above, rate, top_months = top
    if bounds and above <= bounds[-1]:
        raise TableError(
            gettext_noop("The super-user step must start above the last bound.")
        )
    if plain := months - top_months:
        yield Season(name, plain, _blocks(bounds, rates, base))
    if dearer := months & top_months:
        blocks = _blocks([*bounds, above], [*rates, rate], [*base, base[-1]])
        yield Season(name, dearer, blocks)


def _blocks(
    bounds: list[int], rates: list[Decimal], base: list[int]
) -> tuple[Block, ...]:
    lows, highs = [0, *bounds], [*bounds, None]
    return tuple(Block(*step) for step in zip(lows, highs, rates, base, strict=True))


def _read_super_user(entry: object) -> tuple[int, Decimal, frozenset[int]] | None:
    if entry is None:
        return None
    entry = _object(entry, "super_user")
    _only(entry, {"above_kwh", "won_per_kwh", "months"})
    return (
        _whole(entry.get("above_kwh"), "above_kwh"),
        _number(entry.get("won_per_kwh"), "won_per_kwh", 0),
        _months(entry, "months"),
    )


def _read_power_factor(entry: object) -> PowerFactor | None:
    if entry is None:
        return None
    entry = _object(entry, "power_factor")
    _only(entry, {"lagging", "leading", "percent_per_point"})
    return PowerFactor(
        *(
            _number(entry.get(name), name, 0)
            for name in ("lagging", "leading", "percent_per_point")
        )
    )


def _whole_year(seasons: Sequence[Season]) -> None:
    months = sorted(month for season in seasons for month in season.months)
    if months != list(range(1, 13)):
        raise TableError(
            gettext_noop("The seasons must name every month from 1 to 12 exactly once.")
        )


def _read_levies(origin: Origin, content: Mapping[str, Any]) -> Levies:
    names = ("climate_won_per_kwh", "fuel_won_per_kwh", "fund_percent", "vat_percent")
    _only(content, set(names))
    climate, fuel, fund, vat = (
        _number(content.get(name), name, None if name.startswith("fuel") else 0)
        for name in names
    )
    return Levies(origin, climate, fuel, fund, vat)


def _read_discounts(origin: Origin, content: Mapping[str, Any]) -> Discounts:
    _only(content, {"summer_months", "rows", "essential", "small_use", "freeze"})
    rows = tuple(_read_discount(entry) for entry in _list(content, "rows"))
    if len({row.name for row in rows}) != len(rows):
        raise TableError(gettext_noop("A discount is named twice in the table."))
    return Discounts(
        origin,
        _months(content, "summer_months"),
        rows,
        essential=_read_small_use(content.get("essential"), "essential"),
        small_use=_read_small_use(content.get("small_use"), "small_use"),
        freeze=_read_freeze(content.get("freeze")),
    )


def _read_discount(entry: object) -> Discount:
    entry = _object(entry, "rows")
    _only(
        entry,
        {"name", "group", "adds", "kinds", "won", "summer_won", "percent", "cap_won"},
    )
    name, group = str(entry.get("name", "")), str(entry.get("group", ""))
    if not name or group not in (FAMILY, WELFARE):
        raise TableError(
            gettext_noop("A discount needs a name and the group “family” or “welfare”.")
        )
    if ("won" in entry) == ("percent" in entry):
        raise TableError(
            gettext_noop("Discount “%(name)s” needs either won or a percentage."),
            name=name,
        )
    if "won" in entry:
        won = _whole(entry["won"], "won")
        summer = _whole(entry.get("summer_won", won), "summer_won")
        money: dict[str, Any] = {"won": won, "summer_won": summer}
    else:
        cap = entry.get("cap_won")
        money = {
            "percent": _number(entry["percent"], "percent", 0),
            "cap_won": None if cap is None else _whole(cap, "cap_won"),
        }
    return Discount(name, group, bool(entry.get("adds", False)), _kinds(entry), **money)


def _read_small_use(entry: object, name: str) -> SmallUse | None:
    if entry is None:
        return None
    entry = _object(entry, name)
    _only(entry, {"up_to_kwh", "won", "leaves_won"})
    won = _object(entry.get("won"), "won")
    return SmallUse(
        _whole(entry.get("up_to_kwh"), "up_to_kwh"),
        {_kind(kind): _whole(each, "won") for kind, each in won.items()},
        _whole(entry.get("leaves_won", 0), "leaves_won"),
    )


def _read_freeze(entry: object) -> Freeze | None:
    if entry is None:
        return None
    entry = _object(entry, "freeze")
    _only(entry, {"up_to_kwh", "won_per_kwh", "kinds"})
    return Freeze(
        _whole(entry.get("up_to_kwh"), "up_to_kwh"),
        _number(entry.get("won_per_kwh"), "won_per_kwh", 0),
        _kinds(entry),
    )


def _only(entry: Mapping[str, Any], known: set[str]) -> None:
    unknown = sorted(set(entry) - known)
    if unknown:
        raise TableError(
            gettext_noop("The field “%(field)s” is not known here."), field=unknown[0]
        )


def _object(value: object, name: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise TableError(
            gettext_noop("The field “%(field)s” must be a JSON object."), field=name
        )
    return value


def _list(
    entry: Mapping[str, Any],
    name: str,
    default: list[Any] | None = None,
    *,
    scalar: bool = False,
) -> list[Any]:
    value = entry.get(name, default)
    if scalar and isinstance(value, str | int | float | Decimal):
        return [value]
    if not isinstance(value, list) or (not value and default is None):
        raise TableError(
            gettext_noop("The field “%(field)s” must be a list."), field=name
        )
    return value


def _number(value: object, name: str, at_least: int | None) -> Decimal:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        number = Decimal("NaN")
    if isinstance(value, bool) or not number.is_finite():
        raise TableError(
            gettext_noop("The field “%(field)s” must be a number."), field=name
        )
    if number != round(number, MOST_DECIMALS):
        raise TableError(
            gettext_noop("The field “%(field)s” has more than four decimals."),
            field=name,
        )
    if at_least is not None and number < at_least:
        raise TableError(
            gettext_noop("The field “%(field)s” must not be negative."), field=name
        )
    return number


def _whole(value: object, name: str) -> int:
    number = _number(value, name, 0)
    if number != number.to_integral_value():
        raise TableError(
            gettext_noop("The field “%(field)s” must be a whole number."), field=name
        )
    return int(number)


def _day(value: object, name: str) -> date:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise TableError(
            gettext_noop("The field “%(field)s” must be a day like 2026-01-31."),
            field=name,
        ) from None


def _months(entry: Mapping[str, Any], name: str) -> frozenset[int]:
    months = [_whole(each, name) for each in _list(entry, name)]
    if not set(months) <= set(range(1, 13)) or len(set(months)) != len(months):
        raise TableError(
            gettext_noop("The field “%(field)s” must list months from 1 to 12."),
            field=name,
        )
    return frozenset(months)


def _kind(value: object) -> str:
    if value not in RATE_KINDS:
        raise TableError(
            gettext_noop("“%(kind)s” is not a kind of tariff table."), kind=value
        )
    return str(value)


def _kinds(entry: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(_kind(each) for each in _list(entry, "kinds"))
