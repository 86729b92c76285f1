"""What the server does besides the protocol's own tests: types, limits, who may ask what, and following the ledger."""

import json
import socket
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
import rdflib

import kg
from kg.errors import QueryError, WriteRefusedError
from kg.ledger import Ledger
from kg.model import Article, Extraction
from kg.model.ontology import ENTITY_TYPES
from kg.resolve import resolve
from kg.store import served
from kg.store.rdf import REDIRECT
from kg.web.accept import choose
from tests.query.gold import gold
from tests.web.conftest import Server, copy_of, serving, wait_until

PEOPLE = "SELECT ?name { ?p a kg:Person ; rdfs:label ?name } ORDER BY ?name"
FOREVER = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def ask(server: Server, text: str, accept: str = "*/*", **headers: str) -> httpx.Response:
    return httpx.post(f"{server.url}/sparql", data={"query": text}, headers={"Accept": accept, **headers}, timeout=60)


# Types ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("*/*", "a/x"),
        ("", "a/x"),
        ("b/y", "b/y"),
        ("a/*;q=0.5, b/*", "b/y"),
        ("a/x;q=0, */*;q=0.1", "b/y"),
        ("b/y;q=0.9, a/x;q=0.9", "a/x"),
        ("A/X ; Q=0.2 , c/z", "a/x"),
        ("c/z, text/html", None),
        ("a/x;q=many", None),
        ("a/x;q=nan", None),
        (",;,", None),
    ],
)
def test_the_form_with_the_highest_quality_is_chosen(accept: str, chosen: str | None) -> None:
    assert choose(accept, ["a/x", "b/y"]) == chosen


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("*/*", "application/sparql-results+json"),
        ("application/json", "application/json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv;q=0.4, text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("text/csv", "text/csv; charset=utf-8"),
    ],
)
def test_results_come_in_the_type_that_is_asked_for(server: Server, accept: str, kind: str) -> None:
    answer = ask(server, PEOPLE, accept)
    assert (answer.status_code, answer.headers["content-type"]) == (200, kind)
    assert "Lena Price" in answer.text
    assert "Accept" in answer.headers["vary"]


@pytest.mark.parametrize("form", ["turtle", "nt", "xml", "json-ld"])
def test_rdflib_reads_every_form_of_a_graph(server: Server, form: str) -> None:
    kinds = {"turtle": "text/turtle", "nt": "application/n-triples", "xml": "application/rdf+xml"}
    text = "CONSTRUCT { ?p rdfs:label ?name } { ?p a kg:Person ; rdfs:label ?name }"
    answer = ask(server, text, kinds.get(form, "application/ld+json"))
    names = {str(name) for name in rdflib.Graph().parse(data=answer.text, format=form).objects()}
    assert names == {row[0] for row in rows(ask(server, PEOPLE))}


def rows(answer: httpx.Response) -> list[tuple[str, ...]]:
    assert answer.status_code == 200, answer.text
    found = answer.json()
    return [tuple(row[name]["value"] for name in found["head"]["vars"]) for row in found["results"]["bindings"]]


def test_what_cannot_be_had_is_said(server: Server) -> None:
    answer = ask(server, PEOPLE, "image/png")
    assert answer.status_code == 406
    assert answer.text.startswith("This can be had as application/sparql-results+json, ")


def test_a_mistake_is_told_where_it_is(server: Server) -> None:
    answer = ask(server, "SELECT ?x WHERE {\n  ?x rdfs:label }")
    assert (answer.status_code, answer.headers["content-type"]) == (400, "text/plain; charset=utf-8")
    assert answer.text.startswith("The SPARQL query has a mistake at line 2, column ")


def test_from_names_the_graphs_of_a_query(server: Server) -> None:
    graph = rows(ask(server, "SELECT ?a { ?a a kg:Article } ORDER BY ?a LIMIT 1"))[0][0]
    of_graph = "SELECT ?a FROM <@@> { ?a a kg:Article }".replace("@@", graph)
    named = "SELECT ?g FROM NAMED <@@> { GRAPH ?g { ?a a kg:Article } }".replace("@@", graph)
    assert rows(ask(server, of_graph)) == rows(ask(server, named)) == [(graph,)]


# Graph Store Protocol, service description, our own IRIs --------------------------------------------------------------


def test_a_graph_can_be_had_by_its_name(server: Server) -> None:
    article = rows(ask(server, "SELECT ?a { ?a a kg:Article } ORDER BY ?a LIMIT 1"))[0][0]
    indirect = server.get("/graphs", "application/n-triples", graph=article)
    direct = server.get(article.removeprefix("https://w3id.org/newskg"), "application/n-triples")
    counted = rows(ask(server, f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{article}> {{ ?s ?p ?o }} }}"))
    assert len(indirect.text.splitlines()) == int(counted[0][0])
    assert sorted(indirect.text.splitlines()) == sorted(direct.text.splitlines())
    assert server.get("/graph/entities", "text/turtle").status_code == 200
    head = httpx.head(f"{server.url}/graphs", params={"graph": article})
    assert (head.status_code, head.content) == (200, b"")
    assert server.get("/graphs?default", "application/n-triples").status_code == 200


@pytest.mark.parametrize(
    ("query", "status"),
    [("", 400), ("?default&graph=http://e/", 400), ("?graph=http://e/none", 404), ("?graph=not an iri", 400)],
)
def test_one_graph_is_named_and_is_there(server: Server, query: str, status: int) -> None:
    assert server.get(f"/graphs{query}").status_code == status


def test_graphs_are_not_written(server: Server) -> None:
    for method in ("PUT", "POST", "DELETE", "PATCH"):
        assert httpx.request(method, f"{server.url}/graphs?default").status_code == 405


def test_the_service_describes_itself(server: Server) -> None:
    graph = rdflib.Graph().parse(data=server.get("/sparql", "text/turtle").text)
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    service = rdflib.URIRef(f"{server.url}/sparql")
    assert set(graph.objects(service, sd.endpoint)) == {service}
    assert set(graph.objects(service, sd.supportedLanguage)) == {sd.SPARQL11Query}
    assert (service, sd.feature, sd.UnionDefaultGraph) in graph


def test_an_entity_is_rdf_for_programs(server: Server) -> None:
    own = server.get("/api/show", name="Gordon May").json()["entity"]["id"]
    turtle = server.get(f"/id/{own}", "text/turtle")
    graph = rdflib.Graph().parse(data=turtle.text)
    me = rdflib.URIRef(f"https://w3id.org/newskg/id/{own}")
    assert str(graph.value(me, rdflib.RDFS.label)) == "Gordon May"
    assert list(graph.subjects(rdflib.RDF.subject, me))
    assert server.get(f"/id/{own}?format=jsonld").headers["content-type"] == "application/ld+json"
    assert server.get("/id/ent-0", "text/turtle").status_code == 404


def test_terms_of_the_ontology_resolve(server: Server) -> None:
    graph = rdflib.Graph().parse(data=server.get("/holdsPosition", "text/turtle").text)
    term = rdflib.URIRef("https://w3id.org/newskg/holdsPosition")
    assert set(graph.subjects()) == {term}
    assert ENTITY_TYPES["PublicBody"].description[:40] in server.get("/PublicBody", "text/html").text
    assert server.get("/nothing", "text/html").status_code == 404
    assert server.get("/nothing", "text/turtle").status_code == 404


def test_a_member_leads_on_to_its_entity(server: Server) -> None:
    found = rows(ask(server, f"SELECT ?m ?e {{ ?m {REDIRECT} ?e }} ORDER BY ?m LIMIT 1"))
    member, entity = (iri.rpartition("/")[2] for iri in found[0])
    for accept in ("text/turtle", "text/html"):
        answer = server.get(f"/id/{member}", accept)
        assert (answer.status_code, answer.headers["location"]) == (303, f"/id/{entity}")


# Limits ---------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def strict(gold_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that gives answers of at most 50 rows within two seconds."""
    folder = copy_of(gold_folder, tmp_path_factory.mktemp("strict"))
    with serving(folder, "--seconds", "2", "--rows", "50") as running:
        yield running


def test_an_answer_has_so_many_rows_and_says_so(strict: Server) -> None:
    answer = ask(strict, "SELECT * { ?s ?p ?o }")
    assert (len(rows(answer)), answer.headers["kg-row-limit"]) == (50, "50")
    few = ask(strict, "SELECT * { ?s ?p ?o } LIMIT 7")
    assert len(rows(few)) == 7
    assert "kg-row-limit" not in few.headers


def test_the_owner_has_no_limits(strict: Server) -> None:
    assert len(rows(ask(strict, "SELECT * { ?s ?p ?o }", **strict.owner))) > 1000


def test_what_takes_too_long_is_ended(strict: Server) -> None:
    began = time.monotonic()
    answer = ask(strict, FOREVER)
    assert (answer.status_code, answer.text) == (503, "The answer takes longer than 2 seconds; ask for less.\n")
    assert time.monotonic() - began < 20
    assert rows(ask(strict, PEOPLE))


def test_many_that_take_too_long_do_not_stop_the_server(strict: Server) -> None:
    threads = [threading.Thread(target=ask, args=(strict, FOREVER)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    wait_until(lambda: ask(strict, PEOPLE).status_code == 200)


def test_work_ends_when_its_client_goes_away(gold_folder: Path, tmp_path: Path) -> None:
    folder = copy_of(gold_folder, tmp_path)
    with serving(folder, "--seconds", "600") as server:
        before = workers(server)
        with pytest.raises(httpx.ReadTimeout):
            httpx.get(f"{server.url}/sparql", params={"query": FOREVER}, timeout=2)
        wait_until(lambda: len(workers(server) - before) == 1 and len(workers(server)) == len(before))
        assert rows(ask(server, PEOPLE))


def workers(server: Server) -> set[str]:
    """The processes that answer."""
    found = subprocess.run(
        ["ps", "--ppid", str(server.process.pid), "-o", "pid="], capture_output=True, text=True, check=True
    )
    return set(found.stdout.split())


# Who may ask what -----------------------------------------------------------------------------------------------------


def test_updates_are_off_unless_asked_for(server: Server) -> None:
    for headers in ({}, server.owner):
        answer = httpx.post(f"{server.url}/sparql", data={"update": "CLEAR ALL"}, headers=headers)
        assert answer.status_code == 403
    assert ask(server, "CLEAR ALL").status_code == 400
    assert rows(ask(server, PEOPLE))


def test_an_update_needs_the_token(writable: Server) -> None:
    for headers in ({}, {"Authorization": "Bearer nonsense"}, {"Authorization": "Bearer ä".encode("latin-1")}):
        answer = httpx.post(f"{writable.url}/sparql", data={"update": "CLEAR ALL"}, headers=headers)  # type: ignore[arg-type]
        assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")


def test_other_endpoints_are_not_asked_for_strangers(server: Server) -> None:
    answer = ask(server, f"SELECT * {{ SERVICE <{server.url}/sparql> {{ ?s ?p ?o }} }}")
    assert (answer.status_code, answer.text) == (403, "Queries that ask other endpoints (SERVICE) are refused here.\n")


def test_pages_of_this_machine_may_ask_and_others_not(server: Server) -> None:
    def allowed(origin: str) -> str | None:
        answer = httpx.get(f"{server.url}/sparql?query=ASK%7B%7D", headers={"Origin": origin})
        found: str | None = answer.headers.get("access-control-allow-origin")
        return found

    assert allowed("http://localhost:3000") == "http://localhost:3000"
    assert allowed("http://127.0.0.1") == "http://127.0.0.1"
    assert allowed("https://evil.example") is None
    assert allowed("http://localhost.evil.example") is None


def test_a_site_can_be_let_in(tmp_path: Path) -> None:
    folder = tmp_path / "workspace"
    folder.mkdir()
    Ledger.open(folder / "ledger.sqlite").close()
    with serving(folder, "--cors", "https://yasgui.org") as server:
        headers = {
            "Origin": "https://yasgui.org",
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type",
        }
        answer = httpx.options(f"{server.url}/sparql", headers=headers)
        assert answer.status_code == 200
        assert answer.headers["access-control-allow-origin"] == "https://yasgui.org"


def test_the_server_goes_by_its_own_names_only(server: Server) -> None:
    answer = httpx.get(f"{server.url}/", headers={"Host": "evil.example"})
    assert (answer.status_code, answer.text) == (400, "Invalid host header")


def test_it_listens_on_this_machine_alone(server: Server) -> None:
    assert server.url.startswith("http://127.0.0.1:")
    assert stat.S_IMODE((server.folder / "serve.json").stat().st_mode) == 0o600


def test_a_port_in_use_is_said(tmp_path: Path) -> None:
    with kg.open(tmp_path / "workspace") as graph:
        graph.ledger.counts()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        answer = run(tmp_path / "workspace", "serve", "--port", port)
    assert answer.returncode == 2
    assert answer.stderr.startswith(f"kg: 127.0.0.1 port {port} cannot be listened on (Address already in use)")


# Beside it ------------------------------------------------------------------------------------------------------------


def run(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "kg", "--workspace", str(folder), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def test_commands_go_through_the_server(server: Server) -> None:
    direct = rows(ask(server, PEOPLE))
    beside = run(server.folder, "sparql", PEOPLE, "--format", "json")
    assert (beside.returncode, beside.stderr) == (0, "")
    assert [(row["name"],) for row in json.loads(beside.stdout)] == direct
    graph = run(server.folder, "sparql", "DESCRIBE kg:none", "--format", "json")
    assert (graph.returncode, json.loads(graph.stdout)) == (0, [])
    wrong = run(server.folder, "sparql", "SELECT {")
    assert wrong.stderr.startswith("kg: The SPARQL query has a mistake at line 1")
    refused = run(server.folder, "sparql", "CLEAR ALL", "--write")
    assert refused.stderr == "kg: Updates are off; the server takes them when it is started with --update.\n"


def test_the_library_asks_the_server_and_gets_the_same_values(server: Server) -> None:
    note = served.find(server.folder)
    assert note is not None
    view = served.ServedStore(note, 0)
    text = 'SELECT (1 AS ?i) (1.5 AS ?d) (true AS ?b) ("x"@en AS ?s) (kg:a AS ?iri) ?none {}'
    assert view.query(text).rows == [(1, 1.5, True, "x", "https://w3id.org/newskg/a", None)]
    assert view.query("ASK {}").rows == [(True,)]
    assert view.query("CONSTRUCT { kg:a kg:b $x } {}", {"x": 2}).rows == [
        ("https://w3id.org/newskg/a", "https://w3id.org/newskg/b", 2)
    ]
    assert view.counts().articles == 20
    with pytest.raises(QueryError):
        view.query("SELECT")
    with pytest.raises(WriteRefusedError, match="--write"):
        view.query("CLEAR ALL")


def test_what_another_process_adds_is_seen_within_seconds(tmp_path: Path) -> None:
    articles = list(gold())
    with Ledger.open(tmp_path / "ledger.sqlite") as ledger:
        add(ledger, articles[:1])
        with serving(tmp_path) as server:
            before = rows(ask(server, PEOPLE))
            add(ledger, articles[1:])
            wait_until(lambda: len(rows(ask(server, PEOPLE))) > len(before), seconds=10)
            beside = run(tmp_path, "ask", "who-holds-which-office", "--lang", "sparql", "--format", "json")
            assert "Lena Price" in {row["person"] for row in json.loads(beside.stdout)}


def add(ledger: Ledger, articles: list[tuple[Article, Extraction]]) -> None:
    for article, extraction in articles:
        ledger.put(article)
        ledger.record(extraction, "reader")
    resolve(ledger)


@pytest.mark.long
def test_what_another_process_ingests_is_seen_within_seconds(tmp_path: Path) -> None:
    folder, note = tmp_path / "workspace", tmp_path / "note.txt"
    note.write_text("Ana Kerr is the trade minister of Norway.", encoding="utf-8")
    run(folder, "ingest", str(note))
    with serving(folder) as server:
        assert rows(ask(server, PEOPLE)) == [("Ana Kerr",)]
        note.write_text("Ole Brun is the foreign minister of Norway.", encoding="utf-8")
        ingested = run(folder, "ingest", str(note))
        assert ingested.returncode == 0, ingested.stderr
        wait_until(lambda: rows(ask(server, PEOPLE)) == [("Ana Kerr",), ("Ole Brun",)], seconds=5)
    run(folder, "stop")


def test_an_update_is_seen_at_once_and_comes_from_commands_too(writable: Server) -> None:
    text = "INSERT DATA { GRAPH kg:g { kg:new a kg:New } }"
    for write in (
        lambda: httpx.post(f"{writable.url}/sparql", data={"update": text}, headers=writable.owner).raise_for_status(),
        lambda: run(writable.folder, "sparql", text, "--write").check_returncode(),
    ):
        httpx.post(f"{writable.url}/sparql", data={"update": "CLEAR ALL"}, headers=writable.owner).raise_for_status()
        assert ask(writable, "ASK { ?x a kg:New }").json()["boolean"] is False
        write()
        assert ask(writable, "ASK { ?x a kg:New }").json()["boolean"] is True


def test_an_update_is_gone_with_a_rebuild(tmp_path: Path) -> None:
    folder = tmp_path / "workspace"
    with kg.open(folder) as graph:
        graph.ledger.counts()
    with serving(folder, "--update") as server:
        text = "INSERT DATA { GRAPH kg:g { kg:x a kg:Person ; rdfs:label 'X' } }"
        assert httpx.post(f"{server.url}/sparql", data={"update": text}, headers=server.owner).status_code == 204
        assert rows(ask(server, PEOPLE)) == [("X",)]
    with kg.open(folder) as graph:
        assert graph.sparql(PEOPLE).rows == [("X",)]
        graph.rebuild("sparql")
        assert graph.sparql(PEOPLE).rows == []


def test_stop_ends_the_server(tmp_path: Path) -> None:
    folder = tmp_path / "workspace"
    with kg.open(folder) as graph:
        graph.ledger.counts()
    with serving(folder) as server:
        assert run(folder, "stop").stderr == "Stopped what ran for this workspace.\n"
        assert server.process.wait(timeout=10) == 0
    assert not (folder / "serve.json").exists()
    assert not (folder / "snapshots").exists()
    assert run(folder, "stop").stderr == "Nothing was running for this workspace.\n"


def test_a_note_of_a_server_that_was_killed_is_passed_over(tmp_path: Path) -> None:
    folder = tmp_path / "workspace"
    with kg.open(folder) as graph:
        graph.ledger.counts()
    with serving(folder) as server:
        server.process.kill()
        server.process.wait()
        assert (folder / "serve.json").exists()
        assert run(folder, "sparql", "ASK {}", "--format", "json").stdout == '[\n {\n  "answer": true\n }\n]\n'


def test_a_second_server_says_who_is_there(server: Server) -> None:
    answer = run(server.folder, "serve", "--port", "0")
    assert answer.returncode == 1
    assert f"held by process {server.process.pid}" in answer.stderr


def test_bodies_have_an_end(server: Server) -> None:
    answer = httpx.post(f"{server.url}/sparql", data={"query": "#" * (1 << 21)})
    assert (answer.status_code, answer.text) == (413, "A query has at most 1,048,576 bytes.\n")
    assert server.get(f"/sparql?query={quote('ASK {}')}").json()["boolean"] is True


def test_snapshots_do_not_heap_up(writable: Server) -> None:
    for number in range(5):
        text = f"INSERT DATA {{ GRAPH kg:g {{ kg:x kg:count {number} }} }}"
        httpx.post(f"{writable.url}/sparql", data={"update": text}, headers=writable.owner)
        assert ask(writable, "ASK {}").json()["boolean"] is True
    assert len(list((writable.folder / "snapshots").iterdir())) <= 2
