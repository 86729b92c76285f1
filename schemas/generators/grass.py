"""Writes schemas/neo4j/kg.grass: how Neo4j Browser draws the graph."""

import re

from schemas.generators.reading import Class, Ontology, Property, Relation

NODE = {"border-color": "#FFFFFF", "font-size": "10px", "caption": '"{name}"'}
EDGE = {"font-size": "9px", "padding": "3px", "text-color-external": "#3A4350", "text-color-internal": "#FFFFFF"}
# What leads from a claim to its sentence, and how far the database has come, stand back behind the graph.
FAINT = "#B9C0C8"
DARK, LIGHT = "#1F2933", "#FFFFFF"
MENTIONS = "MENTIONS"  # backed by no claims, so it has no status and no caption of its own
READABLE = 3.6
"""The least contrast of light letters; large and bold ones need 3."""


def grass(ontology: Ontology) -> str:
    """A rule for every label and every type of edge.

    Of the rules that fit a node the last wins: so the general come first and the special last.
    """
    labels = sorted((ontology.root, *ontology.entities), key=lambda c: len(c.line))
    claims = [c for c in ontology.records if c.colour]
    rules = [
        _rule("node", _node(ontology.root)),
        _rule("relationship", _edge(FAINT, "<type>")),
        *(_rule(f"node.{c.name}", _node(c)) for c in (*labels, *claims)),
        _rule("node.Projection", _node(ontology.root)),  # what notes how far a load has come
        *(_rule(f"relationship.{r.name}", _relation(r)) for r in ontology.relations),
        *(_rule(f"relationship.{p.edge}", _edge(FAINT, _words(p.edge))) for c in claims for p in _edges(c)),
    ]
    return "\n".join(rules)


def _edges(record: Class) -> list[Property]:
    return [p for p in record.properties if p.edge]


def _node(type_: Class) -> dict[str, str]:
    colour = str(type_.colour)
    letters = LIGHT if _contrast(colour, LIGHT) >= READABLE else DARK
    own = {"color": colour, "border-color": _darker(colour), "text-color-internal": letters}
    return NODE | own | {"diameter": f"{type_.size}px"}


def _relation(relation: Relation) -> dict[str, str]:
    if relation.name == MENTIONS:
        return _edge(relation.colour, _words(relation.name))
    return _edge(relation.colour, "{caption}") | {"shaft-width": "2px"}


def _edge(colour: str, caption: str) -> dict[str, str]:
    return EDGE | {"color": colour, "shaft-width": "1px", "caption": f'"{caption}"'}


def _words(name: str | None) -> str:
    """`IN_DISPUTE_WITH` as words."""
    return str(name).replace("_", " ").lower()


def _rule(selector: str, properties: dict[str, str]) -> str:
    return f"{selector} {{\n" + "".join(f"  {key}: {value};\n" for key, value in properties.items()) + "}\n"


def _contrast(one: str, other: str) -> float:
    """How far two colours stand apart, from 1 to 21, as WCAG reckons it."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(part, 16) / 255 for part in re.findall("..", colour[1:])]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)  # noqa: PLR2004 - sRGB
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _darker(colour: str) -> str:
    return "#" + "".join(f"{int(part, 16) * 4 // 5:02X}" for part in re.findall("..", colour[1:]))
