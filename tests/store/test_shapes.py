"""Our reading of the shapes finds what pySHACL, a validator of its own, finds: the same nodes, values and sentences."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import BNode, Graph, Literal, URIRef

from kg.errors import StoreError
from kg.model.ontology import ID_BASE, NAMESPACE
from kg.paths import data_folder
from kg.store import rdf
from kg.store.shapes import disjoint, rules
from tests.listed_graph import story

SHAPES = data_folder("schemas") / "shapes.ttl"
SH = "http://www.w3.org/ns/shacl#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
Finding = tuple[str, str | None, str]


@cache
def triples() -> list[str]:
    return sorted({f"{q.subject} {q.predicate} {q.object} ." for q in rdf.every_quad(story())})


def by_us(lines: Iterable[str]) -> set[Finding]:
    store = ox.Store()
    store.load("\n".join(lines).encode(), ox.RdfFormat.N_TRIPLES)
    found = set()
    for rule in rules(SHAPES):
        answer = store.query(rule.query)
        assert isinstance(answer, ox.QuerySolutions)
        for row in answer:
            this, value = plain(row["this"]), plain(row["value"])
            found.add((str(this), value if value != this else None, rule.message))
    return found


def plain(term: object) -> str | None:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else "nameless" if term else None


@cache
def shapes() -> Graph:
    return Graph().parse(SHAPES)


def by_pyshacl(lines: Iterable[str]) -> set[Finding]:
    data = Graph().parse(data="\n".join(lines), format="nt")
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes())
    assert isinstance(report, Graph)
    found = set()
    for result in report.objects(None, URIRef(f"{SH}result")):
        this, value = (report.value(result, URIRef(f"{SH}{name}")) for name in ("focusNode", "value"))
        this = Literal("nameless") if isinstance(this, BNode) else this
        message = report.value(result, URIRef(f"{SH}resultMessage"))
        found.add(
            (str(this), None if value is None or this in {value, Literal("nameless")} else str(value), str(message))
        )
    return found


def id_(name: str) -> str:
    return f"<{ID_BASE}{name}>"


def changed(old: str, new: str) -> list[str]:
    """The story with a triple, named by its beginning or end, replaced."""
    (found,) = (line for line in triples() if old in line)
    return [line for line in triples() if line != found] + ([new] if new else [])


def test_the_story_keeps_every_rule() -> None:
    assert by_us(triples()) == set()


KG = NAMESPACE


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (changed(f'{id_("clm-4")} <{KG}status>', ""), "Claim: needs exactly one kg:status, "),
        (changed(f'{id_("clm-4")} <{KG}status>', f'{id_("clm-4")} <{KG}status> "perhaps" .'), "Claim: needs exactly "),
        ([*triples(), f'{id_("clm-4")} <{KG}status> "planned" .'], "Claim: needs exactly one kg:status, "),
        (changed(f'{id_("ent-ghana")} <{KG}iso3166>', f'{id_("ent-ghana")} <{KG}iso3166> "gha" .'), "Country: may "),
        ([*triples(), f'{id_("clm-1")} <{KG}confidence> "much" .'], "Claim: needs exactly one kg:confidence, "),
        ([*triples(), f"{id_('ent-levy')} <{KG}meets> {id_('ent-ghana')} ."], "MEETS: the subject must be a Person, "),
        ([*triples(), f"{id_('ent-ghana')} <{KG}meets> {id_('ent-levy')} ."], "MEETS: the object must be a Person, "),
        ([*triples(), f"{id_('ent-heliant')} <{KG}memberOf> {id_('ent-ghana')} ."], "MEMBER_OF: must go from "),
        ([*triples(), f"_:x <{TYPE}> <{KG}Person> ."], "Person: must have an IRI; "),
        (changed(f'{id_("ent-mensah")} <{TYPE}> <{KG}Person>', ""), "SAID: the subject must be a Person, "),
    ],
)  # fmt: skip
def test_a_broken_rule_is_found_as_pyshacl_finds_it(lines: list[str], message: str) -> None:
    found = by_us(lines)
    assert message in {told[: len(message)] for _, _, told in found}
    assert found == by_pyshacl(lines)


TERMS = st.sampled_from([
    id_("ent-ghana"), id_("ent-levy"), id_("art-1"), id_("sta-1"), id_("clm-1"), id_("none"), f"<{KG}meets>",
    f"<{KG}Person>", f"<{KG}Statement>", '"asserted"', '"odd"', '"0.5"^^<http://www.w3.org/2001/XMLSchema#decimal>',
    '"7"^^<http://www.w3.org/2001/XMLSchema#decimal>', '"-1"^^<http://www.w3.org/2001/XMLSchema#integer>',
    '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>', '"2025-04-24"^^<http://www.w3.org/2001/XMLSchema#date>',
])  # fmt: skip


@settings(max_examples=8, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 10_000), TERMS), min_size=1, max_size=8))
def test_whatever_is_broken_pyshacl_finds_the_same(changes: list[tuple[int, str]]) -> None:
    lines = triples().copy()
    for number, term in changes:
        subject, predicate, _ = lines[number % len(lines)].split(" ", 2)
        lines[number % len(lines)] = f"{subject} {predicate} {term} ."
    assert by_us(lines) == by_pyshacl(lines)


def test_types_that_the_ontology_keeps_apart_are_found() -> None:
    store = ox.Store()
    both = [f"{id_('ent-ghana')} <{TYPE}> <{KG}Person> ."]
    store.load("\n".join([*triples(), *both]).encode(), ox.RdfFormat.N_TRIPLES)
    (rule,) = disjoint(data_folder("schemas") / "ontology.ttl")
    assert rule.message.startswith("Ontology: nothing can be two of Article, Event, Group, ")
    answer = store.query(rule.query)
    assert isinstance(answer, ox.QuerySolutions)
    assert [plain(row["this"]) for row in answer] == [f"{ID_BASE}ent-ghana"]


def test_a_shape_that_says_more_is_refused(tmp_path: Path) -> None:
    (tmp_path / "shapes.ttl").write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:x> a sh:NodeShape ; sh:targetClass <urn:c> ; "
        'sh:message "M." ; sh:hasValue 1 .',
        encoding="utf-8",
    )
    with pytest.raises(StoreError, match=r"^The shapes use sh:hasValue, which is not known here\.$"):
        rules(tmp_path / "shapes.ttl")
