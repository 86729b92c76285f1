"""FollowTheMoney: people, bodies, companies, offices and what ties them, for Aleph, OpenSanctions and yente.

What is asserted (or ended, where its schema can say so) becomes a relationship, with the articles as its proof; what is
denied, planned or only alleged has no place in FollowTheMoney and is left out. `ftm.yaml` says what becomes what.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO
from unicodedata import category

import msgspec
import yaml

from kg.export.pages import pages, with_entities
from kg.model.graph import GraphArticle, GraphClaim, GraphEntity, GraphMention, GraphRelation
from kg.model.ontology import RELATIONS
from kg.store.base import GraphReader

Line = dict[str, object]
Properties = dict[str, list[str]]

_PROOFS = 10  # claims that a relationship names at the most
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_LINK = {"schema": "UnknownLink", "subject": ["subject", "Thing"], "object": ["object", "Thing"]}


def ftm(graph: GraphReader, output: BinaryIO) -> None:
    """One entity or relationship a line, as `ftm validate` and `ftm aggregate` read them.

    What relations tell of entities, and which claims stand behind a relationship, is gathered first: some hundred
    bytes for each of them are held in memory.
    """
    encode = msgspec.json.Encoder().encode
    lines = chain(
        map(_article, graph.articles()),
        _entities(graph),
        _relationships(graph),
        _mentions(graph),
    )
    output.writelines(encode(line) + b"\n" for line in lines)


def _article(article: GraphArticle) -> Line:
    properties = {
        "title": _some(article.title),
        "sourceUrl": _web(article.url),
        "publisher": _some(article.publisher),
        "author": list(article.authors),
        "publishedAt": _date(article.published),
        "language": _some(_rules()["languages"].get(article.language)),
    }
    return _line(article.id, "Article", properties)


def _entities(graph: GraphReader) -> Iterator[Line]:
    facts = _facts(graph)
    for entity in graph.entities():
        if schema := _schema(entity):
            yield _line(entity.id, schema, _own(entity, schema) | facts.get(entity.id, {}))


def _own(entity: GraphEntity, schema: str) -> Properties:
    kind = _rules()["topics"].get(entity.attributes.get("bodyKind"))
    own = {
        "name": [_name(entity.name)],
        "alias": [_name(alias) for alias in entity.aliases],
        "topics": _some(kind or _rules()["entities"][entity.type].get("topic")),
    }
    if schema in {"Company", "Security"}:
        own["ticker"] = _some(entity.identifiers.get("ticker"))
    if schema == "PublicBody":
        own["country"] = _country(entity.attributes.get("country"))
    if schema == "Event":
        own["startDate"] = _date(entity.attributes.get("earliest"))
        own["endDate"] = _date(entity.attributes.get("latest"))
    return own


def _facts(graph: GraphReader) -> dict[str, Properties]:
    """What relations tell of an entity that FollowTheMoney keeps as its property: citizenship, seat, parent."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    wanted = (r for r in graph.relations() if r.type in _rules()["properties"] and _holds(r))
    for relation, ends in _with_ends(graph, wanted):
        rule = _rules()["properties"][relation.type]
        one, other = ends if rule["at"] == "subject" else ends[::-1]
        if rule["of"] in _line_of(one):
            for kind, property_ in rule["holds"].items():
                found[one.id][property_] += _value(other, kind)
    return {id_: {name: sorted(set(values)) for name, values in own.items()} for id_, own in found.items()}


def _value(entity: GraphEntity, kind: str) -> list[str]:
    """What a property holds of an entity, if it is of a kind."""
    if kind == "Country":
        return _country(entity.identifiers.get("iso3166")) if entity.type == "Country" else []
    if kind == "Place":
        return [entity.name] if entity.type == "Place" else []
    return [entity.id] if kind in _line_of(entity) else []


def _relationships(graph: GraphReader) -> Iterator[Line]:
    claims = _claims(graph)
    wanted = (relation for relation in graph.relations() if _is_link(relation.type) and _holds(relation))
    for page in pages(_with_ends(graph, wanted)):
        ids = {relation.id: claims.get(relation.id, []) for relation, _ in page}
        found = {claim.id: claim for claim in graph.claims(chain.from_iterable(ids.values()))}
        articles = {article.id: article for article in graph.articles(claim.article for claim in found.values())}
        for relation, ends in page:
            proofs = [(found[id_], articles[found[id_].article]) for id_ in ids[relation.id]]
            if line := _relationship(relation, ends, proofs):
                yield line


def _claims(graph: GraphReader) -> dict[str, list[str]]:
    """The ids of the claims that relationships name, by relation."""
    found: dict[str, list[str]] = {}
    for claim in graph.claims():
        if _is_link(claim.type) and not claim.inferred and len(found.setdefault(claim.relation, [])) < _PROOFS:
            found[claim.relation].append(claim.id)
    return found


def _is_link(type_: str) -> bool:
    return RELATIONS[type_].area in _rules()["areas"] and type_ not in _rules()["properties"]


def _holds(relation: GraphRelation) -> bool:
    return relation.status in {"asserted", "ended"} and not relation.inferred


def _relationship(
    relation: GraphRelation, ends: tuple[GraphEntity, GraphEntity], proofs: list[tuple[GraphClaim, GraphArticle]]
) -> Line | None:
    rule = _rule(relation.type, ends)
    ended = relation.status == "ended"
    if rule is None or (ended and rule["schema"] not in _rules()["ends"]):
        return None
    kept = rule.get("keeps", {}).items()
    properties = {
        rule["subject"][0]: _end(ends[0], rule["subject"][1]),
        rule["object"][0]: _end(ends[1], rule["object"][1]),
        **{name: _some(relation.qualifiers.get(qualifier)) for qualifier, name in kept},
        "status": ["ended"] if ended else [],
        "startDate": _date(relation.valid_from),
        "endDate": _date(relation.valid_to),
        **_proof(proofs),
    }
    if rule["schema"] == "UnknownLink":
        properties["role"] = [relation.type.replace("_", " ").lower()]
    return _line(relation.id, rule["schema"], properties)


def _rule(type_: str, ends: tuple[GraphEntity, GraphEntity]) -> dict[str, Any] | None:
    """The most telling schema that both ends fit."""
    for rule in (_rules()["relationships"].get(type_), _LINK):
        if rule and _fits(ends[0], rule["subject"][1]) and _fits(ends[1], rule["object"][1]):
            found: dict[str, Any] = rule
            return found
    return None


def _fits(entity: GraphEntity, kind: str) -> bool:
    return kind == "name" or kind in _line_of(entity)


def _end(entity: GraphEntity, kind: str) -> list[str]:
    return [entity.name if kind == "name" else entity.id]


def _proof(proofs: list[tuple[GraphClaim, GraphArticle]]) -> Properties:
    """Where it stands: articles, their addresses and publishers, and the sentences."""
    articles = [article for _, article in proofs]
    return {
        "proof": sorted({article.id for article in articles}),
        "sourceUrl": sorted({url for article in articles for url in _web(article.url)}),
        "publisher": sorted({article.publisher for article in articles if article.publisher}),
        "description": sorted({claim.sentence for claim, _ in proofs if claim.sentence}),
    }


def _mentions(graph: GraphReader) -> Iterator[Line]:
    """Which article names which person or body."""
    for mention, named in with_entities(graph, graph.mentions(), lambda mention: [mention.entity]):
        entity = named[mention.entity]
        if "LegalEntity" in _line_of(entity):
            yield _mention(mention, entity)


def _mention(mention: GraphMention, entity: GraphEntity) -> Line:
    properties = {
        "document": [mention.article],
        "resolved": [entity.id],
        "name": _some(_name(mention.quote)),
        "detectedSchema": _some(_schema(entity)),
    }
    return _line(f"{mention.article}-{entity.id}", "Mention", properties)


def _with_ends(
    graph: GraphReader, relations: Iterable[GraphRelation]
) -> Iterator[tuple[GraphRelation, tuple[GraphEntity, GraphEntity]]]:
    """Relations between entities, with their ends; an article is no end here."""
    for relation, found in with_entities(graph, relations, lambda relation: [relation.subject, relation.object]):
        if relation.subject in found and relation.object in found:
            yield relation, (found[relation.subject], found[relation.object])


def _schema(entity: GraphEntity) -> str | None:
    rule = _rules()["entities"].get(entity.type)
    return rule and str(rule["schema"])


def _line_of(entity: GraphEntity) -> list[str]:
    """The schema of an entity and all that it is below; nothing where it has none."""
    found: list[str] = _rules()["schemata"].get(_schema(entity), [])
    return found


def _line(id_: str, schema: str, properties: Mapping[str, list[str]]) -> Line:
    return {"id": id_, "schema": schema, "properties": {name: own for name, own in properties.items() if own}}


def _some(value: str | None) -> list[str]:
    return [value] if value else []


def _name(text: str) -> str:
    """A name on one line, without the marks that no reader sees."""
    return " ".join("".join(char for char in text if category(char) != "Cf").split())


def _country(code: str | None) -> list[str]:
    """FollowTheMoney's code of a country; states that are no more have four letters there."""
    own = (code or "").lower()
    return _some(_rules()["countries"].get(own, own))


def _web(address: str | None) -> list[str]:
    return [address] if address and address.startswith(("http://", "https://")) else []


def _date(text: str | None) -> list[str]:
    match = _DATE.match(text or "")
    return [match[0]] if match else []


@cache
def _rules() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("ftm.yaml").read_text(encoding="utf-8"))
    return found
