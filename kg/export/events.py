"""Events between two actors as rows of CSV, with GDELT's names of columns and PLOVER's codes.

A row is a claim: what one article says that one actor does to another, with its status, its date, its source and its
words. Rows of one relation share its `RelationID`, so that they count as one event.
"""

import csv
import io
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, NamedTuple

from kg.export import tables
from kg.export.actors import Actors, actors, is_actor, rules
from kg.export.pages import pages
from kg.model.graph import GraphArticle, GraphClaim, GraphEntity, GraphRelation
from kg.store.base import GraphReader

COLUMNS = (
    "GlobalEventID", "SQLDATE", "DateFrom", "EventDate",
    "Actor1ID", "Actor1Name", "Actor1CountryCode", "Actor1Type1Code",
    "Actor2ID", "Actor2Name", "Actor2CountryCode", "Actor2Type1Code",
    "EventCode", "EventRootCode", "QuadClass", "Status", "Confidence",
    "NumMentions", "NumSources", "Relation", "RelationID",
    "Quote", "Sentence", "SourceName", "SOURCEURL", "ArticleID", "DATEADDED",
)  # fmt: skip
"""`EventDate` is EDTF as the text tells it; `SQLDATE` its first day or, where `DateFrom` says so, the article's."""


class _Event(NamedTuple):
    """One actor, the other, and what the one does: the other may be any entity yet."""

    one: str
    other: str
    code: str


@dataclass(slots=True)
class _Context:
    """What stands elsewhere than in the claim itself; `together` is by event or policy and article."""

    speakers: dict[str, str] = field(default_factory=dict)
    targets: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    together: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))


def events(graph: GraphReader, output: BinaryIO) -> None:
    """Claims that are events between two actors, in the order of their ids.

    Actors' codes, speakers, targets and participants are gathered first: some hundred bytes for each of them are held
    in memory.
    """
    text = io.TextIOWrapper(output, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(_rows(graph, actors(graph), _context(graph)))
    text.detach()


def _context(graph: GraphReader) -> _Context:
    context = _Context()
    addressed = {relation.subject for relation in graph.relations() if relation.type == "ADDRESSED_TO"}
    for relation in graph.relations():
        if relation.type == "SAID" and relation.object in addressed:
            context.speakers[relation.object] = relation.subject
        elif relation.type == "TARGETS" and relation.status != "denied":
            context.targets[relation.subject].append(relation.object)
    for claim in graph.claims():
        if claim.type in _TOGETHER and claim.status != "denied":
            context.together[claim.object, claim.article].add(claim.subject)
    return context


_TOGETHER = {"PARTICIPATES_IN", "HOSTS", "SIGNED"}
_VIA = {"ADDRESSED_TO", "CHANGES_POLICY"}


def _rows(graph: GraphReader, known: Actors, context: _Context) -> Iterator[list[str]]:
    wanted = (claim for claim in graph.claims() if claim.type in {*rules()["relations"], *_TOGETHER, *_VIA})
    for page in pages(wanted):
        entities = _entities(graph, page, context)
        articles = {article.id: article for article in graph.articles({claim.article for claim in page})}
        relations = {relation.id: relation for relation in graph.relations({claim.relation for claim in page})}
        for claim in page:
            found = [event for event in _events(claim, context, entities) if _two_actors(event, entities)]
            for number, event in enumerate(found):
                name = claim.id if len(found) == 1 else f"{claim.id}-{number + 1}"
                actor = [cell for id_ in event[:2] for cell in _actor(known, entities[id_])]
                yield [name, *_row(event, actor, claim, relations[claim.relation], articles[claim.article])]


def _entities(graph: GraphReader, claims: list[GraphClaim], context: _Context) -> dict[str, GraphEntity]:
    """The ends of claims, and who else has a part in what they tell."""
    ids = {id_ for claim in claims for id_ in (claim.subject, claim.object)}
    ids |= {context.speakers[id_] for id_ in ids & context.speakers.keys()}
    ids |= {target for id_ in ids & context.targets.keys() for target in context.targets[id_]}
    ids |= {one for claim in claims for one in context.together.get((claim.object, claim.article), ())}
    return {entity.id: entity for entity in graph.entities(ids)}


def _events(claim: GraphClaim, context: _Context, entities: dict[str, GraphEntity]) -> Iterator[_Event]:
    if code := rules()["relations"].get(claim.type):
        yield _Event(claim.subject, claim.object, code)
    elif claim.type == "ADDRESSED_TO":
        yield from _addressed(claim, context, entities[claim.subject])
    elif claim.type == "CHANGES_POLICY":
        yield from _changed(claim, context, entities[claim.object])
    elif (code := _code_of(entities[claim.object])) and claim.status != "denied":
        others = sorted(context.together.get((claim.object, claim.article), set()))
        yield from (_Event(claim.subject, other, code) for other in others if claim.subject < other)


def _addressed(claim: GraphClaim, context: _Context, statement: GraphEntity) -> Iterator[_Event]:
    said = statement.statement
    code = rules()["acts"].get(said.act) if said else None
    if code and claim.subject in context.speakers:
        yield _Event(context.speakers[claim.subject], claim.object, code)


def _changed(claim: GraphClaim, context: _Context, policy: GraphEntity) -> Iterator[_Event]:
    code = rules()["changes"].get(claim.qualifiers.get("change"))
    if code and policy.attributes.get("policyKind") in rules()["policies"]:
        for target in context.targets.get(policy.id, ()):
            yield _Event(claim.subject, target, code)


def _code_of(entity: GraphEntity) -> str | None:
    """What those do together who take part in an event or sign a policy."""
    code = rules()["signed"] if entity.type == "Policy" else entity.attributes.get("plover")
    return code if code in rules()["together"] else None


def _two_actors(event: _Event, entities: dict[str, GraphEntity]) -> bool:
    return event.one != event.other and is_actor(entities.get(event.one)) and is_actor(entities.get(event.other))


def _actor(known: Actors, entity: GraphEntity) -> list[str]:
    return [entity.id, tables.text(entity.name), known.country(entity), known.type(entity)]


def _row(
    event: _Event, actor: list[str], claim: GraphClaim, relation: GraphRelation, article: GraphArticle
) -> list[str]:
    code = rules()["codes"][event.code]
    return [
        *_dates(claim, article),
        *actor,
        event.code,
        code["root"],
        str(code["quad"]),
        claim.status,
        str(claim.confidence),
        str(relation.support),
        str(relation.independent),
        claim.type,
        claim.relation,
        tables.text(claim.quote),
        tables.text(claim.sentence),
        article.publisher or "",
        article.url or "",
        article.id,
        _digits(article.published),
    ]


def _dates(claim: GraphClaim, article: GraphArticle) -> list[str]:
    """The day, where it is from, and the date as the text tells it."""
    told = claim.time.earliest if claim.time else None
    if claim.time and told:
        return [_digits(told), "text", claim.time.edtf or ""]
    return [_digits(article.published), "article" if article.published else "", ""]


def _digits(date: str | None) -> str:
    """A day as GDELT writes it: 20250424; nothing for what is no whole day."""
    digits = (date or "")[:10].replace("-", "")
    return digits if len(digits) == len("20250424") else ""
