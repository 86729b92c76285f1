"""Every syntax of RDF says the same, in every profile, and is packed, described and written in constant memory."""

import gzip
import hashlib
import tracemalloc
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
import zstandard

from kg.errors import KgError, UsageError
from kg.export import export
from kg.export.rdf import FORMATS, PROFILES, Describing, Options, Source
from kg.export.rdf.stream import quads
from kg.model.ontology import ID_BASE
from kg.store import rdf
from kg.store.rdf_file import as_claims
from kg.store.rdf_reading import Reading
from tests.listed_graph import ListedGraph, article, crowd, entity, story

F = ox.RdfFormat
SYNTAX = {
    "turtle": F.TURTLE,
    "trig": F.TRIG,
    "ntriples": F.N_TRIPLES,
    "nquads": F.N_QUADS,
    "canonical": F.N_QUADS,
    "rdfxml": F.RDF_XML,
    "jsonld": F.JSON_LD,
    "jsonld-framed": F.JSON_LD,
}
NO_TRIPLE_TERMS = {"rdfxml", "jsonld", "jsonld-framed"}
NAMED_GRAPHS = ("trig", "nquads", "canonical", "jsonld")


def written(graph: ListedGraph, format_: str, folder: Path, **options: object) -> bytes:
    target = folder / "graph"
    export(graph, format_, target, Options(**options))  # type: ignore[arg-type]
    return target.read_bytes()


def read(data: bytes, format_: str) -> set[ox.Quad]:
    return set(ox.parse(data, format=SYNTAX[format_], base_iri="http://x.example/"))


def read_quads(quads: Iterable[ox.Quad]) -> Reading:
    store = ox.Store()
    store.bulk_extend(as_claims(quads))
    return Reading(store)


def odd() -> ListedGraph:
    """The story, and names that no syntax may trip over."""
    graph = story()
    graph.put(
        article("art-東京 1", title="</b>&amp; ]]> “ツ”\\u0041\t\\", authors=("Z", "Á"), extractor="1 β"),
        entity("ent-<x>\"'&%/é", "Person", 'Zoë "Z" \\ O’Brien\n', identifiers={"ticker": "1"}, aliases=("null", "3")),
        entity("ent-.a.", "Policy", "levy", attributes={"value": "12.50", "unit": "percent"}, first_seen="2025-04"),
    )
    return graph


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("format_", sorted({*FORMATS} - {"jsonld-framed"}))
def test_every_syntax_says_the_same(format_: str, profile: str, tmp_path: Path) -> None:
    if profile == "rdf12" and format_ in NO_TRIPLE_TERMS:
        pytest.skip("no triple terms")
    wanted = read(written(odd(), "nquads", tmp_path, profile=profile), "nquads")
    found = read(written(odd(), format_, tmp_path, profile=profile), format_)
    if format_ in NAMED_GRAPHS:
        assert found == wanted
    else:
        assert found == {ox.Quad(*quad.triple) for quad in wanted}


@pytest.mark.parametrize("format_", FORMATS)
def test_two_runs_give_the_same_bytes(format_: str, tmp_path: Path) -> None:
    assert written(story(), format_, tmp_path) == written(story(), format_, tmp_path)


def test_quads_are_those_of_the_store(tmp_path: Path) -> None:
    lines = {quad.line for quad in rdf.every_quad(odd())}
    assert {*written(odd(), "nquads", tmp_path).decode().splitlines()} == lines


def test_canonical_is_what_the_standard_makes_of_it(tmp_path: Path) -> None:
    dataset = ox.Dataset(ox.parse(written(odd(), "nquads", tmp_path), format=F.N_QUADS))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    lines = ox.serialize(dataset, format=F.N_QUADS).splitlines(keepends=True)  # type: ignore[union-attr]
    assert written(odd(), "canonical", tmp_path) == b"".join(sorted(lines))


def test_turtle_reads_as_paragraphs(tmp_path: Path) -> None:
    text = written(story(), "turtle", tmp_path).decode()
    assert (
        """
:ent-levy a kg:Policy, kg:Entity ;
    rdfs:label "levy on cocoa" ;
    kg:articles 1 ;
    kg:bound "moreThan" ;
    kg:policyKind "tariff" ;
    kg:unit "percent" ;
    kg:value 12.5 .
"""
        in text
    )


def test_trig_puts_an_article_in_its_own_braces(tmp_path: Path) -> None:
    text = written(story(), "trig", tmp_path).decode()
    assert text.count("\n:art-1 {\n") == 1
    assert "\n:art-1-ent-heliant a kg:Mention ;\n" in text


def test_rdf_1_2_reifies_each_claim(tmp_path: Path) -> None:
    text = written(story(), "turtle", tmp_path, profile="rdf12").decode()
    assert "    rdf:reifies <<( :ent-heliant kg:supplies :ent-ghana )>>" in text
    assert "rdf:subject" not in text


def test_both_reifications_are_the_same_records(tmp_path: Path) -> None:
    one, other = (
        read_quads(ox.parse(written(odd(), "nquads", tmp_path, profile=profile), format=F.N_QUADS))
        for profile in ("claims", "rdf12")
    )
    assert sorted(one.claims(), key=repr) == sorted(other.claims(), key=repr) == sorted(odd().claims(), key=repr)


def test_plain_is_what_is_asserted_and_no_claim(tmp_path: Path) -> None:
    plain = read(written(story(), "nquads", tmp_path, profile="plain"), "nquads")
    asserted = {
        (q.subject, q.predicate, q.object)
        for q in rdf.every_quad(story())
        if q.predicate in rdf.BARE_PREDICATES
    }  # fmt: skip
    bare = {tuple(map(str, q.triple)) for q in plain if str(q.predicate) in rdf.BARE_PREDICATES}
    assert bare == asserted
    assert {q.graph_name for q in plain} == {ox.DefaultGraph()}
    assert not [q for q in plain if "selector" in q.predicate.value.casefold() or "Claim" in str(q.object)]


def test_a_frame_holds_an_article_with_its_evidence(tmp_path: Path) -> None:
    data = written(story(), "jsonld-framed", tmp_path)
    every = {str(q.triple) for q in read(written(story(), "nquads", tmp_path), "nquads")}
    found = {str(q.triple) for q in read(data, "jsonld-framed")}
    article_graph = {
        str(q.triple) for q in read(written(story(), "nquads", tmp_path), "nquads") if "art-1>" in str(q.graph_name)
    }
    bare = {line for line in article_graph if line.split(" ")[1] in rdf.BARE_PREDICATES | {rdf.MENTIONS}}
    assert found <= every
    assert article_graph - bare <= found
    graph = rdflib.Graph().parse(data=data, format="json-ld")
    assert len(graph) == len(found)


def test_ids_come_after_the_base_that_is_asked_for(tmp_path: Path) -> None:
    base = "https://graph.example/id/"
    for format_ in FORMATS:
        data = written(odd(), format_, tmp_path, base=base)
        assert ID_BASE.encode() not in data
        usual = written(odd(), format_, tmp_path)
        same = read(usual.replace(ID_BASE.encode(), base.encode()), format_)
        assert read(data, format_) == same, format_


@pytest.mark.parametrize("base", ["graph.example", "https://x y/", "https://x>/", "javascript:x"])
def test_a_base_that_begins_no_iri_is_refused(base: str) -> None:
    with pytest.raises(UsageError, match="cannot begin an IRI"):
        Options(base=base)


def test_an_unknown_profile_names_those_there_are() -> None:
    with pytest.raises(UsageError, match=r"^There is no profile 'flat'; there are: claims, rdf12, plain\.$"):
        Options(profile="flat")


@pytest.mark.parametrize("format_", sorted(NO_TRIPLE_TERMS))
def test_a_syntax_without_triple_terms_says_so(format_: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        export(story(), format_, tmp_path / "x", Options(profile="rdf12"))
    assert list(tmp_path.iterdir()) == []


def test_other_formats_take_no_profile(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"^graphml is no RDF"):
        export(story(), "graphml", tmp_path / "x", Options(profile="plain"))


def test_files_are_packed_by_their_ending(tmp_path: Path) -> None:
    plain = written(story(), "nquads", tmp_path)
    for ending in ("gz", "zst"):
        export(story(), "nquads", tmp_path / f"a.{ending}")
        export(story(), "nquads", tmp_path / f"b.{ending}")
        assert (tmp_path / f"a.{ending}").read_bytes() == (tmp_path / f"b.{ending}").read_bytes()
    assert gzip.decompress((tmp_path / "a.gz").read_bytes()) == plain
    with zstandard.open(tmp_path / "a.zst", "rb") as packed:
        assert packed.read() == plain


def test_a_file_is_described_with_its_counts_licences_and_checksum(tmp_path: Path) -> None:
    describing, target = Describing(), tmp_path / "graph.nq.gz"
    export(story(), "nquads", target, Options(watch=describing.count))
    sources = [Source("Courier", "CC-BY-4.0"), Source("Folder", None)]
    beside = describing.write(target, "nquads", story(), sources, ID_BASE)
    assert beside.name == "graph.nq.gz.void.ttl"
    graph = rdflib.Graph().parse(beside)
    rows = graph.query(
        """PREFIX void: <http://rdfs.org/ns/void#> PREFIX dcterms: <http://purl.org/dc/terms/>
           PREFIX spdx: <http://spdx.org/rdf/terms#> PREFIX dcat: <http://www.w3.org/ns/dcat#>
           SELECT ?triples ?date ?claims ?licence ?sum {
             ?d void:triples ?triples ; dcterms:modified ?date ; dcterms:source/dcterms:license ?licence ;
                void:classPartition [ void:class <https://w3id.org/newskg/Claim> ; void:entities ?claims ] ;
                dcat:distribution/spdx:checksum/spdx:checksumValue ?sum }"""
    )
    ((triples, date, claims, licence, checksum),) = [tuple(map(str, row)) for row in rows]  # type: ignore[arg-type]
    lines = gzip.decompress(target.read_bytes()).splitlines()
    digest = hashlib.sha256(target.read_bytes()).hexdigest()
    assert (int(triples), date, int(claims), licence, checksum) == (len(lines), "2025-04-24", 12, "CC-BY-4.0", digest)


def test_a_predicate_that_xml_cannot_name_is_told(tmp_path: Path) -> None:
    graph = ListedGraph()
    graph.put(entity("ent-a", "Person", "A", attributes={"%": "x", "größe": "1"}))
    with pytest.raises(KgError, match=r"^RDF/XML has no way to write the predicate <https://w3id\.org/newskg/%25>"):
        export(graph, "rdfxml", tmp_path / "x")


@pytest.mark.long
def test_memory_does_not_grow_with_the_graph(tmp_path: Path) -> None:
    def peak(size: int) -> int:
        graph = crowd(size)
        tracemalloc.start()
        for format_ in sorted({*FORMATS} - {"canonical", "jsonld-framed"}):  # a tree is as large as its article
            export(graph, format_, tmp_path / "graph")
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    assert peak(1500) < 1.2 * peak(500) + 200_000  # the reader's own lists of ids


def test_the_stream_has_each_subject_once_in_a_graph() -> None:
    runs: list[tuple[str, str]] = []
    for quad in quads(odd(), Options()):
        if quad.predicate not in rdf.BARE_PREDICATES | {rdf.MENTIONS, rdf.REDIRECT}:
            key = (quad.graph, quad.subject)
            if not runs or runs[-1] != key:
                runs.append(key)
    assert len(runs) == len(set(runs))
