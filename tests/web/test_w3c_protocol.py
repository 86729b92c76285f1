"""The SPARQL 1.1 Protocol tests of the W3C (rdf-tests, sparql11/protocol), by their names, against a running server.

What each one sends and expects is told again here. The published request of `query_multiple_dataset` has the `&` and
`=` between its two graphs percent-encoded, which makes them one graph that does not exist; it is sent as it is meant.
"""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, urlencode

import httpx
import pytest

from tests.web.conftest import Server

DATA = "http://kasei.us/2009/09/sparql/data/data{}.rdf"
ONE, TWO, THREE = (DATA.format(number) for number in (1, 2, 3))
FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
DOCUMENT = "http://xmlns.com/foaf/0.1/Document"
RESOURCE = "http://purl.org/dc/terms/BibliographicResource"


@dataclass(frozen=True)
class Sent:
    """One request; `expect` says what its answer must be."""

    expect: "Callable[[httpx.Response], None]"
    method: str = "GET"
    query: tuple[tuple[str, str], ...] = ()
    kind: str | None = None
    body: str | bytes = b""


def done(answer: httpx.Response) -> None:
    assert 200 <= answer.status_code < 400, answer.text


def refused(answer: httpx.Response) -> None:
    assert 400 <= answer.status_code < 500, answer.text


def true(answer: httpx.Response) -> None:
    boolean(answer)
    assert answer.json()["boolean"] is True


def boolean(answer: httpx.Response) -> None:
    done(answer)
    assert kind_of(answer) in {"application/sparql-results+json", "application/sparql-results+xml"}


def tabular(answer: httpx.Response) -> None:
    done(answer)
    kinds = {"application/sparql-results+json", "application/sparql-results+xml", "text/csv"}
    assert kind_of(answer) in kinds | {"text/tab-separated-values"}


def rdf(answer: httpx.Response) -> None:
    done(answer)
    kinds = {"text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"}
    assert kind_of(answer) in kinds


def one_resolved_iri(answer: httpx.Response) -> None:
    tabular(answer)
    (row,) = answer.json()["results"]["bindings"]
    assert row["o"]["type"] == "uri"
    assert row["o"]["value"] not in {"test", "<test>"}
    assert row["o"]["value"].endswith("/test")


def kind_of(answer: httpx.Response) -> str:
    return answer.headers["content-type"].partition(";")[0]


def documents(*graphs: str) -> str:
    return "\n".join(f"GRAPH <{graph}> {{ <{graph}> a <{DOCUMENT}> }}" for graph in graphs)


def default(*graphs: str) -> tuple[tuple[str, str], ...]:
    return tuple(("default-graph-uri", graph) for graph in graphs)


def named(*graphs: str) -> tuple[tuple[str, str], ...]:
    return tuple(("named-graph-uri", graph) for graph in graphs)


def using(*graphs: str) -> tuple[tuple[str, str], ...]:
    return tuple(("using-graph-uri", graph) for graph in graphs)


def using_named(*graphs: str) -> tuple[tuple[str, str], ...]:
    return tuple(("using-named-graph-uri", graph) for graph in graphs)


def copied(target: str, where: str = "?s a foaf:Document") -> str:
    """An update that makes documents anew and notes in `target` which of them its pattern sees."""
    return f"""PREFIX dc: <http://purl.org/dc/terms/> PREFIX foaf: <http://xmlns.com/foaf/0.1/>
    DROP ALL ; INSERT DATA {{ {documents(ONE, TWO, THREE)} }} ;
    INSERT {{ GRAPH <{target}> {{ ?s a dc:BibliographicResource }} }} WHERE {{ {where} }}"""


def seen_are_one_and_two(target: str) -> str:
    return f"""ASK {{ GRAPH <{target}> {{ <{ONE}> a <{RESOURCE}> . <{TWO}> a <{RESOURCE}> }}
    FILTER NOT EXISTS {{ GRAPH <{target}> {{ <{THREE}> a <{RESOURCE}> }} }} }}"""


EMPTY = "ASK {}"
BOTH = f"ASK {{ <{ONE}> a ?type . <{TWO}> a ?type . }}"
IN_GRAPHS = f"ASK {{ GRAPH ?g1 {{ <{ONE}> a ?type }} GRAPH ?g2 {{ <{TWO}> a ?type }} }}"
EVERYWHERE = f"ASK {{ <{THREE}> a ?type GRAPH ?g1 {{ <{ONE}> a ?type }} GRAPH ?g2 {{ <{TWO}> a ?type }} }}"
TESTED = "http://example.org/protocol-update-dataset-{}test/"
FULL = f"""PREFIX foaf: <http://xmlns.com/foaf/0.1/>
DROP ALL ; INSERT DATA {{ {documents(ONE, TWO, THREE)} }} ;
INSERT {{ GRAPH <{TESTED.format("full-")}> {{ ?s <http://example.org/in> ?in }} }}
WHERE {{ {{ GRAPH ?g {{ ?s a foaf:Document }} BIND(?g AS ?in) }}
UNION {{ ?s a foaf:Document . BIND("default" AS ?in) }} }}"""
FULL_SEEN = f"""ASK {{ GRAPH <{TESTED.format("full-")}> {{
  <{ONE}> <http://example.org/in> "default" . <{TWO}> <http://example.org/in> <{TWO}> }}
  FILTER NOT EXISTS {{ GRAPH <{TESTED.format("full-")}> {{ <{THREE}> ?p ?o }} }} }}"""
BASED = "http://example.org/protocol-base-test/"
CONFLICT = """PREFIX foaf: <http://xmlns.com/foaf/0.1/>
WITH <http://example/addresses> DELETE { ?person foaf:givenName 'Bill' } INSERT { ?person foaf:givenName 'William' }
WHERE { ?person foaf:givenName 'Bill' }"""


def direct(expect: Callable[[httpx.Response], None], body: str, *query: tuple[str, str]) -> Sent:
    return Sent(expect, "POST", query, QUERY, body)


def update(body: str, *query: tuple[str, str]) -> Sent:
    return Sent(done, "POST", query, UPDATE, body)


TESTS: dict[str, list[Sent]] = {
    "query_post_form": [Sent(true, "POST", default(DATA.format(0)), FORM, urlencode({"query": EMPTY}))],
    "query_dataset_default_graphs_get": [Sent(true, query=(("query", BOTH), *default(ONE, TWO)))],
    "query_dataset_default_graphs_post": [direct(true, BOTH, *default(ONE, TWO))],
    "query_dataset_named_graphs_post": [direct(true, IN_GRAPHS, *named(ONE, TWO))],
    "query_dataset_named_graphs_get": [Sent(true, query=(("query", IN_GRAPHS), *named(ONE, TWO)))],
    "query_dataset_full": [direct(true, EVERYWHERE, *default(THREE), *named(ONE, TWO))],
    "query_multiple_dataset": [direct(true, IN_GRAPHS.replace("ASK", f"ASK FROM <{THREE}>"), *named(ONE, TWO))],
    "query_get": [Sent(true, query=(("query", EMPTY), *default(DATA.format(0))))],
    "query_content_type_select": [direct(tabular, "SELECT (1 AS ?value) {}", *default(DATA.format(0)))],
    "query_content_type_ask": [direct(boolean, EMPTY, *default(DATA.format(0)))],
    "query_content_type_describe": [direct(rdf, "DESCRIBE <http://example.org/>", *default(DATA.format(0)))],
    "query_content_type_construct": [direct(rdf, "CONSTRUCT { <s> <p> 1 } WHERE {}", *default(DATA.format(0)))],
    "update_dataset_default_graph": [
        update(copied(TESTED.format("")).replace("DROP ALL", "CLEAR ALL"), *using(ONE)),
        direct(true, f"ASK {{ GRAPH <{TESTED.format('')}> {{ <{ONE}> a <{RESOURCE}> }} }}"),
    ],
    "update_dataset_default_graphs": [
        update(copied(TESTED.format("graphs-")), *using(ONE, TWO)),
        direct(true, seen_are_one_and_two(TESTED.format("graphs-"))),
    ],
    "update_dataset_named_graphs": [
        update(copied(TESTED.format("named-graphs-"), "GRAPH ?g { ?s a foaf:Document }"), *using_named(ONE, TWO)),
        direct(true, seen_are_one_and_two(TESTED.format("named-graphs-"))),
    ],
    "update_dataset_full": [update(FULL, *using(ONE), *using_named(TWO)), direct(true, FULL_SEEN)],
    "update_post_form": [Sent(done, "POST", (), FORM, "update=CLEAR+ALL")],
    "update_post_direct": [update("CLEAR ALL")],
    "update_base_uri": [
        update(f"CLEAR GRAPH <{BASED}> ; INSERT DATA {{ GRAPH <{BASED}> {{ <http://e/s> <http://e/p> <test> }} }}"),
        direct(one_resolved_iri, f"SELECT ?o WHERE {{ GRAPH <{BASED}> {{ <http://e/s> <http://e/p> ?o }} }}"),
    ],
    "query_post_direct": [direct(true, EMPTY)],
    "bad_query_method": [Sent(refused, "PUT", (("query", EMPTY), *default(DATA.format(0))), FORM)],
    "bad_multiple_queries": [Sent(refused, query=(("query", EMPTY), ("query", "SELECT * {}")))],
    "bad_query_wrong_media_type": [Sent(refused, "POST", (), "text/plain", EMPTY)],
    "bad_query_missing_form_type": [Sent(refused, "POST", (), None, f"query={quote(EMPTY)}")],
    "bad_query_missing_direct_type": [Sent(refused, "POST", (), None, EMPTY)],
    "bad_query_non_utf8": [Sent(refused, "POST", (), f"{QUERY}; charset=UTF-16", EMPTY.encode("utf-16"))],
    "bad_query_syntax": [Sent(refused, query=(("query", "ASK {"),))],
    "bad_update_get": [Sent(refused, query=(("update", "CLEAR ALL"),))],
    "bad_multiple_updates": [Sent(refused, "POST", (), FORM, "update=CLEAR%20NAMED&update=CLEAR%20DEFAULT")],
    "bad_update_wrong_media_type": [Sent(refused, "POST", (), "text/plain", "CLEAR NAMED")],
    "bad_update_missing_form_type": [Sent(refused, "POST", (), None, "update=CLEAR%20NAMED")],
    "bad_update_non_utf8": [Sent(refused, "POST", (), f"{UPDATE}; charset=UTF-16", "CLEAR NAMED".encode("utf-16"))],
    "bad_update_syntax": [Sent(refused, "POST", (), FORM, "update=CLEAR%20XYZ")],
    "bad_update_dataset_conflict": [Sent(refused, "POST", using_named("http://example/people"), UPDATE, CONFLICT)],
}


@pytest.fixture
def endpoint(writable: Server) -> Server:
    """The server with the graphs that the tests are over."""
    text = f"DROP ALL ; INSERT DATA {{ {documents(ONE, TWO, THREE)} }}"
    done(send(writable, update(text)))
    return writable


def send(server: Server, sent: Sent) -> httpx.Response:
    headers = server.owner | ({"Content-Type": sent.kind} if sent.kind else {})
    request = httpx.Request(sent.method, f"{server.url}/sparql/", params=sent.query, headers=headers, content=sent.body)
    with httpx.Client(timeout=60) as client:
        return client.send(request)


def test_there_are_34() -> None:
    assert len(TESTS) == 34


@pytest.mark.parametrize("name", TESTS)
def test_the_server_passes(endpoint: Server, name: str) -> None:
    for sent in TESTS[name]:
        sent.expect(send(endpoint, sent))
