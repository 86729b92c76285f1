"""Draw docs/picture.svg from a workspace with the sample: `python docs/picture.py WORKSPACE`.

The relations between agents and policies with the most support, by status: asserted as a line, denied in red and
broken, planned or possible dotted. Positions come from networkx's spring layout with a fixed seed.
"""

import sys
from html import escape
from math import hypot
from pathlib import Path

import networkx as nx

import kg
from kg.model.graph import GraphEntity, GraphRelation
from kg.model.ontology import is_a

TARGET = Path(__file__).resolve().parent / "picture.svg"
WIDTH, HEIGHT, MARGIN = 960, 560, 90
_SHOWN = 26  # relations: more cannot be read
_LEFT_OUT = {
    "SAID",
    "ABOUT",
    "ADDRESSED_TO",
    "REPORTED_BY",
    "PUBLISHED_BY",
    "AUTHORED_BY",
    "POSITION_IN",
    "HOLDS_POSITION",
}
_LEFT_OUT |= {"MADE_AT", "ECHOES", "RESPONDS_TO", "CITIZEN_OF", "REPRESENTS", "BASED_IN", "LOCATED_IN", "MEMBER_OF"}
_COLOURS = (
    ("Person", "#e8743b"),
    ("Country", "#2f6f9f"),
    ("Place", "#7fa8c9"),
    ("Company", "#4c9f70"),
    ("PublicBody", "#8a5fbf"),
    ("Policy", "#c9a227"),
    ("Organization", "#6b7a8f"),
    ("Entity", "#9aa5b1"),
)
_STATUS = {
    "asserted": ("#4a5560", "none"),
    "alleged": ("#9aa5b1", "none"),
    "denied": ("#c0392b", "7 4"),
    "planned": ("#2471a3", "2 4"),
    "possible": ("#2471a3", "2 4"),
    "ended": ("#b8b8b8", "1 3"),
}
_STYLE = (
    "text { font-family: Helvetica, Arial, sans-serif; fill: #1c2833 }"
    " .node, .edge { text-anchor: middle; paint-order: stroke; stroke: #fff; stroke-width: 3px }"
    " .node { font-size: 12px } .edge { font-size: 9.5px } .key { font-size: 11px }"
    " path { fill: none; stroke-width: 1.4px }"
)


def main() -> None:
    """Choose, place, draw."""
    with kg.open(sys.argv[1], create=False) as graph:
        entities = {entity.id: entity for entity in graph.ledger.graph.entities() if entity.statement is None}
        relations = _best(list(graph.ledger.graph.relations()), entities)
    network: nx.MultiGraph[str] = nx.MultiGraph()
    network.add_edges_from((relation.subject, relation.object) for relation in relations)
    kept = max(nx.connected_components(network), key=len)
    relations = [relation for relation in relations if relation.subject in kept]
    places = _places(network.subgraph(kept))
    TARGET.write_text("\n".join(_svg(relations, entities, places)) + "\n", encoding="utf-8")


def _best(relations: list[GraphRelation], entities: dict[str, GraphEntity]) -> list[GraphRelation]:
    """The relations to be shown: the best supported of each status, denied ones before all."""
    fit = [r for r in relations if r.type not in _LEFT_OUT and _readable(r, entities) and not r.inferred]
    order = ["denied", "asserted", "planned", "possible", "alleged"]
    fit = [relation for relation in fit if relation.status in order]
    fit.sort(key=lambda r: (-r.independent, -r.support, order.index(r.status), r.id))
    denied = [relation for relation in fit if relation.status == "denied"][: _SHOWN // 5]
    others = [relation for relation in fit if relation.status != "denied"]
    return denied + others[: _SHOWN - len(denied)]


def _readable(relation: GraphRelation, entities: dict[str, GraphEntity]) -> bool:
    ends = [entities.get(relation.subject), entities.get(relation.object)]
    return all(end and end.type not in {"Event", "Group", "Position", "Article"} for end in ends)


def _places(network: "nx.Graph[str]") -> dict[str, tuple[float, float]]:
    placed = nx.spring_layout(nx.Graph(network), seed=7, k=1.6, iterations=400)
    xs, ys = [float(p[0]) for p in placed.values()], [float(p[1]) for p in placed.values()]

    def scaled(value: float, values: list[float], size: int) -> float:
        return round(MARGIN + (value - min(values)) / (max(values) - min(values) or 1) * (size - 2 * MARGIN), 1)

    return {n: (scaled(float(p[0]), xs, WIDTH), scaled(float(p[1]), ys, HEIGHT - 40)) for n, p in placed.items()}


def _svg(
    relations: list[GraphRelation], entities: dict[str, GraphEntity], places: dict[str, tuple[float, float]]
) -> list[str]:
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">',
        f"<style>{_STYLE}</style>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
    ]
    seen: dict[tuple[str, str], int] = {}
    for relation in sorted(relations, key=lambda r: r.id):
        pair = (min(relation.subject, relation.object), max(relation.subject, relation.object))
        seen[pair] = seen.get(pair, 0) + 1
        lines += _edge(relation, places, seen[pair])
    for own_id in sorted(places):
        lines += _node(entities[own_id], places[own_id])
    return [*lines, *_legend(), "</svg>"]


def _edge(relation: GraphRelation, places: dict[str, tuple[float, float]], nth: int) -> list[str]:
    (x1, y1), (x2, y2) = places[relation.subject], places[relation.object]
    length = hypot(x2 - x1, y2 - y1) or 1
    # The second relation of a pair bends to one side, the third to the other.
    bend = (nth // 2) * 34 * (1 if nth % 2 else -1) + (12 if nth > 1 else 0)
    mx, my = (x1 + x2) / 2 - (y2 - y1) / length * bend, (y1 + y2) / 2 + (x2 - x1) / length * bend
    tx, ty = (x1 + x2) / 4 + mx / 2, (y1 + y2) / 4 + my / 2
    colour, dashes = _STATUS[relation.status]
    label = relation.type.lower().replace("_", " ")
    return [
        f'<path d="M {x1} {y1} Q {mx:.1f} {my:.1f} {x2} {y2}" stroke="{colour}" stroke-dasharray="{dashes}"/>',
        f'<text class="edge" x="{tx:.1f}" y="{ty - 3:.1f}" style="fill: {colour}">{escape(label)}</text>',
    ]


def _node(entity: GraphEntity, place: tuple[float, float]) -> list[str]:
    x, y = place
    colour = next(colour for type_, colour in _COLOURS if is_a(entity.type, type_) or type_ == "Entity")
    radius = 16 if entity.type == "Country" else 10
    name = entity.name if len(entity.name) <= 34 else entity.name[:32].rstrip() + "…"  # noqa: PLR2004 - fits
    return [
        f'<circle cx="{x}" cy="{y}" r="{radius}" fill="{colour}" stroke="#ffffff" stroke-width="2"/>',
        f'<text class="node" x="{x}" y="{y + radius + 13}">{escape(name)}</text>',
    ]


def _legend() -> list[str]:
    lines, x = [], 30
    for type_, colour in _COLOURS[:-1]:
        lines.append(f'<circle cx="{x}" cy="{HEIGHT - 18}" r="6" fill="{colour}"/>')
        lines.append(f'<text x="{x + 11}" y="{HEIGHT - 14}" class="key">{type_}</text>')
        x += 30 + 7 * len(type_)
    for status in ("asserted", "denied", "planned"):
        colour, dashes = _STATUS[status]
        y = HEIGHT - 18
        lines.append(f'<path d="M {x} {y} H {x + 26}" stroke="{colour}" stroke-dasharray="{dashes}"/>')
        lines.append(f'<text x="{x + 31}" y="{HEIGHT - 14}" class="key">{status}</text>')
        x += 96
    return lines


if __name__ == "__main__":
    main()
