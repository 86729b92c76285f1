import pyoxigraph as ox
import pyshacl
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model.ontology import ID_BASE
from kg.paths import data_folder
from kg.store import rdf
from tests.listed_graph import article, claim, entity, relation, story


def test_the_graph_fits_the_shapes() -> None:
    lines = "".join(f"{q.subject} {q.predicate} {q.object} .\n" for q in rdf.every_quad(story()))
    data = rdflib.Graph().parse(data=lines, format="nt")
    shapes = rdflib.Graph().parse(data_folder("schemas") / "shapes.ttl")
    conforms, _, report = pyshacl.validate(data, shacl_graph=shapes)
    assert conforms, report


def test_shapes_are_looked_at_indeed() -> None:
    wrong = story()
    wrong.put(relation("rel-x", "SAID", ("ent-ghana", "ent-heliant")))
    lines = "".join(f"{q.subject} {q.predicate} {q.object} .\n" for q in rdf.every_quad(wrong))
    shapes = rdflib.Graph().parse(data_folder("schemas") / "shapes.ttl")
    conforms, _, _ = pyshacl.validate(rdflib.Graph().parse(data=lines, format="nt"), shacl_graph=shapes)
    assert not conforms


def test_only_asserted_claims_make_bare_triples() -> None:
    bare = [q for q in rdf.every_quad(story()) if q.predicate in rdf.BARE_PREDICATES]
    meets = [q for q in bare if q.predicate.endswith("/meets>")]
    assert [q.graph for q in meets] == [rdf.iri("art-1")]  # art-2 denies it
    assert not [q for q in bare if q.predicate.endswith("/changesPolicy>")]  # planned


def test_a_symmetric_relation_is_a_triple_in_one_direction() -> None:
    either = relation("rel-a", "MEETS", ("ent-b", "ent-a")), relation("rel-a", "MEETS", ("ent-a", "ent-b"))
    triples = {
        (q.subject, q.object)
        for r in either
        for q in rdf.claim_quads(claim("clm-1", r, "art-1"))
        if q.predicate in rdf.BARE_PREDICATES
    }
    assert triples == {(rdf.iri("ent-a"), rdf.iri("ent-b"))}


def test_there_are_no_blank_nodes() -> None:
    terms = {term for quad in rdf.every_quad(story()) for term in quad}
    assert {term[0] for term in terms} == {"<", '"'}


def test_members_redirect_to_their_entity() -> None:
    redirects = [
        q for q in rdf.entity_quads(entity("ent-a", "Person", "A", members=("ent-b",))) if q.predicate == rdf.REDIRECT
    ]
    assert redirects == [rdf.Quad(rdf.iri("ent-b"), rdf.REDIRECT, rdf.iri("ent-a"), rdf.ENTITIES)]


def test_ids_become_safe_iris() -> None:
    assert rdf.iri("ent-1> <x:evil") == f"<{ID_BASE}ent-1%3E%20%3Cx%3Aevil>"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (3, '"3"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        (1.0, '"1"^^<http://www.w3.org/2001/XMLSchema#decimal>'),
        (0.805, '"0.805"^^<http://www.w3.org/2001/XMLSchema#decimal>'),
        (2.1e9, '"2100000000"^^<http://www.w3.org/2001/XMLSchema#decimal>'),
        (True, '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>'),
        ('a "b"\n', '"a \\"b\\"\\n"'),
    ],
)
def test_values_have_one_way_of_being_written(value: str | float | bool, written: str) -> None:
    assert rdf.literal(value) == written


@settings(max_examples=50, deadline=None)
@given(st.text())
def test_any_text_comes_back_as_it_was(text: str) -> None:
    quad = next(q for q in rdf.article_quads(article("art-1", title=text or "x")) if "title" in q.predicate)
    (read,) = ox.parse(quad.line.encode(), format=ox.RdfFormat.N_QUADS)
    assert isinstance(read.object, ox.Literal)
    assert read.object.value == (text or "x")
    assert str(read) == quad.line.removesuffix(" .")


@given(st.floats(min_value=-1e15, max_value=1e15, allow_subnormal=False).filter(lambda x: x == 0 or abs(x) > 1e-12))
def test_a_decimal_reads_back_as_the_same_float(number: float) -> None:
    assert float(rdf.literal(number).split('"')[1]) == number
