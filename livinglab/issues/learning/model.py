"""A learned model at work: a few hundred multiplications, and nothing that can run."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

import numpy as np
import numpy.typing as npt

from livinglab.issues.learning.grams import counted

Floats = npt.NDArray[np.float32]


class BadWeights(ValueError):
    """What is stored is no model of ours."""


@dataclass(frozen=True, eq=False)
class Model:
    """Rows of `weights` are the grams in use, columns the labels."""

    labels: tuple[int, ...]
    rows: Mapping[str, int]
    rarity: Floats
    weights: Floats
    bias: Floats

    def shares(self, words: str) -> dict[int, float]:
        """How likely each label is, by pk; empty for words never met before."""
        known = [
            (row, count)
            for gram, count in counted(words).items()
            if (row := self.rows.get(gram)) is not None
        ]
        if not known:
            return {}
        at = np.array([row for row, _count in known])
        weight = np.array([1.0 + log(count) for _row, count in known], dtype=np.float32)
        vector = weight * self.rarity[at]
        vector /= np.linalg.norm(vector)
        scores = vector @ self.weights[at] + self.bias
        odds = np.exp(scores - scores.max())
        return dict(zip(self.labels, (odds / odds.sum()).tolist(), strict=True))


def packed(
    labels: Sequence[int],
    vocabulary: Sequence[str],
    rarity: Floats,
    weights: Floats,
    bias: Floats,
) -> bytes:
    """A model as bytes: arrays alone, half as wide as they were learned."""
    kept = io.BytesIO()
    np.savez_compressed(
        kept,
        labels=np.array(labels, dtype=np.int64),
        vocabulary=np.frombuffer("\n".join(vocabulary).encode(), dtype=np.uint8),
        rarity=rarity.astype(np.float16),
        weights=weights.astype(np.float16),
        bias=bias.astype(np.float32),
    )
    return kept.getvalue()


def unpacked(stored: bytes) -> Model:
    """The model in the bytes; raises BadWeights for anything else."""
    try:
        with np.load(io.BytesIO(stored), allow_pickle=False) as arrays:
            vocabulary = arrays["vocabulary"].tobytes().decode().split("\n")
            model = Model(
                tuple(arrays["labels"].tolist()),
                {gram: row for row, gram in enumerate(vocabulary)},
                arrays["rarity"].astype(np.float32),
                arrays["weights"].astype(np.float32),
                arrays["bias"].astype(np.float32),
            )
    except (ValueError, KeyError, OSError, EOFError) as wrong:
        raise BadWeights("these weights are no model of ours") from wrong
    if model.weights.shape != (len(model.rows), len(model.labels)):
        raise BadWeights("the weights do not fit their words and labels")
    return model
