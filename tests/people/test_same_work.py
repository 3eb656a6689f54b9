"""Whether an address is known here cannot be told by a clock: the work is the same."""

from collections import Counter

import pytest
from django.contrib.auth import hashers
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from livinglab.people.models import Person
from tests import make

KNOWN, UNKNOWN = "known@example.org", "other@example.org"
DOORS = [
    ("/accounts/login/", "login"),
    ("/accounts/login/code/", "email"),
    ("/accounts/signup/", "email"),
    ("/accounts/signup/passkey/", "email"),
]


@pytest.fixture
def hashed(monkeypatch):
    """Each time a password or a code is hashed the slow way."""
    times = []
    for name in ("make_password", "check_password"):
        slow = getattr(hashers, name)

        def counted(*args, slow=slow, **kwargs):
            times.append(args)
            return slow(*args, **kwargs)

        for module in ("django.contrib.auth.hashers", "django.contrib.auth.base_user"):
            monkeypatch.setattr(f"{module}.{name}", counted)
    return times


def work(where, field, email, hashed):
    """Statements by their verb, times of hashing, letters sent."""
    hashed.clear()
    mail.outbox.clear()
    client = Client()
    with CaptureQueriesContext(connection) as caught:
        client.post(where, {field: email})
    verbs = Counter(row["sql"].split()[0] for row in caught)
    return verbs, len(hashed), len(mail.outbox)


@pytest.mark.django_db
@pytest.mark.parametrize(("where", "field"), DOORS)
def test_known_and_unknown_addresses_cost_the_same(where, field, hashed):
    make.resident(KNOWN)
    work(where, field, "warm@example.org", hashed)  # what is loaded once is loaded

    known = work(where, field, KNOWN, hashed)
    unknown = work(where, field, UNKNOWN, hashed)

    assert known[0]["INSERT"] == unknown[0]["INSERT"] >= 1
    assert known[0]["UPDATE"] == unknown[0]["UPDATE"]
    # who is known is found in the first place one looks: one indexed look less
    assert abs(known[0]["SELECT"] - unknown[0]["SELECT"]) <= 1
    assert known[1] == unknown[1]
    assert known[2] == unknown[2] == 1


@pytest.mark.django_db
def test_nothing_is_left_of_the_work_for_a_known_address(hashed):
    make.resident(KNOWN)
    work("/accounts/signup/", "email", KNOWN, hashed)

    assert list(Person.objects.values_list("email", flat=True)) == [KNOWN]
