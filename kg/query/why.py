"""Why the graph says what it says of two entities: every claim for and against, and what was said about both."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz import process

from kg.errors import NotFoundError
from kg.ledger import GraphReader
from kg.model.graph import GraphEntity
from kg.model.ontology import RELATIONS, STATUSES
from kg.query.cards import Backing, Chosen, Link, Named, Saying, Shelf, choose

_NEAR = 70  # of 100: MEET is near MEETS, MARRIES is near nothing


@dataclass(frozen=True, slots=True)
class Ground:
    """One relation with all the claims behind it, in order of time."""

    link: Link
    claims: list[Backing]


@dataclass(frozen=True, slots=True)
class Why:
    """All that ties two entities, directly or in what was said about both.

    `grounds` are sorted by type of relation, what is asserted before what is denied; `sayings` are the statements
    that no claim above came from, in order of time. `others` counts further entities of the same name, for each end;
    `premises` are the claims that inferred ones follow from, by their ids, each under its relation.
    """

    one: Named
    other: Named
    type: str | None
    grounds: list[Ground]
    sayings: list[Saying]
    others: tuple[int, int]
    premises: Mapping[str, Ground]


def why(graph: GraphReader, a: str, b: str, type_: str | None = None) -> Why:
    """Every claim that ties two entities, in either direction, and the statements about both.

    With a type of relation, its claims alone. Raises `NotFoundError` for a name or a type that does not exist.
    """
    wanted = relation_type(type_) if type_ else None
    one, other = choose(graph, a), choose(graph, b)
    shelf = Shelf(graph)
    grounds = _grounds(shelf, one.entity.id, other.entity.id, wanted)
    sayings = [] if wanted else _sayings(shelf, one.entity, other.entity, grounds)
    return Why(one.named, other.named, wanted, grounds, sayings, _others(one, other), _premises(shelf, grounds))


def relation_type(name: str) -> str:
    """A type of relation as the schema writes it, from `meets`, `MEETS` or `holdsPosition`; else `NotFoundError`."""
    folded = name.casefold().replace("_", "").replace("-", "")
    for type_ in RELATIONS:
        if type_.casefold().replace("_", "") == folded:
            return type_
    near = process.extractOne(name.upper(), RELATIONS.keys(), score_cutoff=_NEAR)
    meant = f"did you mean {near[0]}? " if near else ""
    raise NotFoundError(f"There is no type of relation {name!r}; {meant}`kg schema` lists them.")


def _others(one: Chosen, other: Chosen) -> tuple[int, int]:
    return one.others, other.others


def _grounds(shelf: Shelf, one: str, other: str, wanted: str | None) -> list[Ground]:
    pairs = {(one, other), (other, one)}
    claims = [claim for s, o in sorted(pairs) for claim in shelf.graph.claims_of(subject=s, object=o)]
    behind: dict[str, list[Backing]] = {}
    for claim in claims:
        if wanted in {None, claim.type}:
            behind.setdefault(claim.relation, []).append(shelf.backing(claim))
    links = [shelf.link(relation) for relation in shelf.graph.relations(behind)]
    links.sort(key=lambda link: (link.type, link.subject.id != one, STATUSES.index(link.status), link.id))
    return [Ground(link, sorted(behind[link.id], key=_in_time)) for link in links]


def _premises(shelf: Shelf, grounds: list[Ground]) -> dict[str, Ground]:
    ids = sorted({premise for ground in grounds for claim in ground.claims for premise in claim.premises})
    claims = list(shelf.graph.claims(ids)) if ids else []
    links = {relation.id: shelf.link(relation) for relation in shelf.graph.relations({c.relation for c in claims})}
    return {claim.id: Ground(links[claim.relation], [shelf.backing(claim)]) for claim in claims}


def _in_time(backing: Backing) -> tuple[str, str, str]:
    return backing.date or "9999", backing.source.id, backing.id


def _sayings(shelf: Shelf, one: GraphEntity, other: GraphEntity, grounds: list[Ground]) -> list[Saying]:
    """Statements about both, or of one about the other, that the claims do not show already."""
    shown = {claim.saying.id for ground in grounds for claim in ground.claims if claim.saying}
    rare, common = sorted((one, other), key=lambda entity: (entity.articles, entity.id))
    found = [shelf.saying(id_) for id_ in sorted(set(_statements_of(shelf.graph, rare.id)) - shown)]
    on_both = [saying for saying in found if _concerns(shelf.graph, saying, common.id)]
    return sorted(on_both, key=lambda saying: (saying.date or "9999", saying.source.id, saying.quote.start, saying.id))


def _statements_of(graph: GraphReader, entity: str) -> Iterator[str]:
    """The statements that an entity makes, is addressed by or is talked about in."""
    for relation in graph.relations_of(entity):
        if relation.type == "SAID":
            yield relation.object
        elif relation.type in {"ABOUT", "ADDRESSED_TO"}:
            yield relation.subject


def _concerns(graph: GraphReader, saying: Saying, entity: str) -> bool:
    if entity in {end.id for end in (saying.speaker, saying.addressed_to) if end}:
        return True
    return any(claim.type == "ABOUT" for claim in graph.claims_of(subject=saying.id, object=entity))
