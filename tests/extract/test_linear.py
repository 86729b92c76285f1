import json
from pathlib import Path

import pytest

import kg.extract.linear
from kg.extract.linear import Linear, load, together

WEIGHTS = sorted((Path(kg.extract.linear.__file__).parent / "weights").glob("*.json"))


def test_a_score_is_the_sum_of_known_weights_and_the_bias() -> None:
    model = Linear({"bias": 500, "l=say": 1250, "d=ROOT": -250})
    assert model.score(["l=say", "d=ROOT", "l=unheard-of"]) == 1.5


def test_scoring_together_is_scoring_the_joined_names() -> None:
    model = Linear({"left": 100, "left|say": 20, "right|say": 3, "right|tell": 7})
    kinds, around = ["left", "right", "both"], ["say", "ask"]
    assert model.score_together(kinds, around) == model.score(together(kinds, around)) == 0.123


def test_the_list_of_words_comes_with_the_weights() -> None:
    assert Linear({"bias": 0, "word=claim/N": 0}).words == {"claim/N"}


@pytest.mark.parametrize("path", WEIGHTS, ids=lambda path: path.stem)
def test_weights_are_whole_numbers_by_name_in_order(path: Path) -> None:
    weights = json.loads(path.read_text(encoding="utf-8"))
    assert list(weights) == sorted(weights)
    assert all(isinstance(weight, int) for weight in weights.values())
    assert load(path.stem).score([]) == weights["bias"] / 1000
