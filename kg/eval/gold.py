"""Extractions against gold facts, by relation type, and what was found wrong.

A gold file holds one JSON object an article: `file`, `entities` (name, type, aliases), `relations` (subject, type,
object, status, qualifiers), `statements` (speaker, text_starts_with) and, where no recipe tells it, `metadata`.
Names are matched by any form that both have, after `normalise`; entities that have a form in common but different
types are two (a place is not a company).
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from kg.eval.measured import Tally
from kg.eval.rows import rows
from kg.model import Article, Claim, Entity, Extraction
from kg.model.ids import normalise
from kg.model.ontology import RELATIONS, is_a

_ARTICLE = "article"
_MOVE = "marketMove"
_KEY_QUALIFIERS = ("change", "direction", "role")
_QUOTE_MARKS = "\"'“”‘’ "
_DESCRIBED = frozenset({"Policy", "Event", "Group"})
"""What mostly has no name, so that a longer or shorter description is as good."""
_FAR = 4
_START = 24
"""Letters of a statement's content that tell it from the speaker's others."""


class GoldEntity(msgspec.Struct, frozen=True):
    """An entity of the gold: its name, its type, and other forms in the text."""

    name: str
    type: str
    aliases: tuple[str, ...] = ()


class GoldRelation(msgspec.Struct, frozen=True):
    """A relation of the gold, over names."""

    subject: str
    type: str
    object: str
    status: str
    qualifiers: dict[str, str | float] = {}


class GoldStatement(msgspec.Struct, frozen=True):
    """A statement of the gold, told by its speaker and how it begins."""

    text_starts_with: str
    speaker: str | None = None


class GoldArticle(msgspec.Struct, frozen=True):
    """What a careful reader takes from one article; `metadata` is what is known besides its text."""

    file: str
    entities: tuple[GoldEntity, ...]
    relations: tuple[GoldRelation, ...]
    statements: tuple[GoldStatement, ...]
    metadata: dict[str, str | tuple[str, ...]] = {}


class Fact(msgspec.Struct, frozen=True, order=True):
    """One fact as it is compared: a relation (with status and key qualifier), or a statement (type STATEMENT)."""

    type: str
    subject: str
    object: str
    detail: str = ""


class Miss(msgspec.Struct, frozen=True, order=True):
    """A fact that is wrong: `verdict` is "extra" or "missing"; `quote` is the evidence of an extra one."""

    file: str
    verdict: str
    fact: Fact
    quote: str = ""


class Report(msgspec.Struct):
    """Tallies by type, and every fact that is wrong, in the order of articles."""

    types: dict[str, Tally]
    errors: list[Miss]

    def total(self) -> Tally:
        """All relations together; statements are counted apart."""
        relations = [t for name, t in self.types.items() if name != "STATEMENT"]
        return Tally(
            sum(t.found for t in relations), sum(t.extra for t in relations), sum(t.missing for t in relations)
        )


def read_gold(path: Path) -> list[GoldArticle]:
    """The articles of a gold file; raises `SourceError` naming the line that is not one."""
    return rows(path, GoldArticle)


def evaluate(pairs: Iterable[tuple[Article, Extraction]], gold: Sequence[GoldArticle]) -> Report:
    """Score extractions against the gold articles in the same order.

    What says nothing new counts as neither right nor wrong where the gold lacks it: inferred claims, and what follows
    from the gold (`_follows`). So do the relation types that the gold nowhere lists.
    """
    report = Report({}, [])
    for (article, extraction), expected in zip(pairs, gold, strict=True):
        _score(report, expected, *_facts(article, extraction, expected))
    listed = {r.type for g in gold for r in g.relations} | {"STATEMENT"}
    report.types = {name: report.types[name] for name in sorted(listed & report.types.keys())}
    report.errors = [miss for miss in report.errors if miss.fact.type in listed]
    return report


def judged(article: Article, extraction: Extraction, gold: GoldArticle) -> Iterator[tuple[Claim, bool]]:
    """The claims that the gold can judge, each with whether it is right."""
    wanted = set(_gold_facts(gold))
    names = _names(article, extraction, gold)
    attributes = {e.id: e.attributes for e in extraction.entities}
    for claim in extraction.relations:
        fact = _claim_fact(claim, names, attributes)
        if fact in wanted or not (claim.inferred or _follows(fact, wanted)):
            yield claim, fact in wanted


def _score(report: Report, expected: GoldArticle, given: dict[Fact, str], inferred: set[Fact]) -> None:
    wanted = set(_gold_facts(expected))
    for fact in sorted({*wanted, *given}):
        if fact not in wanted and (fact in inferred or _follows(fact, wanted)):
            continue
        tally = report.types.setdefault(fact.type, Tally())
        if fact in wanted and fact in given:
            tally.found += 1
        elif fact in given:
            tally.extra += 1
            report.errors.append(Miss(expected.file, "extra", fact, given[fact]))
        else:
            tally.missing += 1
            report.errors.append(Miss(expected.file, "missing", fact))


def _follows(fact: Fact, gold: set[Fact]) -> bool:
    """Whether a fact that the gold lacks says but what the gold says otherwise.

    A body of a country has its seat there; who is minister of a ministry is minister of its country; a spokesperson
    holds that office; who negotiates or meets takes part in the talks; what moved prices is told with the move.
    """
    subject, object_ = fact.subject, fact.object
    held = {(g.type, g.subject, g.object) for g in gold}
    bodies = {o for t, s, o in held if t in {"MINISTER_OF", "HEAD_OF"} and s == subject}
    if fact.type == "BASED_IN":
        return ("AGENCY_OF", subject, object_) in held
    if fact.type == "MINISTER_OF":
        return any(("AGENCY_OF", body, object_) in held for body in bodies)
    if fact.type in {"HOLDS_POSITION", "POSITION_IN"}:
        office = object_ if fact.type == "HOLDS_POSITION" else subject
        return office.startswith("Spokesperson ") and any(t == "SPOKESPERSON_FOR" for t, _, _ in held)
    if fact.type == "PARTICIPATES_IN":
        with_others = {"NEGOTIATES_WITH", "MEETS", "CONTACTS"}
        return any(g.type in with_others and subject in {g.subject, g.object} and g.detail == fact.detail for g in gold)
    return fact.type == "AFFECTS" and object_ == _MOVE


# ---- facts of both sides -----------------------------------------------------------------------------------


def _gold_facts(gold: GoldArticle) -> Iterable[Fact]:
    for r in gold.relations:
        yield _fact(r.type, r.subject, _MOVE if r.type == "MOVED" else r.object, r.status, r.qualifiers)
    for s in gold.statements:
        yield Fact("STATEMENT", s.speaker or "", _beginning(s.text_starts_with))


def _fact(type_: str, subject: str, object_: str, status: str, qualifiers: dict[str, str | float]) -> Fact:
    ends = sorted((subject, object_)) if RELATIONS[type_].symmetric else [subject, object_]
    keys = [str(qualifiers[key]) for key in _KEY_QUALIFIERS if key in qualifiers]
    return Fact(type_, ends[0], ends[1], " ".join([status, *keys]))


def _facts(article: Article, extraction: Extraction, gold: GoldArticle) -> tuple[dict[Fact, str], set[Fact]]:
    """The facts of an extraction in the gold's names, each with its evidence; and those of them that are inferred."""
    names = _names(article, extraction, gold)
    attributes = {e.id: e.attributes for e in extraction.entities}
    given: dict[Fact, str] = {}
    inferred: set[Fact] = set()
    for claim in extraction.relations:
        fact = _claim_fact(claim, names, attributes)
        (inferred.add if claim.inferred else inferred.discard)(fact)
        given.setdefault(fact, claim.evidence.text)
    wanted = [(s.speaker or "", _beginning(s.text_starts_with)) for s in gold.statements]
    for statement in extraction.statements:
        speaker = names[statement.speaker] if statement.speaker else ""
        given[Fact("STATEMENT", speaker, _aligned(speaker, statement.text, wanted))] = statement.evidence.text
    return given, inferred


def _names(article: Article, extraction: Extraction, gold: GoldArticle) -> dict[str, str]:
    """What every id of an extraction is called by the gold."""
    names = _gold_names(extraction.entities, gold.entities) | {article.id: _ARTICLE}
    names |= {s.id: s.text for s in extraction.statements}
    return names | {e.id: _MOVE for e in extraction.entities if e.attributes.get("eventKind") == _MOVE}


def _claim_fact(claim: Claim, names: dict[str, str], attributes: dict[str, dict[str, str]]) -> Fact:
    """The claim in the gold's names; the direction of a move stands with its event."""
    if claim.type == "MOVED":
        return _fact(claim.type, names[claim.subject], _MOVE, claim.status, {**attributes[claim.object]})
    return _fact(claim.type, names[claim.subject], names[claim.object], claim.status, {**claim.qualifiers})


def _aligned(speaker: str, text: str, wanted: list[tuple[str, str]]) -> str:
    """The beginning of the speaker's gold statement that this one begins as; else its own."""
    own = _beginning(text)
    return next((b for s, b in wanted if s == speaker and _same_start(b, own)), own)


def _same_start(one: str, other: str) -> bool:
    return one[:_START].startswith(other[:_START]) or other[:_START].startswith(one[:_START])


def _beginning(text: str) -> str:
    return normalise(text.strip(_QUOTE_MARKS)).removeprefix("that ")[: 2 * _START]


# ---- names -------------------------------------------------------------------------------------------------


def _gold_names(entities: Sequence[Entity], gold: Sequence[GoldEntity]) -> dict[str, str]:
    """For each entity's id the name of the gold entity that it is, else its own name.

    An equal name counts more than an equal other form, that more than a form of the text, an equal type more
    than a kindred one.
    """
    return {
        entity.id: max(
            ((_likeness(entity, g), -n, g.name) for n, g in enumerate(gold) if _likeness(entity, g)),
            default=((), 0, entity.name),
        )[2]
        for entity in entities
    }


def _likeness(entity: Entity, gold: GoldEntity) -> tuple[int, ...]:
    """How well both match, the best is the greatest; empty where they are not the same."""
    if not (is_a(entity.type, gold.type) or is_a(gold.type, entity.type)):
        return ()
    own = [{normalise(entity.name)}, {normalise(a) for a in entity.aliases}, _written(entity)]
    theirs = [{normalise(gold.name)}, {normalise(a) for a in gold.aliases}]
    ranks = [
        (-(i + j), int(entity.type == gold.type)) for i, a in enumerate(own) for j, b in enumerate(theirs) if a & b
    ]
    if not ranks and _describes(gold.type, set().union(*own), set().union(*theirs)):
        return -_FAR, int(entity.type == gold.type)
    return max(ranks, default=())


def _describes(type_: str, own: set[str], theirs: set[str]) -> bool:
    """Whether a form of one, where such things have no name, is of the words of a form of the other."""
    if type_ == "Position":  # "Commerce Minister of X" is the "Minister of Commerce of X"
        return any(_office_words(a) == _office_words(b) for a in own for b in theirs)
    return type_ in _DESCRIBED and any(_within(a, b) for a in own for b in theirs)


def _office_words(name: str) -> set[str]:
    return set(name.split()) - {"of", "the", "for", "affairs", "acting"}


def _within(one: str, other: str) -> bool:
    """Whether one form is of the words of the other ("tariff", "a 20 percent tariff"); a plural is as good."""
    return f" {one}" in f" {other}" or f" {other}" in f" {one}"


def _written(entity: Entity) -> set[str]:
    return {normalise(m.text) for m in entity.mentions if m.kind != "pronoun"}
