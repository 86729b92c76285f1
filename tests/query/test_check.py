import csv
import gzip
from pathlib import Path

import pyoxigraph as ox
import pytest
import zstandard

from kg.cli import run
from kg.errors import SourceError, UsageError
from kg.model.graph import GraphClaim, GraphRelation
from kg.model.ontology import NAMESPACE, RELATIONS
from kg.query.check import Breach, Place, check, check_file
from kg.store import rdf
from kg.store.base import View
from tests.listed_graph import ListedGraph, claim, relation, story

PLACE = Place("art-1", "Title of art-1", "Baltic Courier", "2025-04-24", "never met")
WRONG = Breach(
    "CONTACTS: the object must be a Person, a Group, an Organization or a Country.",
    "clm-wrong",
    "“Ada Mensah” contacts “levy on cocoa”",
    "“levy on cocoa” (Policy)",
    PLACE,
)


def wrong() -> ListedGraph:
    """The story, and a minister who is said to have called a levy."""
    graph = story()
    calls = relation("rel-wrong", "CONTACTS", ("ent-mensah", "ent-levy"))
    graph.put(calls, claim("clm-wrong", calls, "art-1", "never met"))
    return graph


def nquads(graph: ListedGraph) -> bytes:
    return "".join(f"{quad.line}\n" for quad in rdf.every_quad(graph)).encode()


def as_file(folder: Path, content: bytes, name: str = "graph.nq") -> Path:
    (folder / name).write_bytes(content)
    return folder / name


def test_a_sound_graph_breaks_nothing(sparql: View) -> None:
    assert list(check(sparql.query)) == []


def test_a_breach_leads_to_the_article_and_its_words(tmp_path: Path) -> None:
    assert check_file(as_file(tmp_path, nquads(wrong()))) == [WRONG]


def test_a_claim_its_relation_and_its_bare_triple_are_told_once_and_plain_triples_too(tmp_path: Path) -> None:
    bare = "\n".join(
        line for line in nquads(wrong()).decode().splitlines() if "/clm-" not in line and "/rel-" not in line
    )
    (found,) = check_file(as_file(tmp_path, bare.encode()))
    assert (found.rule, found.name, found.value) == (WRONG.rule, "“Ada Mensah” (Person)", WRONG.value)


def test_a_value_of_the_wrong_datatype_is_shown_with_it(tmp_path: Path) -> None:
    lines = nquads(story()).replace(b'"0.65"^^<http://www.w3.org/2001/XMLSchema#decimal>', b'"0.65"')
    found = check_file(as_file(tmp_path, lines))
    assert [(breach.id, breach.value) for breach in found] == [
        ("clm-4", "“0.65” (string)"),
        ("rel-denied", "“0.65” (string)"),
    ]
    assert [breach.place.quote for breach in found if breach.place] == ["never met", "never met"]


def test_an_event_leads_to_an_article_by_what_is_said_of_it(tmp_path: Path) -> None:
    lines = nquads(story()).replace(
        b'<https://w3id.org/newskg/policyKind> "tariff"', b'<https://w3id.org/newskg/policyKind> "x"'
    )
    (found,) = check_file(as_file(tmp_path, lines))
    assert (found.name, found.place and found.place.quote) == ("“levy on cocoa” (Policy)", "levy")


def test_what_is_of_two_types_at_once_is_told(tmp_path: Path) -> None:
    both = b"<https://w3id.org/newskg/id/ent-ghana> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
    both += b"<https://w3id.org/newskg/Person> ."
    (told,) = check_file(as_file(tmp_path, nquads(story()) + both))
    assert told.rule.startswith("Ontology: nothing can be two of Article, Event, ")


@pytest.mark.parametrize("name", ["g.nq", "g.nq.gz", "g.nq.zst", "g.trig", "g.ttl", "g.rdf", "g.jsonld"])
def test_every_syntax_is_read_packed_or_not(name: str, tmp_path: Path) -> None:
    content = nquads(wrong())
    if name.endswith(".gz"):
        content = gzip.compress(content)
    elif name.endswith(".zst"):
        content = zstandard.compress(content)
    else:
        content = rewritten(content, name)
    assert check_file(as_file(tmp_path, content, name)) == [WRONG]


def rewritten(content: bytes, name: str) -> bytes:
    syntax = ox.RdfFormat.from_extension(name.rpartition(".")[2])
    assert syntax is not None
    store = ox.Store()
    store.load(content, ox.RdfFormat.N_QUADS)
    triples = (quad if syntax.supports_datasets else quad.triple for quad in store)
    return ox.serialize(triples, format=syntax) or b""


def test_a_reifier_of_rdf_1_2_is_read_as_its_claim(tmp_path: Path) -> None:
    told = [line for line in nquads(wrong()).decode().splitlines() if not reified(line)]
    told += [reifier(claim) for claim in wrong().claims()] + [reifier(relation) for relation in wrong().relations()]
    assert check_file(as_file(tmp_path, "\n".join(told).encode())) == [WRONG]


def reifier(record: GraphClaim | GraphRelation) -> str:
    triple = f"{rdf.iri(record.subject)} <{NAMESPACE}{RELATIONS[record.type].rdf_name}> {rdf.iri(record.object)}"
    return f"{rdf.iri(record.id)} <{rdf.PREFIXES['rdf']}reifies> <<( {triple} )>> ."


def reified(line: str) -> bool:
    return any(f" <{rdf.PREFIXES['rdf']}{part}> " in line for part in ("subject", "predicate", "object"))


def test_a_file_that_is_none_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"/none\.nq cannot be read \(No such file or directory\)\.$"):
        check_file(tmp_path / "none.nq")
    with pytest.raises(UsageError, match=r"/notes\.doc should end in \.ttl, \.nt, "):
        check_file(tmp_path / "notes.doc")
    with pytest.raises(SourceError, match=r"/graph\.nq cannot be read \(.*line 1 "):
        check_file(as_file(tmp_path, b"not a quad"))


def test_the_command_tells_each_rule_its_breaches_and_where(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(as_file(tmp_path, nquads(wrong())))]) == 1
    out, err = capsys.readouterr()
    assert out == (
        "CONTACTS: the object must be a Person, a Group, an Organization or a Country.\n"
        "  “Ada Mensah” contacts “levy on cocoa”: “levy on cocoa” (Policy)  [clm-wrong]\n"
        "    Baltic Courier · 2025-04-24 · Title of art-1 (art-1): «never met»\n\n"
    )
    assert err == "1 breach of 1 rule.\n"


def test_a_sound_file_ends_well(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(as_file(tmp_path, nquads(story())))]) == 0
    assert capsys.readouterr().err == "No rule is broken.\n"


def test_rows_have_all_that_is_known(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["check", str(as_file(tmp_path, nquads(wrong()))), "--format", "csv"])
    (row,) = csv.DictReader(capsys.readouterr().out.splitlines())
    assert row == {
        "rule": WRONG.rule,
        "id": "clm-wrong",
        "name": WRONG.name,
        "value": WRONG.value,
        "article": "art-1",
        "title": "Title of art-1",
        "publisher": "Baltic Courier",
        "published": "2025-04-24",
        "quote": "never met",
    }
