"""What a measurement says, in one form for all sets: figures, tables by type, what is taken for what, every error."""

from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from kg.export.marks import Mark

_AROUND = 90
"""Characters of text that are shown on either side of an error."""


class Tally(msgspec.Struct):
    """How many facts of a type were found, given beyond the gold, and missed."""

    found: int = 0
    extra: int = 0
    missing: int = 0

    @property
    def precision(self) -> float:
        """Share of what was given that is right; 0 where nothing was given."""
        return self.found / (self.found + self.extra) if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold that was found; 0 where nothing was found."""
        return self.found / (self.found + self.missing) if self.found else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return harmonic(self.precision, self.recall)

    def figure(self) -> dict[str, float]:
        """Its precision, recall and F1, rounded as they are reported."""
        return figure(self.precision, self.recall)


def harmonic(precision: float, recall: float) -> float:
    """F1 of a precision and a recall; 0 where both are."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def figure(precision: float, recall: float) -> dict[str, float]:
    """P, R and F1 to four digits."""
    return {"P": round(precision, 4), "R": round(recall, 4), "F1": round(harmonic(precision, recall), 4)}


class Excerpt(NamedTuple):
    """A piece of an article, and what is marked in it."""

    text: str
    marks: tuple[Mark, ...]


NOWHERE = Excerpt("", ())


class Wrong(msgspec.Struct, frozen=True):
    """One error: `verdict` is extra, missing or confused; `what` says in words which fact it is."""

    article: str
    verdict: str
    type: str
    what: str
    excerpt: str = ""
    marks: tuple[Mark, ...] = ()


class Judged(msgspec.Struct, frozen=True):
    """One claim or statement that the gold can judge: what found it, how sure that was, and whether it is right."""

    type: str
    rule: str
    confidence: float
    right: bool


class Measured(msgspec.Struct):
    """A set measured with one version of the extractor.

    `figures` are the headline figures (P, R and F1 each, or a share alone), `tables` the tallies by type in each
    section, `judged` every claim that the gold can judge, `confusion` how often what the gold calls one (outer key)
    was taken for another ("-": for nothing).
    """

    set: str
    extractor: str
    articles: int
    figures: dict[str, dict[str, float]] = {}
    tables: dict[str, dict[str, Tally]] = {}
    confusion: dict[str, dict[str, int]] = {}
    wrong: list[Wrong] = []
    judged: list[Judged] = []

    def judge(self, type_: str, rule: str, confidence: float, *, right: bool) -> None:
        """Keep that a claim or a statement (type STATEMENT) is right or wrong."""
        self.judged.append(Judged(type_, rule, confidence, right))

    def reliability(self) -> list[tuple[str, int, float, float]]:
        """In steps of a tenth of confidence: how many were that sure, how sure on average, and the share right."""
        steps: dict[int, list[Judged]] = {}
        for one in self.judged:
            steps.setdefault(min(9, int(one.confidence * 10)), []).append(one)
        return [
            (
                f"{step / 10:.1f} to {(step + 1) / 10:.1f}",
                len(every),
                round(sum(one.confidence for one in every) / len(every), 4),
                round(sum(one.right for one in every) / len(every), 4),
            )
            for step, every in sorted(steps.items())
        ]

    def tally(self, section: str, type_: str) -> Tally:
        """The tally of a type, made where it is not there yet."""
        return self.tables.setdefault(section, {}).setdefault(type_, Tally())

    def confuse(self, gold: str, given: str) -> None:
        """Count that what the gold calls one was taken for another."""
        row = self.confusion.setdefault(gold, {})
        row[given] = row.get(given, 0) + 1

    def confusions(self) -> list[tuple[str, str, int]]:
        """What was taken for what and how often, the most frequent first."""
        rows = [(gold, given, n) for gold, row in self.confusion.items() for given, n in row.items()]
        return sorted(rows, key=lambda row: (-row[2], row))

    def err(self, article: str, verdict: str, type_: str, what: str, shown: Excerpt = NOWHERE) -> None:
        """List an error."""
        self.wrong.append(Wrong(article, verdict, type_, what, *shown))

    def sorted(self) -> "Measured":
        """The same with types in the order of the alphabet, so that equal measurements are equal bytes."""
        self.tables = {section: dict(sorted(rows.items())) for section, rows in self.tables.items()}
        self.confusion = {gold: dict(sorted(row.items())) for gold, row in sorted(self.confusion.items())}
        return self


def excerpt(text: str, spans: Iterable[tuple[int, int, str]]) -> Excerpt:
    """The text around spans (start, end, label), cut at blanks, with each marked."""
    spans = sorted({span for span in spans if span[0] < span[1]})
    if not spans:
        return NOWHERE
    lo = _blank(text, max(0, spans[0][0] - _AROUND), -1)
    hi = _blank(text, min(len(text), max(span[1] for span in spans) + _AROUND), 1)
    return Excerpt(text[lo:hi], tuple(Mark(a - lo, b - lo, label) for a, b, label in spans))


def _blank(text: str, at: int, step: int) -> int:
    """The nearest blank from `at` on in a direction, or the end of the text."""
    while 0 < at < len(text) and not text[at].isspace():
        at += step
    return at + (step < 0 < at)
