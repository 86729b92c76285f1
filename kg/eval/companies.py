"""Sentences on companies and on people's facts: which relations hold between the names in them.

Two kinds of rows are read: pairs of names with one label (`e1_start` … as word indices, `relation`), where only
relations between the two count; and sentences annotated for some properties (`facts` with spans), where only relations
of these properties count. Names are found by the extractor itself, so that a name missed is a relation missed.
"""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from kg.eval.measured import Measured, excerpt, figure
from kg.eval.rows import article_of, mapping, rows
from kg.eval.spans import Offsets, half_overlap, trimmed
from kg.extract import extract
from kg.model import Claim, Extraction
from kg.version import EXTRACTOR


class _Fact(msgspec.Struct):
    property: str
    s: tuple[int, int]
    o: tuple[int, int]


class Row(msgspec.Struct):
    """A sentence of either kind: `context` (words) with one labelled pair, or `text` with facts by property."""

    text: str
    id: str = ""
    doc: str = ""
    start: int = 0
    relation: str | None = None
    invert_relation: int = 0
    e1_start: int = 0
    e1_end: int = 0
    e2_start: int = 0
    e2_end: int = 0
    context: list[str] = []
    properties: list[str] = []
    facts: list[_Fact] = []


class _Rule(NamedTuple):
    """Which of our relations a label is, each with the end of the label that is our subject."""

    main: tuple[str, ...]
    subject_of: dict[str, str]


@cache
def _rules(kind: str) -> dict[str, _Rule]:
    table: dict[str, Any] = mapping("companies")[kind]
    return {
        label: _Rule(tuple(row["relations"]), dict.fromkeys(row["relations"], row["subject"]) | row.get("also", {}))
        for label, row in table.items()
    }


@cache
def _compared(kind: str) -> frozenset[str]:
    return frozenset(type_ for rule in _rules(kind).values() for type_ in rule.subject_of)


class _Sentence(NamedTuple):
    """A sentence with its extraction; `ends_at` says whether an entity is what stands at a span."""

    key: str
    text: str
    extraction: Extraction

    def ends_at(self, entity: str, span: Offsets) -> bool:
        """Whether an entity found has a mention at a span."""
        wanted = trimmed(self.text, *span)
        found = next((e for e in self.extraction.entities if e.id == entity), None)
        return found is not None and any(
            half_overlap(trimmed(self.text, m.start, m.end), wanted) for m in found.mentions
        )

    def claims(self, types: frozenset[str]) -> Iterator[Claim]:
        """The claims of these types that are not denied, each triple once."""
        seen = set()
        for claim in self.extraction.relations:
            key = (claim.subject, claim.type, claim.object)
            if claim.type in types and claim.status != "denied" and key not in seen:
                seen.add(key)
                yield claim


def measure(path: Path, limit: int | None = None) -> Measured:
    """Extract the sentences of a file and compare them with its labels or facts."""
    found, read = Measured("companies", EXTRACTOR, 0), _reader()
    for row in rows(path, Row, limit):
        found.articles += 1
        text = " ".join(row.context) or row.text
        sentence = _Sentence(row.id or f"{row.doc}:{row.start}", text, read(text))
        if row.relation is None:
            _facts(found, row, sentence)
        else:
            _pair(found, row, sentence)
    given, gold = found.tables.get("given", {}).values(), found.tables.get("labels", {}).values()
    right, false = sum(t.found for t in given), sum(t.extra for t in given)
    hit, missing = sum(t.found for t in gold), sum(t.missing for t in gold)
    found.figures["relations"] = figure(right / max(1, right + false), hit / max(1, hit + missing))
    return found.sorted()


def _reader() -> Callable[[str], Extraction]:
    """Extraction by text: a sentence stands in the file once for each of its pairs."""
    return cache(lambda text: extract(article_of(text)))


# ---- one labelled pair ---------------------------------------------------------------------------------------


def _pair(found: Measured, row: Row, sentence: _Sentence) -> None:
    spans = _word_spans(row.context)
    ends = [(spans[a][0], spans[b][1]) for a, b in ((row.e1_start, row.e1_end), (row.e2_start, row.e2_end))]
    first, second = reversed(ends) if row.invert_relation else ends
    rule, hit = _rules("pairs").get(row.relation or "", _Rule((), {})), False
    for claim in sentence.claims(_compared("pairs")):
        order = _order(sentence, claim, first, second)
        if order is None:
            continue
        right = rule.subject_of.get(claim.type) in {"any", order}
        hit |= right
        _count(found, sentence, claim, right=right, label=row.relation or "")
    if rule.main:
        _recall(found, sentence, row.relation or "", [first, second], hit=hit)


def _word_spans(words: list[str]) -> list[Offsets]:
    spans, at = [], 0
    for word in words:
        spans.append((at, at + len(word)))
        at += len(word) + 1
    return spans


def _order(sentence: _Sentence, claim: Claim, first: Offsets, second: Offsets) -> str | None:
    """Which of the two the claim's subject is, where the object is the other."""
    for name, subject, object_ in (("first", first, second), ("second", second, first)):
        if sentence.ends_at(claim.subject, subject) and sentence.ends_at(claim.object, object_):
            return name
    return None


# ---- facts by property ---------------------------------------------------------------------------------------


def _facts(found: Measured, row: Row, sentence: _Sentence) -> None:
    rules = _rules("facts")
    types = frozenset(t for p in row.properties if p in rules for t in rules[p].subject_of)
    known = [f for f in row.facts if f.property in rules]
    claims = list(sentence.claims(types))
    answers = [[_answers(sentence, claim, fact) for fact in known] for claim in claims]
    for claim, right in zip(claims, answers, strict=True):
        if any(right) or _all_asked(claim.type, row.properties):
            _count(found, sentence, claim, right=any(right), label=", ".join(row.properties))
    for n, fact in enumerate(known):
        _recall(found, sentence, fact.property, [fact.s, fact.o], hit=any(right[n] for right in answers))


def _all_asked(type_: str, properties: list[str]) -> bool:
    """Whether the sentence was annotated for all that a relation can be an answer to."""
    return all(p in properties for p, rule in _rules("facts").items() if type_ in rule.main)


def _answers(sentence: _Sentence, claim: Claim, fact: _Fact) -> bool:
    rule = _rules("facts")[fact.property]
    side = rule.subject_of.get(claim.type)
    ends = {"s": (fact.s, fact.o), "o": (fact.o, fact.s)}
    return any(
        side in {name, "any"} and sentence.ends_at(claim.subject, a) and sentence.ends_at(claim.object, b)
        for name, (a, b) in ends.items()
    )


# ---- counts --------------------------------------------------------------------------------------------------


def _count(found: Measured, sentence: _Sentence, claim: Claim, *, right: bool, label: str) -> None:
    tally = found.tally("given", claim.type)
    tally.found += right
    tally.extra += not right
    found.judge(claim.type, claim.rule, claim.confidence, right=right)
    if not right:
        names = {e.id: e.name for e in sentence.extraction.entities}
        what = f"{names[claim.subject]} {claim.type} {names[claim.object]} (the gold says {label})"
        shown = excerpt(sentence.text, [(claim.evidence.start, claim.evidence.end, "evidence")])
        found.confuse(label, claim.type)
        found.err(sentence.key, "extra", claim.type, what, shown)


def _recall(found: Measured, sentence: _Sentence, label: str, ends: list[Offsets], *, hit: bool) -> None:
    tally = found.tally("labels", label)
    tally.found += hit
    tally.missing += not hit
    if not hit:
        names = " and ".join(sentence.text[a:b] for a, b in ends)
        shown = excerpt(sentence.text, [(*span, "name") for span in ends])
        found.err(sentence.key, "missing", label, f"{label}: {names}", shown)
