"""Consent is per purpose, versioned and withdrawable."""

import pytest

from livinglab.people.errors import ConsentMissing
from livinglab.people.events import consent_withdrawn
from livinglab.people.models import Consent
from livinglab.people.selectors import standing_purposes
from livinglab.people.services import give_consent, require_consent, withdraw_consent
from tests import make


def test_saying_yes_twice_is_one_consent(db):
    person = make.person()

    assert give_consent(person, "energy") == give_consent(person, "energy")
    assert standing_purposes(person) == {"energy"}


def test_the_cast_has_agreed_as_the_verb_notes_it(db):
    asked, cast = make.person(), make.person()
    for purpose in Consent.Purpose.values:
        give_consent(asked, purpose)
    make.agree(cast)

    told = [
        list(
            one.consents.order_by("pk").values_list(
                "purpose", "version", "withdrawn_at"
            )
        )
        for one in (asked, cast)
    ]
    assert told[0] == told[1] != []


def test_a_new_version_closes_the_old_yes_and_keeps_it(db):
    person = make.person()
    give_consent(person, "energy", version="2025-01")
    give_consent(person, "energy", version="2026-11")

    assert [c.version for c in Consent.objects.filter(withdrawn_at=None)] == ["2026-11"]
    assert Consent.objects.count() == 2


def test_withdrawing_tells_whoever_holds_data_once(
    db, django_capture_on_commit_callbacks
):
    person = make.person()
    heard = []
    consent_withdrawn.connect(
        lambda **facts: heard.append(facts["purpose"]), weak=False, dispatch_uid="test"
    )
    give_consent(person, "energy")

    with django_capture_on_commit_callbacks(execute=True):
        withdraw_consent(person, "energy")
        withdraw_consent(person, "energy")

    consent_withdrawn.disconnect(dispatch_uid="test")
    assert heard == ["energy"]


def test_without_consent_the_verb_is_refused_in_words(db):
    with pytest.raises(ConsentMissing, match=r"\w+"):
        require_consent(make.person(), "energy")
