"""Every model of every app is given out and erased, or apart with a reason."""

from typing import Any

import pytest
from django.apps import apps
from django.db import models

from livinglab.kernel.personal_data import holders, rows_of, set_apart
from livinglab.people.models import Person
from tests import make
from tests.people import world

HELD = {one.model: one for holder in holders() for one in holder.held}
LABELS = {model._meta.label for model in apps.get_models()}
JOINED = {
    model._meta.label
    for model in apps.get_models(include_auto_created=True)
    if model._meta.auto_created
}
# Rows that only exist when somebody leaves.
LEAVING_ALONE = {"people.Leaving"}


def _points_to_a_person(model: type[models.Model]) -> bool:
    return any(
        field.remote_field and field.remote_field.model is Person
        for field in model._meta.concrete_fields
    )


def test_no_model_is_forgotten():
    undeclared = LABELS - set(HELD) - set(set_apart())
    assert not undeclared, f"declare in personal_data.py: {sorted(undeclared)}"


def test_nothing_is_declared_twice_or_in_vain():
    assert not set(HELD) & set(set_apart())
    assert not (set(HELD) | set(set_apart())) - LABELS - JOINED


def test_what_is_apart_has_a_reason_and_keeps_no_name():
    for label, reason in set_apart().items():
        assert len(str(reason)) > 10, label
        model = apps.get_model(label)
        keys = [
            field
            for field in model._meta.concrete_fields
            if field.remote_field and field.remote_field.model is Person
        ]
        # Staff may stand in a rule or a log; then the field can be emptied.
        assert all(field.null for field in keys), label


def test_rows_of_a_person_come_out_or_say_why_not():
    for label, held in HELD.items():
        assert str(held.what), label
        assert bool(held.rows) == bool(held.fields), label
        known = {field.name for field in apps.get_model(label)._meta.get_fields()}
        assert {name.split("__")[0] for name in held.fields} <= known, label


def test_what_points_to_a_person_is_never_left_out_of_the_export():
    silent = [
        label
        for label, held in HELD.items()
        if held.rows is None and _points_to_a_person(apps.get_model(label))
    ]
    assert not silent


@pytest.fixture
def life(db: None, neighbour: Person) -> Person:
    person = world.somebody()
    world.full_life(person, neighbour)
    return person


def test_the_whole_life_has_something_of_everything(life):
    empty = [
        label
        for label, held in HELD.items()
        if held.rows is not None
        and label not in LEAVING_ALONE
        and not list(rows_of(held, life))
    ]
    assert not empty
    assert all(
        apps.get_model(label)._default_manager.exists()
        for label, held in HELD.items()
        if held.rows is None
    )


def test_a_stranger_gets_nothing_of_it(life):
    stranger = make.person()
    theirs = {
        label: list(rows_of(held, stranger))
        for label, held in HELD.items()
        if label not in {"people.Person", "account.EmailAddress"}
    }
    assert not [label for label, rows in theirs.items() if rows]


def _everything() -> dict[str, list[dict[str, Any]]]:
    return {
        model._meta.label: list(model._default_manager.values())
        for model in apps.get_models()
    }


def test_nothing_of_the_person_is_left_anywhere(life):
    email, key = life.email, life.pk
    for holder in holders():
        holder.erase(life, {})
    for label, rows in _everything().items():
        for row in rows:
            said = str(row)
            assert email not in said, label
            assert world.SECRET not in said, label
            assert "guardian-of-that-one" not in said, label
        model = apps.get_model(label)
        for field in model._meta.concrete_fields:
            if field.remote_field and field.remote_field.model is Person:
                found = model._default_manager.filter(**{field.name: key})
                assert not found.exists(), f"{label}.{field.name}"
