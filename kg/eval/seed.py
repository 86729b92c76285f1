"""One annotated article on trade talks, relation by relation, by the committed mapping of its predicates to ours.

The gold is one JSON object: `source` (the article beside it), `entities`, `mentions` with offsets, `relations` with
`pred`, `subj`, `obj`, the paragraph `par` it stands in (from 1), words `kw` of which one must be in the evidence, and
`qualifiers`. Entities are the same where mentions overlap by half. What is given beyond the gold is listed and not
counted: the gold says what must be found, not all that is so.
"""

from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from kg.errors import SourceError
from kg.eval.measured import Measured, excerpt
from kg.eval.rows import article_of, mapping, text_of
from kg.eval.spans import Offsets, half_overlap, trimmed
from kg.extract import extract
from kg.model import Article, Claim, Extraction, Statement
from kg.version import EXTRACTOR

_ARTICLE = "ARTICLE"


class _Mention(msgspec.Struct):
    entity: str
    start: int
    end: int


class _Entity(msgspec.Struct):
    id: str
    type: str
    name: str


class Relation(msgspec.Struct):
    """A relation of the gold, over ids of its entities."""

    id: str
    pred: str
    subj: str
    obj: str | None
    par: int
    kw: list[str] | None = None
    qualifiers: dict[str, Any] = {}


class Gold(msgspec.Struct):
    """The annotated article."""

    source: str
    entities: list[_Entity]
    mentions: list[_Mention]
    relations: list[Relation]


@cache
def _map() -> Any:
    return mapping("seed")


def measure(path: Path, limit: int | None = None) -> Measured:
    """Extract the article beside a gold file and compare it; there is but one, so that `limit` changes nothing."""
    del limit
    try:
        gold = msgspec.json.decode(text_of(path), type=Gold)
    except msgspec.MsgspecError as error:
        raise SourceError(f"{path} is no annotated article: {error}.") from error
    article = article_of(text_of(path.parent / gold.source), publisher=_publisher(gold))
    return score(gold, article, extract(article))


def _publisher(gold: Gold) -> str | None:
    """Who published the article is not always in its text: the gold tells it, as metadata would."""
    names = {e.id: e.name for e in gold.entities}
    return next((names[r.obj] for r in gold.relations if r.pred == "published_by" and r.obj), None)


def score(gold: Gold, article: Article, extraction: Extraction) -> Measured:
    """Compare an extraction with the gold."""
    found, reading = Measured("seed", EXTRACTOR, 1), _Reading(gold, article, extraction)
    for relation in gold.relations:
        tally = found.tally("relations", relation.pred)
        if relation.pred in _map()["not_expressible"]:
            found.confuse(relation.pred, "not expressible")
            continue
        hit = reading.has(relation)
        tally.found += hit
        tally.missing += not hit
        if not hit:
            found.err(gold.source, "missing", relation.pred, reading.words(relation), reading.shown(relation))
    every = [tally for tally in found.tables["relations"].values() if tally.found + tally.missing]
    found.tables["relations"] = {k: t for k, t in found.tables["relations"].items() if t.found + t.missing}
    right, missing = sum(t.found for t in every), sum(t.missing for t in every)
    found.figures["expressible relations"] = {"R": round(right / (right + missing), 4)}
    reading.beyond(found)
    return found.sorted()


class _Reading:
    """The extraction as seen through the gold's ids."""

    def __init__(self, gold: Gold, article: Article, extraction: Extraction) -> None:
        self.gold, self.article, self.extraction = gold, article, extraction
        self.names = {e.id: e.name for e in gold.entities} | {_ARTICLE: "the article"}
        self.paragraphs = _paragraphs(article.text)
        self.gold_of = self._aligned()
        self.statements = {s.id: s for s in extraction.statements}
        self.entities = {e.id: e for e in extraction.entities}
        self.used: set[str] = set()

    def _aligned(self) -> dict[str, str]:
        """Of each entity found the gold entity that shares most mentions, or is called the same."""
        text, found = self.article.text, {self.article.id: _ARTICLE}
        names = {e.name.casefold(): e.id for e in self.gold.entities}
        for entity in self.extraction.entities:
            votes: Counter[str] = Counter()
            for m in entity.mentions:
                span = trimmed(text, m.start, m.end)
                for g in self.gold.mentions:
                    votes[g.entity] += _likeness(span, trimmed(text, g.start, g.end))
            votes = +votes
            if votes:
                found[entity.id] = votes.most_common(1)[0][0]
            elif entity.name.casefold() in names:
                found[entity.id] = names[entity.name.casefold()]
        return found

    # ---- what the gold asks for ------------------------------------------------------------------------------

    def has(self, relation: Relation) -> bool:
        """Whether the extraction says it."""
        table = _map()
        if relation.pred in table["relations"]:
            return self._claimed(relation, table["relations"][relation.pred])
        if relation.pred in table["statements"]:
            return self._said(relation, table["statements"][relation.pred])
        if relation.pred in table["ties"]:
            return self._tied(relation, table["ties"][relation.pred])
        if relation.pred in table["reported"]:
            return any(
                relation.subj in {self.gold_of.get(r) for r in s.reported_by} for s in self._statements_of(relation.obj)
            )
        if relation.pred in table["causes"]:
            moves = [c for c in self.extraction.relations if c.type == "MOVED"]
            return bool(moves) and all(self._cause(relation, move) for move in moves)
        return self._identified(relation, table["identifiers"][relation.pred])

    def _claimed(self, relation: Relation, types: list[str]) -> bool:
        hits = [c for c in self.extraction.relations if c.type in types and self._is_claim(relation, c)]
        self.used.update(c.id for c in hits)
        return bool(hits)

    def _is_claim(self, relation: Relation, claim: Claim) -> bool:
        ends = (self.gold_of.get(claim.subject), self.gold_of.get(claim.object))
        wanted = (relation.subj, relation.obj)
        if relation.pred in {"negotiates_with", "tensions_with"}:
            if set(ends) != set(wanted):
                return False
        elif relation.pred == "market_move":
            if ends[0] != relation.subj or not self._moved(relation, claim):
                return False
        elif ends != wanted:
            return False
        return self._status(relation, claim)

    def _status(self, relation: Relation, claim: Claim) -> bool:
        said, table = relation.qualifiers, _map()
        if relation.pred == "policy_change":
            change, status = table["change"].get(said["change"]), table["change_status"].get(said["status"])
            return bool(claim.qualifiers.get("change") == change and claim.status == status)
        return bool(claim.status == table["status"].get(said.get("polarity"), claim.status))

    def _moved(self, relation: Relation, claim: Claim) -> bool:
        event, said = self.entities[claim.object].attributes, relation.qualifiers
        if event.get("direction") != _map()["direction"].get(said["direction"]):
            return False
        return float(event.get("value", "nan")) == float(said["value"])

    def _cause(self, relation: Relation, claim: Claim) -> bool:
        cause = self.entities[claim.object].attributes.get("cause", "")
        return any(word in cause for word in relation.kw or [])

    def _said(self, relation: Relation, act: str | None) -> bool:
        hits = [s for s in self._statements_of(relation.subj) if self._is_said(relation, act, s)]
        self.used.update(s.id for s in hits)
        return bool(hits)

    def _is_said(self, relation: Relation, act: str | None, statement: Statement) -> bool:
        lo, hi = self.paragraphs[relation.par - 1]
        inside = lo <= statement.evidence.start < hi
        told = any(word.lower() in statement.text.lower() for word in relation.kw or [""])
        if not inside or not told:
            return False
        if act is not None:
            return statement.act == act and self.gold_of.get(statement.addressed_to or "") == relation.obj
        polarity = relation.qualifiers.get("polarity", "affirm")
        # Of a demand it is not told whether it is so.
        return statement.stance in _map()["stance"][polarity] or statement.act == "demand"

    def _statements_of(self, speaker: str | None) -> list[Statement]:
        """The statements of a speaker, and those of who speaks for it."""
        return [s for s in self.extraction.statements if s.speaker and speaker in self._voices(s.speaker)]

    def _voices(self, speaker: str) -> set[str | None]:
        links = defaultdict(list)
        for claim in self.extraction.relations:
            if claim.type in _map()["speaks_for"]:
                links[claim.subject].append(claim.object)
        seen, todo = {speaker}, [speaker]
        while todo:
            new = [o for o in links[todo.pop()] if o not in seen]
            seen.update(new)
            todo += new
        return {self.gold_of.get(one) for one in seen}

    def _tied(self, relation: Relation, type_: str) -> bool:
        for claim in self.extraction.relations:
            if claim.type == type_ and claim.subject in self.statements:
                speaker = self.statements[claim.subject].speaker
                other = self.statements[claim.object].speaker if claim.object in self.statements else claim.object
                if relation.subj in self._voices(speaker or "") and relation.obj == self.gold_of.get(other or ""):
                    self.used.add(claim.id)
                    return True
        return False

    def _identified(self, relation: Relation, key: str) -> bool:
        wanted = self.names[relation.obj or ""]
        return any(
            self.gold_of.get(e.id) == relation.subj and e.identifiers.get(key) == wanted
            for e in self.extraction.entities
        )

    # ---- how it is shown --------------------------------------------------------------------------------------

    def words(self, relation: Relation) -> str:
        """The relation in names, with what tells it apart."""
        told = ", ".join(f"{k}={v}" for k, v in relation.qualifiers.items())
        ends = self.names.get(relation.subj, relation.subj), self.names.get(relation.obj or "", "")
        return f"{ends[0]} {relation.pred} {ends[1]}" + (f" ({told})" if told else "")

    def shown(self, relation: Relation) -> Any:
        """The paragraph that the gold takes it from, with its words marked."""
        lo, hi = self.paragraphs[relation.par - 1]
        paragraph = self.article.text[lo:hi].lower()
        marks = [(lo + paragraph.find(w), lo + paragraph.find(w) + len(w), "words") for w in relation.kw or []]
        inside = [(m.start, m.end, "end") for m in self.gold.mentions if m.entity in {relation.subj, relation.obj}]
        inside = [span for span in inside if lo <= span[0] < hi]
        return excerpt(self.article.text, [m for m in marks if m[0] >= lo] + inside or [(lo, hi, "paragraph")])

    def beyond(self, found: Measured) -> None:
        """List what is given beyond the gold, each to be judged by a reader."""
        names = {e.id: e.name for e in self.extraction.entities} | {self.article.id: "the article"}
        names |= {s.id: f"“{s.text}”" for s in self.extraction.statements}
        for claim in self.extraction.relations:
            if claim.id not in self.used and not claim.inferred:
                what = f"{names[claim.subject]} {claim.type} {names[claim.object]} ({claim.status})"
                shown = excerpt(self.article.text, [(claim.evidence.start, claim.evidence.end, "evidence")])
                found.err(self.gold.source, "beyond", claim.type, what, shown)
        for s in self.extraction.statements:
            if s.id not in self.used:
                spans = [(c.start, c.end, "content") for c in s.content_spans]
                found.err(self.gold.source, "beyond", "statement", s.text, excerpt(self.article.text, spans))


def _likeness(one: Offsets, other: Offsets) -> int:
    """How alike two spans are, in hundredths; 0 for those that share less than half."""
    if not half_overlap(one, other):
        return 0
    common = min(one[1], other[1]) - max(one[0], other[0])
    return 100 * common // (max(one[1], other[1]) - min(one[0], other[0]))


def _paragraphs(text: str) -> list[tuple[int, int]]:
    """The offsets of the paragraphs between blank lines."""
    found, at = [], 0
    for piece in text.split("\n\n"):
        found.append((at, at + len(piece)))
        at += len(piece) + 2
    return found
