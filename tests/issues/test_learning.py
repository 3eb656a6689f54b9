"""What the lab learns of words and categories, and when it is used."""

import io
import subprocess
import sys
from datetime import timedelta
from importlib import import_module
from typing import Any

import numpy as np
import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

from livinglab.issues.learning.grams import grams
from livinglab.issues.learning.model import BadWeights, packed, unpacked
from livinglab.issues.learning.trial import Hits, Sorted, apart, hits, ranked
from livinglab.issues.models import Issue, Learned
from livinglab.issues.selectors.suggestions import Ground, suggest
from livinglab.issues.services import learning
from livinglab.issues.tasks import plan_learning, sweep_issues
from tests import make
from tests.issues import world

LIGHT = [
    "가로등이 꺼졌어요",
    "보안등이 깜빡여요",
    "밤길 불이 나갔어요",
    "골목이 캄캄해요",
]
WASTE = [
    "쓰레기 더미가 쌓였어요",
    "봉투가 터졌어요",
    "무단투기가 심해요",
    "악취가 나요",
]
WHERE = [
    "정문 앞",
    "놀이터 옆",
    "정류장 뒤",
    "시장 입구",
    "2단지 앞",
    "학교 담 밑",
]


def test_grams_mark_the_ends_of_words_and_forget_case_and_signs():
    assert grams("A b!") == [" a", "a ", " a ", " b", "b ", " b "]
    assert grams("도로가") == grams("도로가…")
    assert grams("!!") == []


@pytest.fixture(scope="module")
def train() -> Any:
    """Loaded by the one process that runs this file, not by each that collects it."""
    return import_module("livinglab.issues.learning.training").train


@pytest.fixture(scope="module")
def weights(train) -> bytes:
    texts = [f"{place} {words}" for words in LIGHT + WASTE for place in WHERE]
    labels = [7] * len(LIGHT) * len(WHERE) + [3] * len(WASTE) * len(WHERE)
    return train(texts, labels)


def test_words_never_seen_in_this_form_find_their_kind(weights):
    model = unpacked(weights)
    shares = model.shares("가로등 꺼짐이요 어두운 골목")
    assert max(shares, key=lambda pk: shares[pk]) == 7
    assert sum(shares.values()) == pytest.approx(1)
    assert model.shares("xyz") == {}


def test_the_small_product_says_what_scikit_learn_says(train):
    """Our few lines against the library's own prediction."""
    from_library = pytest.importorskip("sklearn.feature_extraction.text")
    linear = pytest.importorskip("sklearn.linear_model")
    texts = [f"{place} {words}" for words in LIGHT + WASTE for place in WHERE]
    labels = [int(words in LIGHT) + 1 for words in LIGHT + WASTE for _p in WHERE]
    labels[0] = 9  # three labels, so that no column is folded
    vectorizer = from_library.TfidfVectorizer(
        analyzer=grams, max_features=8000, min_df=2, sublinear_tf=True
    )
    vectors = vectorizer.fit_transform(texts)
    fit = linear.LogisticRegression(C=10.0, class_weight="balanced", max_iter=300)
    fit.fit(vectors, labels)
    asked = ["시장 입구 가로등", "악취와 쓰레기", "버스 정류장 불"]
    theirs = fit.predict_proba(vectorizer.transform(asked))
    model = unpacked(train(texts, labels))
    for words, row in zip(asked, theirs, strict=True):
        ours = model.shares(words)
        assert list(ours) == fit.classes_.tolist()
        assert list(ours.values()) == pytest.approx(row.tolist(), abs=0.01)


def test_the_same_texts_give_the_same_bytes(weights, train):
    texts = [f"{place} {words}" for words in LIGHT + WASTE for place in WHERE]
    labels = [7] * len(LIGHT) * len(WHERE) + [3] * len(WASTE) * len(WHERE)
    assert unpacked(train(texts, labels)).weights.tobytes() == (
        unpacked(weights).weights.tobytes()
    )


def test_bytes_that_could_run_are_no_model():
    evil = io.BytesIO()
    np.savez(evil, labels=np.array([print], dtype=object))
    with pytest.raises(BadWeights):
        unpacked(evil.getvalue())
    with pytest.raises(BadWeights):
        unpacked(b"")
    crooked = packed(
        [1, 2], ["ab"], np.ones(1, "f4"), np.ones((3, 2), "f4"), np.ones(2, "f4")
    )
    with pytest.raises(BadWeights):
        unpacked(crooked)


def test_a_fifth_is_kept_apart_and_it_is_always_the_same():
    reports = [Sorted(number, "", 1) for number in range(100)]
    rest, tried = apart(reports)
    assert (len(rest), len(tried)) == (80, 20)
    assert apart(reversed(reports))[1] == tried[::-1]


def test_keywords_fill_up_what_the_model_leaves():
    assert ranked({1: 0.9, 2: 0.05, 3: 0.01}, [3, 1]) == [1, 2, 3]
    assert ranked({}, [5]) == [5]


def test_hits_count_the_first_and_the_shown():
    tried = [Sorted(1, "a", 1), Sorted(2, "b", 1), Sorted(3, "c", 2)]
    found = hits(lambda words: {"a": [1], "b": [2, 3, 1], "c": []}[words], tried)
    assert found == {1: Hits(2, 1, 2), 2: Hits(1, 0, 0)}
    assert (found[1].first_share, Hits().first_share) == (0.5, None)


def past_reports(times: int = 7) -> None:
    """48 texts, each so often; half of them carry no keyword of their category."""
    light = world.category("street_light", name_ko="가로등 고장", synonyms=["가로등"])
    waste = world.category("dumping", name_ko="무단투기", synonyms=["쓰레기"])
    for of, texts in ((light, LIGHT), (waste, WASTE)):
        said = [f"{place} {words}" for words in texts for place in WHERE * times]
        first = world.issue(category=of, words=said[0])
        world.issues_like(first, ({"words": words} for words in said[1:]))


@pytest.mark.django_db
def test_a_city_learns_measures_and_then_suggests():
    city = make.city()
    past_reports()
    before = suggest(city, "골목이 캄캄해요")
    plan_learning()
    plan_learning()
    learned = Learned.objects.get()
    assert (learned.reports, learned.is_used) == (336, True)
    assert learned.tried == Issue.objects.filter(pk__in=tried_pks()).count() > 50
    assert learned.right_first > learned.keywords_first
    assert learned.right_shown > 0.95
    assert sum(row[0] for row in learned.by_category.values()) == learned.tried
    after = suggest(city, "골목이 캄캄해요")
    assert before == []
    assert (after[0].category.code, after[0].ground) == ("street_light", Ground.LEARNED)
    assert after[0].share > 0.5


def tried_pks():
    pks = Issue.objects.values_list("pk", flat=True)
    return [pk for pk in pks if pk % 5 == 0]


@pytest.mark.django_db
def test_with_few_reports_keywords_suggest():
    city = make.city()
    past_reports(times=1)
    plan_learning()
    assert not Learned.objects.exists()
    found = suggest(city, "시장 앞 가로등이요")
    assert [(one.category.code, one.ground, one.share) for one in found] == [
        ("street_light", Ground.KEYWORDS, None)
    ]


@pytest.fixture
def in_this_process(monkeypatch, train):
    """The same training without a process of its own, which takes seconds to start."""

    def trained(*sets):
        return [
            train([one.words for one in reports], [one.label for one in reports])
            for reports in sets
        ]

    monkeypatch.setattr(learning, "_trained", trained)


@pytest.mark.django_db
def test_a_category_no_longer_offered_is_not_suggested(in_this_process):
    city = make.city()
    past_reports()
    plan_learning()
    light = world.category("street_light")
    light.is_offered = False
    light.save()
    assert "street_light" not in {
        one.category.code for one in suggest(city, "골목이 캄캄해요")
    }


@pytest.mark.django_db
def test_suggesting_asks_two_questions(in_this_process, django_assert_num_queries):
    city = make.city()
    past_reports()
    plan_learning()
    suggest(city, "골목이 캄캄해요")
    with django_assert_num_queries(2):  # the weights are there by now
        suggest(city, "쓰레기")
    with django_assert_num_queries(0):
        assert suggest(city, "  ") == []


@pytest.mark.django_db
def test_more_reports_make_another_version_and_one_is_in_use(monkeypatch):
    monkeypatch.setattr(learning, "_trained", fake_training)
    past_reports()
    learning.plan_learning()
    learning.learn_what_is_due()
    assert learning.plan_learning() == 0
    past_reports(times=1)
    assert [learning.plan_learning() for _worker in range(5)] == [1, 0, 0, 0, 0]
    sweep_issues()
    versions = Learned.objects.order_by("number").values_list("number", "is_used")
    assert list(versions) == [(1, False), (2, True)]


@pytest.mark.django_db
def test_a_dead_worker_leaves_it_due_and_three_failures_end_it(monkeypatch):
    def fail(*sets):
        raise subprocess.CalledProcessError(1, "training")

    monkeypatch.setattr(learning, "_trained", fail)
    past_reports()
    learning.plan_learning()
    now = timezone.now()
    for hour in range(4):
        with time_machine.travel(now + timedelta(hours=hour)):
            if learning.is_any_due():
                with pytest.raises(subprocess.CalledProcessError):
                    learning.learn_what_is_due()
                assert learning.learn_what_is_due() == 0  # its lease holds
    learned = Learned.objects.get()
    assert (learned.attempts, learned.made_at, learned.is_used) == (3, None, False)
    assert not learning.is_any_due()


@pytest.mark.django_db
def test_what_is_worse_than_keywords_is_kept_but_not_used(monkeypatch):
    monkeypatch.setattr(
        learning, "_trained", lambda *sets: fake_training(*sets, wrong=True)
    )
    past_reports()
    learning.plan_learning()
    learning.learn_what_is_due()
    learned = Learned.objects.get()
    assert learned.made_at is not None
    assert not learned.is_used


def fake_training(*sets, wrong: bool = False) -> list[bytes]:
    """Weights by hand: two words, each for its label, or for the other one."""
    return [_by_hand(sorted({one.label for one in reports}), wrong) for reports in sets]


def _by_hand(labels: list[int], wrong: bool) -> bytes:
    at = np.eye(2, dtype="f4") * 9
    weights = at[::-1] if wrong else at
    return packed(labels, ["등", "쓰레"], np.ones(2, "f4"), weights, np.zeros(2, "f4"))


def test_pages_do_not_carry_the_library():
    """Neither the pages nor the worker import it; the training process does."""
    start = (
        "import django; django.setup();"
        "import livinglab.issues.tasks, livinglab.config.urls, sys;"
        "print([m for m in sys.modules if m.split('.')[0] in ('sklearn', 'scipy')])"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", start],
        cwd=settings.ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.django_db
def test_a_coordinator_sees_how_often_suggestions_are_right(
    in_this_process, client, coordinator, daegu_coordinator
):
    past_reports()
    plan_learning()
    learned = Learned.objects.get()
    client.force_login(coordinator)
    listed = client.get("/admin/issues/learned/").content.decode()
    assert f"{round(100 * learned.right_shown)} %" in listed
    page = f"/admin/issues/learned/{learned.pk}/change/"
    assert "가로등 고장" in client.get(page).content.decode()
    client.force_login(daegu_coordinator)
    assert client.get(page).status_code in (302, 404)
