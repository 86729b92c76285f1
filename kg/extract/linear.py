"""Linear models over named features: the run-time side of what training/ learns.

A model is a JSON object of feature name to weight, in thousandths; nothing is executed when it is read.
"""

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).resolve().parent / "weights"
_WORD = "word="


class Linear:
    """A sum of weights; features that it does not know count nothing. `words` is the list that it was learned with."""

    def __init__(self, weights: dict[str, int]) -> None:
        self._weights = weights
        self.words = frozenset(name[len(_WORD) :] for name in weights if name.startswith(_WORD))

    def score(self, features: Iterable[str]) -> float:
        """The sum of the features' weights, bias included."""
        get = self._weights.get
        return sum([get(feature, 0) for feature in features], get("bias", 0)) / 1000


@cache
def load(name: str) -> Linear:
    """The model of this name in the folder of weights."""
    return Linear(json.loads((_FOLDER / f"{name}.json").read_text(encoding="utf-8")))
