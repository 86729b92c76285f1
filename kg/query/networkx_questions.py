"""Named questions answered over the networkx view, row for row as the stores answer them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

import networkx as nx

from kg.errors import UsageError
from kg.graph import NeighbourReader, build
from kg.query.questions import LIMIT, question
from kg.store.base import Rows

Network = nx.MultiDiGraph
Attributes = Mapping[str, Any]
Edge = tuple[Attributes, Attributes, Attributes]
"""A relation with what its subject, itself and its object say: (subject, relation, object)."""

Row = tuple[object, ...]
Keyed = Iterable[tuple[tuple[object, ...], Row]]
"""Rows, each with what it is ordered by."""

_UNDATED = "9999"


def answer(name: str, bound: Mapping[str, str | int], graph: NeighbourReader) -> Rows:
    """The rows of a question; raises `UsageError` for one that is not asked of networkx."""
    if name not in ANSWERS:
        raise UsageError(f"The question {name} is not asked of networkx; those are: {', '.join(sorted(ANSWERS))}.")
    ordered = sorted(ANSWERS[name](build(graph), **bound), key=lambda keyed: keyed[0])
    return Rows(tuple(question(name).columns), [row for _, row in islice(ordered, LIMIT)])


def who_met_whom(network: "Network[str]") -> Keyed:
    """Meetings, contacts and negotiations."""
    for a, r, b in _relations(network, "MEETS", "CONTACTS", "NEGOTIATES_WITH"):
        figures = r["support"], r["independent"], r.get("firstSeen"), r.get("lastSeen")
        row = a["name"], r["type"], b["name"], r["status"], *figures
        yield (a["name"], b["name"], r["type"], r.get("firstSeen", _UNDATED), r["status"], r["id"]), row


def who_holds_which_office(network: "Network[str]") -> Keyed:
    """People and their offices, with the body of the office."""
    for person, r, office in _relations(network, "HOLDS_POSITION"):
        for body in _from(network, office["id"], "POSITION_IN") or [{}]:
            seen = r["support"], r.get("firstSeen"), r.get("lastSeen")
            row = person["name"], office["name"], body.get("name"), r["status"], r.get("officeStart"), *seen
            key = office["name"], person["name"], r["status"], r["id"], body.get("name", ""), body.get("id", "")
            yield key, row


def policies_targeting(network: "Network[str]", country: str) -> Keyed:
    """Policies aimed at someone, and who issued them."""
    for policy, r, target in _relations(network, "TARGETS"):
        if not _is_called(target, country):
            continue
        for issuer in _from(network, policy["id"], "ISSUED_BY") or [{}]:
            told = policy.get("value"), policy.get("unit"), r["support"], r.get("firstSeen"), r.get("lastSeen")
            row = policy["name"], policy.get("policyKind"), issuer.get("name"), target["name"], r["status"], *told
            key = policy["name"], target["name"], r["status"], r["id"], issuer.get("name", ""), issuer.get("id", "")
            yield key, row


def most_supported(network: "Network[str]", minimum: int) -> Keyed:
    """Relations that at least so many independent articles state."""
    for a, r, b in _relations(network):
        if r["independent"] >= minimum:
            ends = a["name"], r["type"], b["name"], r["status"]
            row = *ends, r["independent"], r["support"], r.get("firstSeen"), r.get("lastSeen")
            yield (-r["independent"], -r["support"], *ends, r["id"]), row


def planned_then(network: "Network[str]") -> Keyed:
    """What was planned, and every other status of the same relation."""
    for a, p, b in _relations(network):
        if p["status"] != "planned":
            continue
        beside = network.get_edge_data(a["id"], b["id"]).values()
        others = [t for t in beside if t["status"] != "planned" and _same_change(t, p)]
        for t in others or [{}]:
            seen = p.get("firstSeen"), t.get("status"), t.get("firstSeen")
            ends = a["name"], p["type"], b["name"]
            key = p.get("firstSeen", _UNDATED), *ends, p["id"], t.get("status", ""), t.get("id", "")
            yield key, (*ends, p.get("change"), *seen)


ANSWERS: Mapping[str, Callable[..., Keyed]] = {
    "most-supported": most_supported,
    "planned-then": planned_then,
    "policies-targeting": policies_targeting,
    "who-holds-which-office": who_holds_which_office,
    "who-met-whom": who_met_whom,
}
"""The questions that are asked of networkx too, by name."""


def _relations(network: "Network[str]", *types: str) -> Iterator[Edge]:
    """The relations of some types, or of all."""
    for subject, object_, relation in network.edges(data=True):
        if not types or relation["type"] in types:
            yield network.nodes[subject], relation, network.nodes[object_]


def _from(network: "Network[str]", subject: str, type_: str) -> list[Attributes]:
    """What asserted relations of a type lead to."""
    edges = network.out_edges(subject, data=True)
    return [network.nodes[end] for _, end, r in edges if r["type"] == type_ and r["status"] == "asserted"]


def _is_called(node: Attributes, name: str | int) -> bool:
    return name == node["name"] or name in node.get("aliases", ())


def _same_change(one: Attributes, other: Attributes) -> bool:
    return bool(one["type"] == other["type"] and one.get("change") == other.get("change"))
