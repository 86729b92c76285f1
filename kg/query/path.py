"""How two entities are linked: the shortest chain of relations, each with a sentence."""

from collections.abc import Iterator
from dataclasses import dataclass

from kg.errors import NotFoundError
from kg.ledger import GraphReader
from kg.model.graph import GraphRelation
from kg.query.cards import Backing, Link, Named, Shelf, choose, is_speech

LONGEST = 6
"""Steps after which two entities count as not linked."""

_NEVER = {"MENTIONS", "PUBLISHED_BY", "AUTHORED_BY"}


@dataclass(frozen=True, slots=True)
class Step:
    """One relation of a chain, with its best claim; `forward` is false where it is read against its direction."""

    link: Link
    forward: bool
    backing: Backing


@dataclass(frozen=True, slots=True)
class Path:
    """The shortest chain between two entities; `steps` is empty where there is none of up to `LONGEST` steps."""

    one: Named
    other: Named
    steps: list[Step]
    others: tuple[int, int]


Trail = dict[str, GraphRelation | None]
"""Of every entity reached, the relation it was reached by; None for the start."""


def path(graph: GraphReader, a: str, b: str) -> Path:
    """How two entities are linked: by what is so or may be so, else by what is denied or was only talked about.

    Raises `NotFoundError` for a name nobody goes by, or where both names mean the same entity.
    """
    one, other = choose(graph, a), choose(graph, b)
    if one.entity.id == other.entity.id:
        raise NotFoundError(f"{a!r} and {b!r} are the same entity, {one.entity.name}; `kg show` tells of it.")
    chain = _chain(graph, one.entity.id, other.entity.id, wide=False)
    chain = chain or _chain(graph, one.entity.id, other.entity.id, wide=True)
    shelf = Shelf(graph)
    return Path(one.named, other.named, list(_steps(shelf, one.entity.id, chain)), (one.others, other.others))


def _chain(graph: GraphReader, one: str, other: str, *, wide: bool) -> list[GraphRelation]:
    """A search from both ends, each time a step further on the side where fewer wait; `wide` takes any relation."""
    trails: tuple[Trail, Trail] = ({one: None}, {other: None})
    edges = [[one], [other]]
    for _ in range(LONGEST):
        side = 0 if len(edges[0]) <= len(edges[1]) else 1
        edges[side] = list(_further(graph, edges[side], trails[side], wide=wide))
        if met := [id_ for id_ in edges[side] if id_ in trails[1 - side]]:
            return [*reversed(_back(trails[0], met[0])), *_back(trails[1], met[0])]
        if not edges[side]:
            break
    return []


def _further(graph: GraphReader, edge: list[str], trail: Trail, *, wide: bool) -> Iterator[str]:
    """The entities one step further, the best supported first."""
    for id_ in edge:
        allowed = (r for r in graph.relations_of(id_) if _counts(r, wide=wide))
        for relation in sorted(allowed, key=lambda r: (-r.independent, -r.support, r.id)):
            end = _other_end(relation, id_)
            if end not in trail:
                trail[end] = relation
                yield end


def _counts(relation: GraphRelation, *, wide: bool) -> bool:
    if wide:
        return relation.type not in _NEVER
    return relation.status != "denied" and not is_speech(relation.type)


def _back(trail: Trail, from_: str) -> list[GraphRelation]:
    """The relations from a meeting point back to the start."""
    steps = []
    while (relation := trail[from_]) is not None:
        steps.append(relation)
        from_ = _other_end(relation, from_)
    return steps


def _other_end(relation: GraphRelation, id_: str) -> str:
    return relation.object if relation.subject == id_ else relation.subject


def _steps(shelf: Shelf, start: str, chain: list[GraphRelation]) -> Iterator[Step]:
    for relation in chain:
        best = min(shelf.graph.claims_of(relation=relation.id), key=lambda claim: (-claim.confidence, claim.id))
        yield Step(shelf.link(relation), relation.subject == start, shelf.backing(best))
        start = _other_end(relation, start)
