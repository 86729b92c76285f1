"""Writes schemas/neo4j/constraints.cypher: what a Neo4j database needs before it is loaded."""

from schemas.generators.reading import Ontology, upper_snake

HEAD = "// Generated from schemas/*.yaml by schemas/generate.py; do not edit. Neo4j 5 and later.\n"


def constraints(ontology: Ontology) -> str:
    """Statements, one a line, that may be run again. An index is of one label, so that each type has its own."""
    unique = [_unique(label) for label in ("Entity", "Claim")]
    names = [_index(label, "name") for label in ("Entity", *(c.name for c in ontology.entities))]
    return HEAD + "\n".join([*unique, *names, _index("Claim", "relationId")]) + "\n"


def _unique(label: str) -> str:
    return f"CREATE CONSTRAINT {label.lower()}_id IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE;"


def _index(label: str, key: str) -> str:
    name = f"{upper_snake(label)}_{upper_snake(key)}".lower()
    return f"CREATE INDEX {name} IF NOT EXISTS FOR (n:{label}) ON (n.{key});"
