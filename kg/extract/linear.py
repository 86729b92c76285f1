"""Linear models over named features: the run-time side of what training/ learns.

A model is a JSON object of feature name to weight, in thousandths; nothing is executed when it is read.
"""

import json
from collections.abc import Iterable
from functools import cache, cached_property
from itertools import repeat
from pathlib import Path

_FOLDER = Path(__file__).resolve().parent / "weights"
_WORD = "word="
_TOGETHER = "|"
_ZEROS = repeat(0)


class Linear:
    """A sum of weights; features that it does not know count nothing. `words` is the list that it was learned with."""

    def __init__(self, weights: dict[str, int]) -> None:
        self._weights = weights
        self.words = frozenset(name[len(_WORD) :] for name in weights if name.startswith(_WORD))

    def score(self, features: Iterable[str]) -> float:
        """The sum of the features' weights, bias included."""
        return (sum(map(self._weights.get, features, _ZEROS)) + self._weights.get("bias", 0)) / 1000

    def score_together(self, kinds: Iterable[str], around: Iterable[str]) -> float:
        """The sum of the weights of every kind by itself and together with every feature of the surroundings."""
        total = 0
        for kind in kinds:
            table = self._by_kind.get(kind)
            if table is not None:
                total += table[""] + sum(map(table.get, around, _ZEROS))
        return total / 1000

    @cached_property
    def _by_kind(self) -> dict[str, dict[str, int]]:
        """The weights of "kind" and "kind|feature" by kind, so that no name must be put together."""
        tables: dict[str, dict[str, int]] = {}
        for name, weight in self._weights.items():
            kind, _, feature = name.partition(_TOGETHER)
            tables.setdefault(kind, {"": 0})[feature] = weight
        return tables


def together(kinds: Iterable[str], around: Iterable[str]) -> list[str]:
    """The features that `score_together` adds up, by name: what is learned."""
    around = list(around)
    return [name for kind in kinds for name in (kind, *(f"{kind}{_TOGETHER}{feature}" for feature in around))]


@cache
def load(name: str) -> Linear:
    """The model of this name in the folder of weights."""
    return Linear(json.loads((_FOLDER / f"{name}.json").read_text(encoding="utf-8")))
