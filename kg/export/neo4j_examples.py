"""What in a graph makes a good example: the names that the guide for Neo4j Browser asks about.

Names come from articles, so they are never put into a query as they are: `literal` writes them as strings of Cypher,
and a name that cannot be written as a plain one is passed over.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import islice

from kg.model.graph import GraphEntity, GraphRelation
from kg.model.ontology import RELATIONS
from kg.store.base import GraphReader

_TRIED = 100  # the most frequent among which a fitting one is sought
_LONGEST = 60
_UNTOLD = {"SAID", "ABOUT", "ADDRESSED_TO", "REPORTED_BY", "PUBLISHED_BY", "AUTHORED_BY", "MENTIONS"}
"""Relations of statements and articles, which are no ties between those they are about."""
_NEWS = {"action", "business", "policy"}
"""Areas of relations of which somebody asks on which sentence they stand."""

# Of each example: where it stands (0 the subject, 1 the object) in which relations, and of what type it is.
_PLACES: Mapping[str, tuple[int, frozenset[str], str]] = {
    "speaker": (0, frozenset({"SAID"}), "Person"),
    "target": (1, frozenset({"TARGETS", "AFFECTS"}), "Entity"),
    "issuer": (1, frozenset({"ISSUED_BY"}), "Entity"),
    "policy": (0, frozenset({"TARGETS", "ISSUED_BY"}), "Policy"),
    "event": (1, frozenset({"PARTICIPATES_IN", "HOSTS"}), "Event"),
}


def examples(graph: GraphReader) -> dict[str, str]:
    """The name for each of person, speaker, target, issuer, policy, event, subject, type and object.

    Names are of those who have most relations of the kind; one for which the graph has nobody is left out.
    """
    counts = {name: Counter[str]() for name in ("person", *_PLACES)}
    strongest: list[GraphRelation] = []
    for relation in graph.relations():
        _count(relation, counts)
        if RELATIONS[relation.type].area in _NEWS and relation.status == "asserted" and not relation.inferred:
            strongest = sorted([*strongest, relation], key=_strength)[:_TRIED]
    found = {name: _best(graph, counted, _type(name)) for name, counted in counts.items()}
    return {name: value for name, value in found.items() if value} | _tie(graph, strongest)


def literal(value: str | int) -> str:
    r"""A value as Cypher: `O'Brien` as `'O\'Brien'`; raises `ValueError` for a string that is not `plain`."""
    if isinstance(value, int):
        return str(value)
    if not plain(value):
        raise ValueError(value)
    return "'" + value.replace("'", r"\'") + "'"


def plain(name: str) -> bool:
    r"""Whether a name can be written as a string of Cypher by no more than marking its quotes.

    A backslash cannot: Cypher reads `\u0027` as a quote wherever it stands.
    """
    return name.isprintable() and "\\" not in name and len(name) <= _LONGEST


def _type(example: str) -> str:
    return _PLACES[example][2] if example in _PLACES else "Person"


def _count(relation: GraphRelation, counts: Mapping[str, Counter[str]]) -> None:
    ends = (relation.subject, relation.object)
    for name, (end, types, _) in _PLACES.items():
        if relation.type in types:
            counts[name][ends[end]] += relation.support
    if relation.type not in _UNTOLD:
        counts["person"].update(ends)


def _strength(relation: GraphRelation) -> tuple[int, int, float, str]:
    return -relation.independent, -relation.support, -relation.confidence, relation.id


def _best(graph: GraphReader, counted: Counter[str], type_: str) -> str | None:
    ranked = sorted(counted, key=lambda id_: (-counted[id_], id_))
    return next((entity.name for entity in _plain_ones(graph, ranked) if type_ in ("Entity", entity.type)), None)


def _tie(graph: GraphReader, strongest: list[GraphRelation]) -> dict[str, str]:
    """The strongest relation both of whose ends have a plain name, and that no rule inferred."""
    for relation in strongest:
        ends = {entity.id: entity.name for entity in _plain_ones(graph, [relation.subject, relation.object])}
        if len(ends) == 2:  # noqa: PLR2004 - a subject and an object
            return {"subject": ends[relation.subject], "type": relation.type, "object": ends[relation.object]}
    return {}


def _plain_ones(graph: GraphReader, ids: list[str]) -> Iterator[GraphEntity]:
    """Entities of these ids with a name that can be written, in the order of the ids."""
    wanted = list(islice(ids, _TRIED))
    found = {entity.id: entity for entity in graph.entities(wanted)}
    return (found[id_] for id_ in wanted if id_ in found and plain(found[id_].name))
