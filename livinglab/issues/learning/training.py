"""Learn weights with scikit-learn: `python -m livinglab.issues.learning.training`.

Reads lists of `[words, label]` as JSON and writes a packed model for each, in base64.
Started as a process of its own by the task that needs it; no page imports this module.
"""

import json
import sys
from base64 import b64encode
from collections.abc import Sequence

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from livinglab.issues.learning.grams import grams
from livinglab.issues.learning.model import packed

MOST_GRAMS = 8000
IN_AT_LEAST = 2
STRENGTH = 10.0  # of the fit; smaller is smoother


def train(texts: Sequence[str], labels: Sequence[int]) -> bytes:
    """The packed model of these texts; the same texts give the same digits.

    Raises ValueError with fewer than two labels or without a gram met twice.
    """
    vectorizer = TfidfVectorizer(
        analyzer=grams,
        max_features=MOST_GRAMS,
        min_df=IN_AT_LEAST,
        sublinear_tf=True,
        dtype=np.float32,
    )
    vectors = vectorizer.fit_transform(texts)
    fit = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=300)
    fit.fit(vectors, labels)
    weights, bias = fit.coef_.T, fit.intercept_
    if len(fit.classes_) == 2:  # one column there means "the second of two"
        weights = np.hstack([np.zeros_like(weights), weights])
        bias = np.array([0.0, bias[0]])
    return packed(
        fit.classes_.tolist(),
        vectorizer.get_feature_names_out().tolist(),
        vectorizer.idf_,
        weights,
        bias,
    )


def main() -> None:
    models = [
        train([words for words, _label in pairs], [label for _words, label in pairs])
        for pairs in json.load(sys.stdin)
    ]
    json.dump([b64encode(model).decode() for model in models], sys.stdout)


if __name__ == "__main__":
    main()
