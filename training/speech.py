"""Learns who said what from annotated attributions: the weights of cues, speakers, contents and what is kept.

    python training/speech.py TRAIN.jsonl kg/extract/weights

TRAIN.jsonl has one article a line: `text`, and `attributions` with spans (`begin`, `end`) of `source`, `cue` and
`content`, as PolNeAR has them. Needs scipy besides the project itself. Same input, same weights.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from kg.extract import content_features, contents, cues, speakers
from kg.extract.attributions import accept_features, ranked
from kg.extract.linear import Linear, together
from kg.extract.parse import Parse, Tokens
from kg.extract.reader import read
from kg.extract.speech_context import SpeechContext

FOLDS = 3
MIN_COUNT = 3
MIN_CUE = 2
MIN_RATE = 0.04
HALF = 0.5
"""Overlap from which two spans count as the same."""

SHARPNESS = 10
"""How much better the best candidate for a content is to be than the next best: the power of its overlap."""


class Gold(NamedTuple):
    """One attribution: the token that carries the cue, the words of source and content as tokens."""

    head: int
    source: frozenset[int]
    content: frozenset[int]


class Sample(NamedTuple):
    """An article with its attributions by the token of their cue."""

    context: SpeechContext
    gold: dict[int, Gold]
    all: list[Gold]


class Choice(NamedTuple):
    """One decision: the features of each option, and how good each is (sums to one)."""

    options: list[list[str]]
    target: list[float]


def sample_of(row: dict[str, Any], parse: Parse) -> Sample:
    """Align the annotations with the tokens."""

    def tokens(spans: Iterable[dict[str, int]]) -> list[int]:
        found: list[int] = []
        for span in spans:
            if span["begin"] < span["end"]:
                found += range(parse.token_at(span["begin"]), parse.token_at(span["end"] - 1) + 1)
        return found

    every: list[Gold] = []
    by_head: dict[int, Gold] = {}
    for attribution in row["attributions"]:
        content = spoken(parse, tokens(attribution["content"]))
        if not content:
            continue
        cue = tokens(attribution["cue"])
        head = next((i for i in cue if parse.heads[i] not in cue or parse.heads[i] == i), cue[0] if cue else -1)
        gold = Gold(head, spoken(parse, tokens(attribution["source"])), content)
        every.append(gold)
        if head >= 0:
            by_head.setdefault(head, gold)
    return Sample(SpeechContext(parse), by_head, every)


def spoken(parse: Parse, tokens: Iterable[int]) -> frozenset[int]:
    """Those of the tokens that are words."""
    return frozenset(i for i in tokens if any(c.isalnum() for c in parse.words[i]))


def overlap(a: frozenset[int], b: frozenset[int]) -> float:
    """F1 of two sets of tokens."""
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def pieces_tokens(parse: Parse, pieces: Iterable[Tokens]) -> frozenset[int]:
    """The words of a candidate."""
    return spoken(parse, (i for piece in pieces for i in range(*piece)))


def is_source(parse: Parse, head: int, gold: Gold) -> bool:
    """Whether a noun phrase names the annotated source."""
    own = spoken(parse, range(*speakers.noun_phrase(parse, head)))
    return bool(own) and (own <= gold.source or overlap(own, gold.source) >= HALF)


def cue_words(samples: Sequence[Sample]) -> set[str]:
    """Words other than verbs that are cues often enough to be looked at."""
    hits, seen = Counter[str](), Counter[str]()
    for sample in samples:
        for i in range(len(sample.context.parse)):
            if not cues.is_verb(sample.context.parse, i):
                seen[cues.key(sample.context, i)] += 1
        hits.update(cues.key(sample.context, i) for i in sample.gold if not cues.is_verb(sample.context.parse, i))
    return {word for word, n in hits.items() if n >= MIN_CUE and n >= MIN_RATE * seen[word]}


def cue_choices(samples: Sequence[Sample], words: set[str]) -> list[Choice]:
    """Cue or not, for every word that may be one."""
    choices = []
    for sample in samples:
        for i in cues.candidates(sample.context, words):
            hit = float(i in sample.gold)
            choices.append(Choice([cues.features(sample.context, i), []], [hit, 1 - hit]))
    return choices


def speaker_choices(samples: Sequence[Sample]) -> list[Choice]:
    """Which noun phrase is the source of each cue."""
    choices = []
    for sample in samples:
        for head, gold in sorted(sample.gold.items()):
            found = speakers.candidates(sample.context, head)
            if not gold.source or not found:
                continue
            right = [float(is_source(sample.context.parse, i, gold)) for i in found]
            if sum(right):
                options = list(speakers.features(sample.context, head, found))
                choices.append(Choice(options, [r / sum(right) for r in right]))
    return choices


def content_choices(samples: Sequence[Sample]) -> list[Choice]:
    """Which pieces are the content of each cue, given the speaker."""
    choices = []
    for sample in samples:
        context = sample.context
        for head, gold in sorted(sample.gold.items()):
            found = speakers.candidates(context, head)
            source = next((i for i in found if gold.source and is_source(context.parse, i, gold)), None)
            speaker = None if source is None else speakers.noun_phrase(context.parse, source)
            cue = cues.span(context.parse, head)
            options = contents.candidates(context, cue, speaker)
            right = [overlap(pieces_tokens(context.parse, pieces), gold.content) for pieces in options]
            graded = [r**SHARPNESS if r >= HALF else 0.0 for r in right]
            if sum(graded):
                around = content_features.around(context, cue, speaker)
                features = [
                    content_features.shape(context, cue, pieces) + together(kinds, around)
                    for pieces, kinds in options.items()
                ]
                choices.append(Choice(features, [g / sum(graded) for g in graded]))
    return choices


def accept_choices(samples: Sequence[Sample], models: dict[str, Linear]) -> list[Choice]:
    """Whether what was found is right: speaker and content both, for every cue that scores high enough."""
    choices = []
    for sample in samples:
        parse = sample.context.parse
        for found in ranked(sample.context, models):
            own = pieces_tokens(parse, found.content)
            hit = float(
                any(
                    overlap(own, gold.content) >= HALF
                    and (not gold.source or (found.source is not None and is_source(parse, found.source, gold)))
                    for gold in sample.all
                )
            )
            choices.append(Choice([accept_features(sample.context, found), []], [hit, 1 - hit]))
    return choices


def learn(choices: Sequence[Choice], strength: float, min_count: int = MIN_COUNT) -> dict[str, int]:
    """Weights that make the right options likely (a conditional logit with an L2 penalty), in thousandths."""
    counts = Counter(feature for choice in choices for option in choice.options for feature in option)
    names = ["bias", *sorted(feature for feature, n in counts.items() if n >= min_count)]
    matrix, groups, target = _matrix(choices, {name: k for k, name in enumerate(names)})
    weights = _fit(matrix, groups, target, strength)
    rounded = {name: round(float(weight) * 1000) for name, weight in zip(names, weights, strict=True)}
    return {name: weight for name, weight in rounded.items() if abs(weight) >= _SMALL or name == "bias"}


_SMALL = 60
"""Weights under this many thousandths are left out."""


def _matrix(choices: Sequence[Choice], index: dict[str, int]) -> tuple[Any, Any, Any]:
    columns: list[int] = []
    ends, starts, target = [0], [], []
    for choice in choices:
        starts.append(len(ends) - 1)
        for option, right in zip(choice.options, choice.target, strict=True):
            if option:
                columns.append(0)
                columns.extend(index[feature] for feature in option if feature in index)
            ends.append(len(columns))
            target.append(right)
    values = np.ones(len(columns))
    matrix = csr_matrix((values, columns, ends), shape=(len(ends) - 1, len(index)))
    return matrix, np.array(starts), np.array(target)


def _fit(matrix: Any, starts: Any, target: Any, strength: float) -> Any:
    sizes = np.diff([*starts, matrix.shape[0]])
    transposed = matrix.T.tocsr()

    def loss(weights: Any) -> tuple[float, Any]:
        scores = matrix @ weights
        scores = scores - np.repeat(np.maximum.reduceat(scores, starts), sizes)
        likely = np.exp(scores)
        total = np.add.reduceat(likely, starts)
        log = scores - np.repeat(np.log(total), sizes)
        value = -float(target @ log) + strength / 2 * float(weights @ weights)
        return value, transposed @ (likely / np.repeat(total, sizes) - target) + strength * weights

    return minimize(loss, np.zeros(matrix.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 120}).x


def train(samples: Sequence[Sample]) -> dict[str, dict[str, int]]:
    """All models but the last, from these samples."""
    words = cue_words(samples)
    cue = learn(cue_choices(samples, words), 3.0)
    return {
        "cue": cue | {f"word={word}": 0 for word in words},
        "speaker": learn(speaker_choices(samples), 1.0),
        "content": learn(content_choices(samples), 2.0),
    }


def train_accept(samples: Sequence[Sample]) -> dict[str, int]:
    """What is kept, learned from what models say of articles that they have not seen."""
    choices: list[Choice] = []
    for fold in range(FOLDS):
        seen = [sample for k, sample in enumerate(samples) if k % FOLDS != fold]
        unseen = [sample for k, sample in enumerate(samples) if k % FOLDS == fold]
        models = {name: Linear(weights) for name, weights in train(seen).items()}
        choices += accept_choices(unseen, models)
    return learn(choices, 2.0)


def write(models: dict[str, dict[str, int]], folder: Path) -> None:
    """One JSON file a model, its features in order."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, weights in models.items():
        text = json.dumps(dict(sorted(weights.items())), ensure_ascii=False, indent=0, separators=(",", ":"))
        (folder / f"speech_{name}.json").write_text(text + "\n", encoding="utf-8")


def main(path: str, folder: str) -> None:
    """Read, learn, write."""
    rows = [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]
    samples = [sample_of(row, read(row["text"])) for row in rows]
    models = train(samples)
    models["accept"] = train_accept(samples)
    write(models, Path(folder))


if __name__ == "__main__":
    main(*sys.argv[1:])
