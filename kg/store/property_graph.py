"""Records as nodes and edges: CamelCase labels, UPPER_SNAKE types, lowerCamel properties.

Every relation is an edge and is backed by `:Claim` nodes, so that a click leads from an edge to its sentence:

    (:Company:Organization:Entity {id})-[:SUPPLIES {id, status, support, ...}]->(:Country:Place:Entity {id})
    (:Claim {id, relationId, quote, ...})-[:SUBJECT|OBJECT]->(:Entity)
    (:Claim)-[:STATED_IN]->(:Article)   (:Claim)-[:ATTRIBUTED_TO]->(:Statement)   (:Claim)-[:PREMISE]->(:Claim)
    (:Article:Entity)-[:MENTIONS {count, start, end, quote}]->(:Entity)
"""

from dataclasses import dataclass

from kg.model.graph import GraphArticle, GraphClaim, GraphEntity, GraphMention, GraphRelation
from kg.model.ontology import ENTITY_TYPES
from kg.store import values
from kg.store.values import Properties

CLAIM_EDGES = ("SUBJECT", "OBJECT", "STATED_IN", "ATTRIBUTED_TO", "PREMISE")
"""The types of edges that go out from a claim; STATED_IN from a statement too."""


@dataclass(frozen=True, slots=True)
class Node:
    """A node; `labels` is the full line, the type itself first. `properties` include the id."""

    id: str
    labels: tuple[str, ...]
    properties: Properties


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge between the nodes of two ids. `properties` include the id where it is a relation."""

    type: str
    source: str
    target: str
    properties: Properties


def article_node(article: GraphArticle) -> Node:
    """`(:Article:Entity)` with the article's metadata."""
    return Node(article.id, ENTITY_TYPES["Article"].parents, {"id": article.id, **values.of_article(article)})


def entity_node(entity: GraphEntity) -> Node:
    """A canonical entity with the whole line of its labels."""
    return Node(entity.id, ENTITY_TYPES[entity.type].parents, {"id": entity.id, **values.of_entity(entity)})


def entity_edges(entity: GraphEntity) -> list[Edge]:
    """A statement leads to the article that reports it."""
    if entity.statement is None:
        return []
    return [Edge("STATED_IN", entity.id, entity.statement.article, {})]


def relation_edge(relation: GraphRelation) -> Edge:
    """A relation as the edge that people look at: its caption is its type, and its status unless asserted."""
    properties = {"id": relation.id, "caption": _caption(relation), **values.of_relation(relation)}
    return Edge(relation.type, relation.subject, relation.object, properties)


def claim_node(claim: GraphClaim) -> Node:
    """`(:Claim)` with its evidence; its name is the words it stands on."""
    said = values.of_claim(claim)
    own = {"id": claim.id, "name": said.get("quote", _caption(claim)), "relationId": claim.relation}
    properties = own | {"predicate": claim.type} | said
    return Node(claim.id, ("Claim",), properties)


def claim_edges(claim: GraphClaim) -> list[Edge]:
    """From a claim to what it joins, where it stands, who says so and what it rests on."""
    ends = [("SUBJECT", claim.subject), ("OBJECT", claim.object), ("STATED_IN", claim.article)]
    if claim.attributed_to is not None:
        ends.append(("ATTRIBUTED_TO", claim.attributed_to))
    ends.extend(("PREMISE", premise) for premise in claim.premises)
    return [Edge(type_, claim.id, target, {}) for type_, target in ends]


def mention_edge(mention: GraphMention) -> Edge:
    """`MENTIONS`, from the article to what it names."""
    return Edge("MENTIONS", mention.article, mention.entity, values.of_mention(mention))


def _caption(record: GraphRelation | GraphClaim) -> str:
    """What a picture says of it: "supplies", "supplies (denied)"."""
    words = record.type.replace("_", " ").lower()
    return words if record.status == "asserted" else f"{words} ({record.status})"
