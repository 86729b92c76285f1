"""The card of an entity: who it is, what it is tied to, and what it said."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from kg.ledger import Candidate, GraphReader
from kg.ledger.find import name_key
from kg.model.graph import GraphEntity
from kg.model.ontology import RELATIONS, STATUSES
from kg.query.cards import Candidates, Link, Saying, Shelf, is_speech
from kg.query.names import candidates, one


@dataclass(frozen=True, slots=True)
class Group:
    """The relations of one type that an entity has at one end, the best supported first."""

    type: str
    forward: bool
    links: list[Link]


@dataclass(frozen=True, slots=True)
class Card:
    """An entity with all that the graph says of it.

    `said` are its statements and `about` those about it, each in order of time; `outlets` counts the articles that
    mention it by publisher; `others` counts further entities that go by the name it was asked for.
    """

    entity: GraphEntity
    offices: list[Link]
    groups: list[Group]
    said: list[Saying]
    about: list[Saying]
    outlets: Mapping[str, int]
    others: int


def show(graph: GraphReader, name: str) -> Card | Candidates:
    """The card of the entity that goes by a name, or whom it may mean; raises `NotFoundError` with near misses."""
    found = candidates(graph, name)
    chosen = _only(found, name)
    if chosen is None:
        return Candidates(name, found)
    return card(graph, one(graph, chosen.id), len(found) - 1)


def card(graph: GraphReader, entity: GraphEntity, others: int = 0) -> Card:
    """The card of an entity."""
    shelf = Shelf(graph)
    relations = list(graph.relations_of(entity.id))
    links = [shelf.link(relation) for relation in relations if not is_speech(relation.type)]
    said = [relation.object for relation in relations if relation.type == "SAID"]
    about = [relation.subject for relation in relations if relation.type in {"ABOUT", "ADDRESSED_TO"}]
    return Card(
        entity=entity,
        offices=sorted((link for link in links if _is_office(link, entity)), key=_weight),
        groups=_groups([link for link in links if not _is_office(link, entity)], entity),
        said=_in_time(shelf, said),
        about=_in_time(shelf, about),
        outlets=_outlets(shelf, entity),
        others=others,
    )


def _only(found: list[Candidate], name: str) -> Candidate | None:
    """The one candidate of whom it is the main name, if it is the likeliest; or the one there is."""
    main = [candidate for candidate in found if name_key(candidate.name) == name_key(name)]
    if found[0] not in main:
        main = found
    return main[0] if len(main) == 1 else None


def _is_office(link: Link, entity: GraphEntity) -> bool:
    return RELATIONS[link.type].area == "office" and link.subject.id == entity.id


def _weight(link: Link) -> tuple[int, int, str, str, str]:
    return STATUSES.index(link.status), -link.support, link.type, link.object.name, link.id


def _groups(links: list[Link], entity: GraphEntity) -> list[Group]:
    by_type: dict[tuple[str, bool], list[Link]] = {}
    for link in links:
        forward = RELATIONS[link.type].symmetric or link.subject.id == entity.id
        by_type.setdefault((link.type, forward), []).append(link)
    order = list(RELATIONS)
    keys = sorted(by_type, key=lambda key: (order.index(key[0]), not key[1]))
    return [Group(type_, forward, sorted(by_type[type_, forward], key=_weight)) for type_, forward in keys]


def _in_time(shelf: Shelf, statements: list[str]) -> list[Saying]:
    sayings = [shelf.saying(id_) for id_ in sorted(set(statements))]
    return sorted(sayings, key=lambda one: (one.date or "9999", one.source.id, one.quote.start, one.id))


def _outlets(shelf: Shelf, entity: GraphEntity) -> dict[str, int]:
    articles = shelf.graph.articles_naming(entity.id)
    counts = Counter(shelf.source(article.id).publisher or "(unknown)" for article in articles)
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
