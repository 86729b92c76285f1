"""PolNeAR: who said what.

A statement counts where its content shares half of its words with the gold's (F1 of words, the best pairs first), and
its speaker where that is so too or it lies within the gold's.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from kg.eval.measured import Measured, Tally, excerpt
from kg.eval.rows import article_of, rows
from kg.eval.spans import Offsets, shared, words
from kg.extract import extract
from kg.model import Extraction, Statement
from kg.version import EXTRACTOR

_HALF = 0.5


class _Span(msgspec.Struct):
    begin: int
    end: int


class _Attribution(msgspec.Struct):
    source: list[_Span]
    cue: list[_Span]
    content: list[_Span]


class Row(msgspec.Struct):
    """One article of the set, as its file has it."""

    id: str
    text: str
    attributions: list[_Attribution]


@dataclass(slots=True)
class _Said:
    """A statement of either side: the words of its content and speaker, and their spans."""

    content: set[Offsets]
    speaker: set[Offsets]
    spans: list[tuple[int, int, str]]
    quoted: bool = False
    given: Statement | None = None


@dataclass(slots=True)
class _Counts:
    gold: int = 0
    given: int = 0
    content: int = 0
    both: int = 0
    spoken: int = 0
    """Matched statements whose speaker the gold has."""
    quotes: int = 0
    quotes_found: int = 0


def measure(path: Path, limit: int | None = None) -> Measured:
    """Extract the articles of a PolNeAR file and compare them with its gold."""
    gold = rows(path, Row, limit)
    return score((row, extract(article_of(row.text))) for row in gold)


def score(pairs: Iterable[tuple[Row, Extraction]]) -> Measured:
    """Compare extractions with the rows that they were made from."""
    found, counts, tokens = Measured("polnear", EXTRACTOR, 0), _Counts(), Tally()
    for row, extraction in pairs:
        found.articles += 1
        gold, given = _gold(row), _given(row.text, extraction)
        _compare(found, counts, row, gold, given)
        _tokens(tokens, gold, given)
    found.figures = {
        "content and speaker": _tally(counts, counts.both).figure(),
        "content": _tally(counts, counts.content).figure(),
        "content, by words": tokens.figure(),
        "quotations found": {"R": round(counts.quotes_found / max(1, counts.quotes), 4)},
        "speaker where the content is right": {"P": round(counts.both / max(1, counts.spoken), 4)},
    }
    found.tables["statements"] = {
        "content": _tally(counts, counts.content),
        "content and speaker": _tally(counts, counts.both),
    }
    return found.sorted()


def _tally(counts: _Counts, right: int) -> Tally:
    return Tally(right, counts.given - right, counts.gold - right)


def _gold(row: Row) -> list[_Said]:
    found = []
    for a in row.attributions:
        content = [(x.begin, x.end) for x in a.content]
        source = [(x.begin, x.end) for x in a.source]
        spans = [(*s, label) for label, every in (("content", content), ("speaker", source)) for s in every]
        spans += [(x.begin, x.end, "cue") for x in a.cue]
        quoted = any(mark in row.text[lo:hi] for lo, hi in content for mark in '"“')
        if held := words(row.text, content):
            found.append(_Said(held, words(row.text, source), spans, quoted))
    return found


def _given(text: str, extraction: Extraction) -> list[_Said]:
    found = []
    for s in extraction.statements:
        content = [(x.start, x.end) for x in s.content_spans]
        speaker = [(s.speaker_span.start, s.speaker_span.end)] if s.speaker_span else []
        spans = [(*x, label) for label, every in (("content", content), ("speaker", speaker)) for x in every]
        if held := words(text, content):
            found.append(_Said(held, words(text, speaker), spans, given=s))
    return found


def _compare(found: Measured, counts: _Counts, row: Row, gold: list[_Said], given: list[_Said]) -> None:
    pairs = sorted(
        ((shared(g.content, q.content), i, j) for i, g in enumerate(gold) for j, q in enumerate(given)), reverse=True
    )
    used: tuple[set[int], set[int]] = (set(), set())
    for value, i, j in pairs:
        if value < _HALF or i in used[0] or j in used[1]:
            continue
        used[0].add(i)
        used[1].add(j)
        counts.content += 1
        counts.quotes_found += gold[i].quoted
        _speaker(found, counts, row, gold[i], given[j])
    counts.gold += len(gold)
    counts.given += len(given)
    counts.quotes += sum(g.quoted for g in gold)
    _err_unmatched(found, row, "missing", [g for i, g in enumerate(gold) if i not in used[0]])
    _err_unmatched(found, row, "extra", [q for j, q in enumerate(given) if j not in used[1]])


def _speaker(found: Measured, counts: _Counts, row: Row, gold: _Said, given: _Said) -> None:
    if not gold.speaker:
        return
    counts.spoken += 1
    right = bool(shared(gold.speaker, given.speaker) >= _HALF or (given.speaker and given.speaker <= gold.speaker))
    _judge(found, given, right=right)
    if right:
        counts.both += 1
        return
    found.confuse("speaker", "another speaker" if given.speaker else "-")
    theirs = [(a, b, f"{label} of the gold") for a, b, label in gold.spans if label != "content"]
    shown = excerpt(row.text, [*given.spans, *theirs])
    found.err(row.id, "confused", "speaker", "another speaker than in the gold", shown)


def _err_unmatched(found: Measured, row: Row, verdict: str, said: list[_Said]) -> None:
    for one in said:
        _judge(found, one, right=False)
        what = "a statement that was not found" if verdict == "missing" else "no statement of the gold"
        found.err(row.id, verdict, "statement", what, excerpt(row.text, one.spans))


def _judge(found: Measured, said: _Said, *, right: bool) -> None:
    if said.given is not None:
        found.judge("STATEMENT", said.given.rule, said.given.confidence, right=right)


def _tokens(tokens: Tally, gold: list[_Said], given: list[_Said]) -> None:
    theirs, ours = set[Offsets]().union(*(g.content for g in gold)), set[Offsets]().union(*(q.content for q in given))
    tokens.found += len(theirs & ours)
    tokens.extra += len(ours - theirs)
    tokens.missing += len(theirs - ours)
