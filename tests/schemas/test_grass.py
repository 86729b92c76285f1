"""The style of Neo4j Browser: every label and every type of edge is drawn, the special over the general."""

import re
from itertools import combinations
from pathlib import Path

import pytest

from kg.model.ontology import ENTITY_TYPES, RELATIONS
from kg.store.property_graph import CLAIM_EDGES

STYLE = (Path(__file__).resolve().parents[2] / "schemas/neo4j/kg.grass").read_text("utf-8")
RULES = {
    selector: dict(re.findall(r"^  ([\w-]+): (.+);$", body, re.MULTILINE))
    for selector, body in re.findall(r"^([\w.]+) \{\n(.*?)^\}\n", STYLE, re.MULTILINE | re.DOTALL)
}


def rgb(colour: str) -> list[int]:
    return [int(part, 16) for part in re.findall("..", colour.removeprefix("#"))]


def test_every_label_and_every_type_of_edge_has_a_rule_and_nothing_else_has() -> None:
    nodes = {f"node.{label}" for label in (*ENTITY_TYPES, "Entity", "Claim", "Projection")}
    edges = {f"relationship.{type_}" for type_ in (*RELATIONS, *CLAIM_EDGES)}
    assert set(RULES) == {"node", "relationship"} | nodes | edges


def test_the_special_comes_after_the_general_so_that_it_wins() -> None:
    order = list(RULES)
    for type_ in ENTITY_TYPES.values():
        places = [order.index(f"node.{label}") for label in type_.parents]
        assert places == sorted(places, reverse=True), type_.name


@pytest.mark.parametrize("selector", [name for name in RULES if name.startswith("node.")])
def test_a_node_has_a_colour_a_size_and_a_caption(selector: str) -> None:
    rule = RULES[selector]
    assert re.fullmatch("#[0-9A-F]{6}", rule["color"])
    assert re.fullmatch("[1-9][0-9]px", rule["diameter"])
    assert rule["caption"] == '"{name}"'


def test_kinds_of_nodes_are_told_apart_by_their_colours() -> None:
    colours = {name: rgb(rule["color"]) for name, rule in RULES.items() if re.match(r"node\.(?!Projection)", name)}
    for (one, first), (other, second) in combinations(colours.items(), 2):
        assert sum(abs(a - b) for a, b in zip(first, second, strict=True)) > 36, (one, other)


def test_a_relation_shows_its_caption_and_an_edge_of_evidence_its_type() -> None:
    assert RULES["relationship.IN_DISPUTE_WITH"]["caption"] == '"{caption}"'
    assert RULES["relationship.IN_DISPUTE_WITH"]["color"] == "#D0312D"
    assert RULES["relationship.MENTIONS"]["caption"] == '"mentions"'
    assert RULES["relationship.STATED_IN"]["caption"] == '"stated in"'
