"""Learns who said what from annotated attributions: the weights of cues, speakers, contents and what is kept.

    python training/speech.py TRAIN.jsonl kg/extract/weights

TRAIN.jsonl has one article a line: `text`, and `attributions` with spans (`begin`, `end`) of `source`, `cue` and
`content`, as PolNeAR has them. Needs scipy besides the project itself. Same input, same weights.
"""

import json
import sys
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from kg.extract import acceptance, content_features, contents, cues, readings, speakers
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

SMALL, ACCEPT_SMALL = 60, 20
"""Weights under so many thousandths are left out: less strictly of the last model's, which has few."""

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
    """Whether what was found is right: a speaker, and speaker and content both, for every cue that scores enough."""
    choices = []
    for sample in samples:
        found = readings.find(sample.context, models)
        neighbours = acceptance.Neighbours(sample.context, found)
        for reading in found:
            hit = float(is_right(sample, reading))
            choices.append(Choice([acceptance.features(sample.context, reading, neighbours), []], [hit, 1 - hit]))
    return choices


def is_right(sample: Sample, reading: readings.Reading) -> bool:
    """Whether an attribution has the same source, and a content that overlaps by half."""
    parse = sample.context.parse
    own = pieces_tokens(parse, reading.content)
    return any(
        reading.source is not None
        and bool(gold.source)
        and overlap(own, gold.content) >= HALF
        and is_source(parse, reading.source, gold)
        for gold in sample.all
    )


class Table:
    """Choices as numbers: features by index, so that they are made once and learned from several times."""

    def __init__(self) -> None:
        self.index: dict[str, int] = {}
        self.options: list[array[int]] = []
        self.target: list[float] = []
        self.starts: list[int] = []
        self.sample: list[int] = []

    def add(self, choices: Iterable[Choice], sample: int) -> None:
        """Add the choices of one sample, which is told by its number."""
        for choice in choices:
            self.starts.append(len(self.options))
            self.sample.append(sample)
            self.target += choice.target
            for option in choice.options:
                self.options.append(array("i", [self.index.setdefault(name, len(self.index)) for name in option]))

    def learn(
        self, strength: float, samples: Callable[[int], bool] = lambda _: True, small: int = SMALL
    ) -> dict[str, int]:
        """Weights that make the right options of some samples' choices likely, in thousandths.

        A conditional logit with an L2 penalty; weights under `small` are left out. An option without features is
        what a choice can be left at.
        """
        ends = [*self.starts[1:], len(self.options)]
        own = [k for k, sample in enumerate(self.sample) if samples(sample)]
        rows = [i for k in own for i in range(self.starts[k], ends[k])]
        sizes = np.array([ends[k] - self.starts[k] for k in own])
        matrix = self._matrix(rows)
        columns = np.flatnonzero(np.asarray(matrix.sum(axis=0)).ravel() >= MIN_COUNT)
        weights = _fit(matrix[:, columns], sizes, np.array([self.target[i] for i in rows]), strength)
        names = ["bias", *self.index]
        rounded = {names[k]: round(float(weight) * 1000) for k, weight in zip(columns, weights, strict=True)}
        return {name: weight for name, weight in rounded.items() if abs(weight) >= small or name == "bias"}

    def _matrix(self, rows: list[int]) -> Any:
        lengths = [len(self.options[i]) + bool(self.options[i]) for i in rows]
        ends = np.concatenate([[0], np.cumsum(lengths)])
        columns = np.zeros(ends[-1], dtype=np.int32)
        for i, start, end in zip(rows, ends, ends[1:], strict=False):
            if end > start:
                columns[start + 1 : end] = np.frombuffer(self.options[i], dtype=np.int32) + 1
        return csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(rows), len(self.index) + 1))


def _fit(matrix: Any, sizes: Any, target: Any, strength: float) -> Any:
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
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


STRENGTHS = {"cue": 3.0, "speaker": 1.0, "content": 2.0}
ACCEPT_STRENGTH = 8.0


def train(samples: Sequence[Sample]) -> dict[str, dict[str, int]]:
    """All models; the last one learns from what the others, trained without an article, say of it."""
    words = cue_words(samples)
    makers: dict[str, Callable[[Sequence[Sample]], list[Choice]]] = {
        "cue": partial(cue_choices, words=words),
        "speaker": speaker_choices,
        "content": content_choices,
    }
    tables = {name: Table() for name in makers}
    for k, sample in enumerate(samples):
        for name, make in makers.items():
            tables[name].add(make([sample]), k)
    listed = {f"word={word}": 0 for word in sorted(words)}

    def models(chosen: Callable[[int], bool]) -> dict[str, dict[str, int]]:
        learned = {name: table.learn(STRENGTHS[name], chosen) for name, table in tables.items()}
        return learned | {"cue": learned["cue"] | listed}

    accept = Table()
    for fold in range(FOLDS):
        others = {name: Linear(weights) for name, weights in models(partial(_is_outside, fold)).items()}
        for k in range(fold, len(samples), FOLDS):
            accept.add(accept_choices([samples[k]], others), k)
    return models(lambda _: True) | {"accept": accept.learn(ACCEPT_STRENGTH, small=ACCEPT_SMALL)}


def _is_outside(fold: int, sample: int) -> bool:
    return sample % FOLDS != fold


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
    write(train(samples), Path(folder))


if __name__ == "__main__":
    main(*sys.argv[1:])
