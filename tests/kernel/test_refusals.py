"""A refusal reaches people as a sentence, whatever door they came through."""

import pytest
from django.test import RequestFactory

from livinglab.kernel.api import answer_in_words
from livinglab.kernel.errors import Invalid, NotAllowed, Refused
from livinglab.kernel.middleware import _where_the_person_was
from livinglab.kernel.permissions import may, require, rule, rules


@pytest.mark.parametrize(
    ("refusal", "status"),
    [(Refused("no"), 409), (Invalid("what?"), 422), (NotAllowed("not you"), 403)],
)
def test_json_gets_the_sentence_and_the_status_of_the_refusal(refusal, status):
    answer = answer_in_words(refusal, {})

    assert answer.status_code == status
    assert answer.data["detail"] == str(refusal)


def test_an_undeclared_permission_fails_loudly():
    with pytest.raises(KeyError):
        may(None, "nothing.like_this")


def test_a_rule_is_declared_once():
    with pytest.raises(ValueError, match="twice"):
        rule("energy.add_usage")(lambda person, thing: True)


def test_require_refuses_with_words():
    name = "tests.always_no"
    if name not in rules():
        rule(name)(lambda person, thing: False)

    with pytest.raises(NotAllowed, match=r"\w+"):
        require(None, name)


def test_the_refused_person_lands_where_they_were(rf: RequestFactory):
    here = rf.post("/x/", headers={"Referer": "http://testserver/energy/add/"})
    elsewhere = rf.post("/x/", headers={"Referer": "http://evil.example/"})

    assert _where_the_person_was(here) == "http://testserver/energy/add/"
    assert _where_the_person_was(elsewhere) == "/"
