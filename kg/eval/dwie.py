"""DWIE: names and their classes, which of them are one entity, and relations between entities.

Spans are exact but for articles and possessives; pronouns and common nouns are left out, and an adjective of a country
counts only where the gold has one. Coreference is B³ over exact spans, a mention that one side lacks being alone.
A relation is right where both ends are, by the gold entity that shares most mentions.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from kg.eval.measured import Measured, Tally, excerpt, figure
from kg.eval.rows import article_of, mapping, rows
from kg.eval.spans import Offsets, half_overlap, trimmed
from kg.extract import extract
from kg.model import Extraction
from kg.version import EXTRACTOR

_SYMMETRIC = frozenset({"FAMILY_OF", "MEETS"})
_NO_NAMES = frozenset({"pronoun", "nominal"})


class _Mention(msgspec.Struct):
    begin: int
    end: int
    concept: int


class _Entity(msgspec.Struct):
    id: int
    types: list[str]
    name: str | None = None


class _Relation(msgspec.Struct):
    s: int
    p: str
    o: int


class Row(msgspec.Struct):
    """One article of the set, as its file has it."""

    id: str
    text: str
    mentions: list[_Mention]
    entities: list[_Entity]
    relations: list[_Relation]


@cache
def _map() -> Any:
    return mapping("dwie")


@cache
def _compared() -> frozenset[str]:
    return frozenset(ours for every in _map()["relations"].values() for ours in every)


@dataclass(slots=True)
class _Sums:
    """What B³ and the relations need besides tallies."""

    b3: list[float] = field(default_factory=lambda: [0.0, 0.0, 0.0, 0.0])
    right: int = 0
    """Relations given that are right (one may answer two of the gold)."""
    false: int = 0
    recalled: Tally = field(default_factory=Tally)
    core: Tally = field(default_factory=Tally)


def measure(path: Path, limit: int | None = None) -> Measured:
    """Extract the articles of a DWIE file and compare them with its gold."""
    gold = rows(path, Row, limit)
    return score((row, extract(article_of(row.text))) for row in gold)


def score(pairs: Iterable[tuple[Row, Extraction]]) -> Measured:
    """Compare extractions with the rows that they were made from."""
    found, sums = Measured("dwie", EXTRACTOR, 0), _Sums()
    for row, extraction in pairs:
        found.articles += 1
        _article(found, sums, row, extraction)
    _figures(found, sums)
    return found.sorted()


def _figures(found: Measured, sums: _Sums) -> None:
    for title, section in (("mentions", "spans"), ("mentions, typed", "mentions")):
        found.figures[title] = _total(found.tables.get(section, {})).figure()
    del found.tables["spans"]
    recall, given = (sums.b3[0] / sums.b3[1] if sums.b3[1] else 0.0), (sums.b3[2] / sums.b3[3] if sums.b3[3] else 0.0)
    found.figures["coreference, B3"] = figure(given, recall)
    precision = sums.right / (sums.right + sums.false) if sums.right + sums.false else 0.0
    found.figures["relations"] = figure(precision, sums.recalled.recall)
    found.figures["core relations"] = {"R": round(sums.core.recall, 4)}


def _total(tallies: dict[str, Tally]) -> Tally:
    every = tallies.values()
    return Tally(sum(t.found for t in every), sum(t.extra for t in every), sum(t.missing for t in every))


def _article(found: Measured, sums: _Sums, row: Row, extraction: Extraction) -> None:
    gold, optional = _gold_mentions(row)
    given = _given_mentions(row.text, extraction, gold, optional)
    _mentions(found, row, gold, given)
    _b3(sums, {k: v[0] for k, v in gold.items()}, {k: v[0] for k, v in given.items()})
    _relations(found, sums, row, extraction, _aligned(row.text, extraction, gold))


# ---- mentions ----------------------------------------------------------------------------------------------


def _class(entity: _Entity) -> str | None:
    types = set(entity.types)
    if "person" in types:
        return "PER"
    if "organization" in types:
        return "ORG"
    return "LOC" if types & {"gpe", "location"} and "facility" not in types else None


def _gold_mentions(row: Row) -> tuple[dict[Offsets, tuple[int, str]], set[Offsets]]:
    """The names of the gold with entity and class, and the spans of other classes, which may be found or not."""
    classes = {e.id: _class(e) for e in row.entities}
    gold, optional = {}, set()
    for mention in row.mentions:
        span, class_ = trimmed(row.text, mention.begin, mention.end), classes[mention.concept]
        if class_ is None:
            optional.add(span)
        else:
            gold[span] = (mention.concept, class_)
    return gold, optional


def _given_mentions(
    text: str, extraction: Extraction, gold: dict[Offsets, tuple[int, str]], optional: set[Offsets]
) -> dict[Offsets, tuple[str, str]]:
    exact, adjectives = {}, set()
    for entity in extraction.entities:
        class_ = _map()["classes"].get(entity.type)
        for m in entity.mentions:
            if m.kind == "demonym":
                adjectives.add(trimmed(text, m.start, m.end))
            if class_ is not None and m.kind not in _NO_NAMES:
                exact[m.start, m.end] = (entity.id, class_)
    given = {}
    for (start, end), value in exact.items():
        span = trimmed(text, start, end)
        if span not in optional and (span in gold or span not in adjectives):
            given[span] = value
    return given


def _mentions(
    found: Measured, row: Row, gold: dict[Offsets, tuple[int, str]], given: dict[Offsets, tuple[str, str]]
) -> None:
    for span in sorted({*gold, *given}):
        theirs, ours = gold[span][1] if span in gold else "-", given[span][1] if span in given else "-"
        spans = found.tally("spans", "all")
        if theirs == ours:
            spans.found += 1
            found.tally("mentions", theirs).found += 1
            continue
        if "-" not in {theirs, ours}:
            spans.found += 1
        else:
            spans.extra += theirs == "-"
            spans.missing += ours == "-"
        if theirs != "-":
            found.tally("mentions", theirs).missing += 1
        if ours != "-":
            found.tally("mentions", ours).extra += 1
        found.confuse(theirs, ours)
        _err_mention(found, row, span, theirs, ours)


def _err_mention(found: Measured, row: Row, span: Offsets, theirs: str, ours: str) -> None:
    verdict = "extra" if theirs == "-" else "missing" if ours == "-" else "confused"
    what = f"{row.text[span[0] : span[1]]}: {theirs} in the gold, {ours} found"
    found.err(row.id, verdict, ours if theirs == "-" else theirs, what, excerpt(row.text, [(*span, theirs)]))


def _b3(sums: _Sums, gold: dict[Offsets, Any], given: dict[Offsets, Any]) -> None:
    for at, (one, other) in ((0, (gold, given)), (2, (given, gold))):
        clusters, others = defaultdict(set), defaultdict(set)
        for span, entity in one.items():
            clusters[entity].add(span)
        for span, entity in other.items():
            others[entity].add(span)
        same = (len(clusters[e] & others[other[s]]) / len(clusters[e]) for s, e in one.items() if s in other)
        sums.b3[at] += sum(same)
        sums.b3[at + 1] += len(one)


# ---- relations ---------------------------------------------------------------------------------------------


def _aligned(text: str, extraction: Extraction, gold: dict[Offsets, tuple[int, str]]) -> dict[str, int]:
    """For each entity found the gold entity that shares most of its mentions."""
    votes: dict[str, Counter[int]] = defaultdict(Counter)
    for entity in extraction.entities:
        for m in entity.mentions:
            span = trimmed(text, m.start, m.end)
            votes[entity.id].update(concept for other, (concept, _) in gold.items() if half_overlap(span, other))
    return {key: counted.most_common(1)[0][0] for key, counted in votes.items() if counted}


def _relations(found: Measured, sums: _Sums, row: Row, extraction: Extraction, aligned: dict[str, int]) -> None:
    wanted = _wanted(row)
    seen: set[tuple[Any, str, Any]] = set()
    for claim in extraction.relations:
        if claim.type not in _compared() or claim.status == "denied":
            continue
        subject, object_ = aligned.get(claim.subject), aligned.get(claim.object)
        known = subject is not None and object_ is not None
        key: tuple[Any, str, Any] = (
            (subject, claim.type, object_) if known else (claim.subject, claim.type, claim.object)
        )
        if key in seen:
            continue
        seen.add(key)
        right = known and _answers(wanted, *key)
        sums.right += right
        sums.false += not right
        tally = found.tally("relations given", claim.type)
        tally.found += right
        tally.extra += not right
        found.judge(claim.type, claim.rule, claim.confidence, right=right)
        if not right:
            _err_claim(found, row, extraction, claim)
    _recalled(found, sums, row, wanted, seen)


def _wanted(row: Row) -> dict[tuple[int, int], set[str]]:
    classes = {e.id: _class(e) for e in row.entities}
    wanted: dict[tuple[int, int], set[str]] = defaultdict(set)
    for r in row.relations:
        if r.p in _map()["relations"] and classes[r.s] and classes[r.o]:
            wanted[r.s, r.o].add(r.p)
    return wanted


def _answers(wanted: dict[tuple[int, int], set[str]], subject: int, type_: str, object_: int) -> bool:
    ends = [(subject, object_), *([(object_, subject)] if type_ in _SYMMETRIC else [])]
    return any(type_ in _map()["relations"][p] for pair in ends for p in wanted.get(pair, ()))


def _recalled(
    found: Measured,
    sums: _Sums,
    row: Row,
    wanted: dict[tuple[int, int], set[str]],
    seen: set[tuple[Any, str, Any]],
) -> None:
    names = {e.id: e.name for e in row.entities}
    for (s, o), predicates in wanted.items():
        for p in sorted(predicates):
            every = _map()["relations"][p]
            hit = any((s, t, o) in seen or (t in _SYMMETRIC and (o, t, s) in seen) for t in every)
            tallies = [sums.recalled, found.tally("relations of the gold", p)]
            for tally in [*tallies, *([sums.core] if p in _map()["core"] else [])]:
                tally.found += hit
                tally.missing += not hit
            if not hit:
                found.err(row.id, "missing", every[0], f"{names[s]} {p} {names[o]}", _both(row, s, o))


def _both(row: Row, s: int, o: int) -> Any:
    """The text around the two ends of a gold relation where they stand closest."""
    ends = [[(m.begin, m.end) for m in row.mentions if m.concept == end] for end in (s, o)]
    pairs = [(abs(a[0] - b[0]), a, b) for a in ends[0] for b in ends[1]]
    if not pairs:
        return excerpt("", [])
    _, a, b = min(pairs)
    return excerpt(row.text, [(*a, "subject"), (*b, "object")])


def _err_claim(found: Measured, row: Row, extraction: Extraction, claim: Any) -> None:
    names = {e.id: e.name for e in extraction.entities}
    what = f"{names.get(claim.subject, claim.subject)} {claim.type} {names.get(claim.object, claim.object)}"
    shown = excerpt(row.text, [(claim.evidence.start, claim.evidence.end, "evidence")])
    found.err(row.id, "extra", claim.type, f"{what} ({claim.rule})", shown)
