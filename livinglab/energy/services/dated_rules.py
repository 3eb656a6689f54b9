"""Verbs of the other dated rules: incentive rules, CO2 factors, tips."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from livinglab.energy.errors import RuleRefused
from livinglab.energy.models import Co2Factor, IncentiveRule, TipRule
from livinglab.energy.outlook.tips import TipRule as TipFormula
from livinglab.energy.services.savings import mark_rules_due
from livinglab.energy.tariff.incentives import (
    CARBON_POINTS,
    CASHBACK,
    CashbackRule,
    PointsRule,
)
from livinglab.kernel.permissions import require
from livinglab.people.models import Person

Rule = IncentiveRule | Co2Factor | TipRule
Facts = Mapping[str, Any]
MOST_KG_PER_KWH = 2


@transaction.atomic
def keep_rule(rule: Rule, *, by: Person) -> Rule:
    """Store a new or corrected rule in a coordinator's name."""
    require(by, "energy.change_tariffs", rule)
    check_rule(rule)
    rule.added_by = by
    rule.save()
    if not isinstance(rule, TipRule):
        mark_rules_due(rule.valid_from)
    return rule


def check_rule(rule: Rule) -> None:
    """Refuse a rule that cannot be computed with."""
    try:
        if isinstance(rule, TipRule):
            TipFormula.read(rule.code, rule.rule)
        elif isinstance(rule, IncentiveRule):
            _read_scheme(rule)
        elif not 0 < rule.kg_per_kwh < MOST_KG_PER_KWH:
            raise ValueError(rule.kg_per_kwh)
    except (ArithmeticError, AttributeError, KeyError, TypeError, ValueError) as error:
        raise RuleRefused(_what_it_needs(rule)) from error


def _what_it_needs(rule: Rule) -> str:
    if isinstance(rule, TipRule):
        return _(
            "A tip needs a part (base, heating or cooling) and one change: "
            "cut_percent, cut_kwh_per_day, or shift_degrees for heating and cooling."
        )
    if isinstance(rule, IncentiveRule):
        return _(
            "A scheme needs bands with from_percent and an amount; the cashback also "
            "counted_up_to_percent, the points one entry for each resource."
        )
    return _("A CO2 factor lies between 0 and 2 kg for each kWh.")


def _read_scheme(rule: IncentiveRule) -> None:
    if rule.scheme == CASHBACK:
        CashbackRule.read(rule.valid_from, rule.rules)
    elif rule.scheme == CARBON_POINTS:
        PointsRule.read(rule.valid_from, rule.rules)
    else:
        raise ValueError(rule.scheme)


@transaction.atomic
def write_shipped_rules(
    incentives: Iterable[Facts], factors: Iterable[Facts], tips: Iterable[Facts]
) -> tuple[int, int, int]:
    """Bring shipped rules into the database; what people added stays theirs."""
    rules = [
        _write(IncentiveRule(scheme=row["scheme"], rules=row["rules"]), row)
        for row in incentives
    ]
    co2 = [
        _write(Co2Factor(kg_per_kwh=Decimal(row["kg_per_kwh"])), row) for row in factors
    ]
    texts = [_write(_tip(row), row) for row in tips]
    changed = [day for day in (*rules, *co2) if day is not None]
    if changed:
        mark_rules_due(min(changed))
    return len(rules), len(co2), len(texts)


def _tip(row: Facts) -> TipRule:
    names = ("code", "rule", "text_ko", "text_en")
    return TipRule(**{name: row[name] for name in names})


def _write(rule: Rule, row: Facts) -> date | None:
    """Write a rule unless it stands already; its first day if it changed anything."""
    rule.valid_from = date.fromisoformat(row["valid_from"])
    rule.checked_on = date.fromisoformat(row["checked_on"])
    rule.source = row["source"]
    check_rule(rule)
    standing = _standing(rule)
    if standing is None:
        rule.save()
    elif standing.added_by_id or _facts(standing) == _facts(rule):
        return None
    else:
        rule.pk, rule.created_at = standing.pk, standing.created_at
        rule.save()
    return rule.valid_from


def _standing(rule: Rule) -> Any:
    """The row of the same key and day, if there is one."""
    key: dict[str, Any] = {"valid_from": rule.valid_from}
    if isinstance(rule, IncentiveRule):
        key["scheme"] = rule.scheme
    elif isinstance(rule, TipRule):
        key["code"] = rule.code
    return type(rule)._default_manager.filter(**key).first()


def _facts(rule: Rule) -> dict[str, Any]:
    left_out = {"id", "created_at", "updated_at", "added_by"}
    return {
        field.name: getattr(rule, field.name)
        for field in rule._meta.fields
        if field.name not in left_out
    }
