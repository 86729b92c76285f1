"""Writes schemas/neo4j/constraints.cypher: what a Neo4j database needs before it is loaded."""

from schemas.generators.reading import Ontology, upper_snake

HEAD = "// Generated from schemas/*.yaml by schemas/generate.py; do not edit. Neo4j 5 and later.\n"


def constraints(ontology: Ontology) -> str:
    """Statements, one a line, that may be run again. An index is of one label or type, so that each has its own."""
    unique = [_unique(label) for label in ("Entity", "Claim", "Projection")]
    names = [_index(label, "name") for label in ("Entity", *(c.name for c in ontology.entities))]
    relations = [_relation_index(r.name) for r in ontology.relations if r.name != "MENTIONS"]
    return HEAD + "\n".join([*unique, *names, _index("Claim", "relationId"), *relations]) + "\n"


def _unique(label: str) -> str:
    return f"CREATE CONSTRAINT {label.lower()}_id IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE;"


def _index(label: str, key: str) -> str:
    name = f"{upper_snake(label)}_{upper_snake(key)}".lower()
    return f"CREATE INDEX {name} IF NOT EXISTS FOR (n:{label}) ON (n.{key});"


def _relation_index(type_: str) -> str:
    return f"CREATE INDEX {type_.lower()}_relation IF NOT EXISTS FOR ()-[r:{type_}]-() ON (r.id);"
