"""Who may do what: one registry of rules, asked by name."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from livinglab.kernel.acting import acting_of
from livinglab.kernel.errors import NotAllowed

Rule = Callable[[Any, Any], bool]
_rules: dict[str, Rule] = {}


def rule(name: str) -> Callable[[Rule], Rule]:
    """Declare in an app's `permissions.py` who may do `app.verb_noun`."""

    def declare(function: Rule) -> Rule:
        if name in _rules and _rules[name] is not function:
            raise ValueError(f"the rule {name} is declared twice")
        _rules[name] = function
        return function

    return declare


def may(person: Any, name: str, thing: Any = None) -> bool:
    """Ask a rule. An unknown name fails loudly; nobody stands above a rule.

    Whoever acts for somebody else may do what was handed over, and nothing more.
    """
    answer = _rules[name]
    acting = acting_of(person)
    if acting is not None and acting.area_with_rule(name) is None:
        return False
    return answer(person, thing)


def require_beforehand(person: Any, name: str, thing: Any = None) -> None:
    """As `require` and without a note: before costly work outside a transaction."""
    if not may(person, name, thing):
        raise NotAllowed(_("You may not do this. Nothing was changed."))


def require(person: Any, name: str, thing: Any = None) -> None:
    """Refuse with a sentence unless the rule says yes; a helper's act is noted.

    The note stands in the transaction of the verb: refused later, it goes as well.
    """
    require_beforehand(person, name, thing)
    acting = acting_of(person)
    area = acting and acting.area_with_rule(name)
    if acting and area and name in area.rules:
        acting.note(area.name, name, thing)


def rules() -> dict[str, Rule]:
    """All declared rules, for the tests that read the table."""
    return dict(_rules)
