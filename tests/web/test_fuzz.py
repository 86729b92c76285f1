"""Whatever is sent, the server lives and never fails by a fault of its own (500)."""

import http.client
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.web.conftest import Server, copy_of, serving

_VOCABULARY = (
    "SELECT ASK CONSTRUCT DESCRIBE WHERE FILTER OPTIONAL UNION GRAPH SERVICE VALUES BIND ORDER BY LIMIT OFFSET GROUP "
    "HAVING COUNT INSERT DELETE DATA CLEAR ALL FROM NAMED USING WITH PREFIX BASE DISTINCT * { } ( ) . ; , ?s ?p ?o $x "
    'kg:Person rdfs:label a <http://e/> <x> _:b "x" \'y\' """ @en ^^xsd:integer 1 -1.5e9 true || && ! = < > + / ^ | # '
    "\\u0041 \\ \0 \u202e 政府 << >> REGEX REPLACE SHA512 NOW RAND UUID IRI STRLANG"
)
WORDS = st.sampled_from(_VOCABULARY.split(" "))
TEXTS = st.lists(WORDS, max_size=25).map(" ".join) | st.text(max_size=60)
MUTATED = st.builds(
    lambda text, place, piece: text[:place] + piece + text[place:],
    st.sampled_from(["SELECT * { ?s ?p ?o } LIMIT 5", "ASK { ?s a kg:Person }", "DESCRIBE kg:x", "CLEAR ALL"]),
    st.integers(0, 30),
    TEXTS,
)
QUERIES = TEXTS | MUTATED
TYPES = st.sampled_from(
    ["application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update", "text/plain", "",
     "application/sparql-query; charset=utf-8", "application/sparql-query; charset=latin-1", "multipart/form-data", ";"]
)  # fmt: skip
LATIN = st.text(st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\x7f"), max_size=30)
ACCEPTS = LATIN | st.sampled_from(
    ["*/*", "text/html", "text/csv;q=0.5,*/*;q=nan", "application/json", "text/turtle;q=-1", "a/b", "text/*;q=1e999"]
)
METHODS = st.sampled_from(["GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "QUERY", "X"])
NAMES = [
    "query",
    "update",
    "default-graph-uri",
    "named-graph-uri",
    "using-graph-uri",
    "graph",
    "default",
    "format",
    "name",
]
FIELDS = st.lists(st.tuples(st.sampled_from([*NAMES, "a", "b", "words", "limit"]), QUERIES), max_size=4)
PATHS = st.sampled_from(
    ["/sparql", "/sparql/", "/graphs", "/graph/x", "/", "/search", "/why", "/ask/ownership", "/api/show", "/api/search",
     "/api/ask/what-did-they-say", "/api/path", "/api/timeline", "/files/style.css", "/files/..%2Fapp.py"]
) | QUERIES.map(lambda text: f"/id/{quote(text, safe='')}")  # fmt: skip
BODIES = st.binary(max_size=80) | QUERIES.map(lambda text: text.encode("utf-8", "replace"))
HEADERS = st.dictionaries(
    st.sampled_from(["Origin", "Authorization", "kg-seq", "Host", "Accept-Language"]), LATIN, max_size=2
)


@pytest.fixture(scope="module")
def target(gold_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server over the sample that takes updates, and gives an answer one second."""
    folder = copy_of(gold_folder, tmp_path_factory.mktemp("fuzzed"))
    with serving(folder, "--update", "--seconds", "1") as running:
        yield running


def fuzz(server: Server, seconds: float) -> int:
    """Send what comes to mind for so long; how many requests that were."""
    place = urlsplit(server.url).netloc
    sent = 0

    @settings(max_examples=40, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(METHODS, PATHS, FIELDS, TYPES, ACCEPTS, HEADERS, BODIES, st.booleans())
    def request(  # noqa: PLR0913, PLR0917 - a request has so many parts
        method: str,
        path: str,
        fields: list[tuple[str, str]],
        kind: str,
        accept: str,
        headers: dict[str, str],
        body: bytes,
        owner: bool,
    ) -> None:
        nonlocal sent
        sent += 1
        query = "&".join(f"{name}={quote(value, safe='', errors='replace')}" for name, value in fields)
        form = method == "POST" and kind == "application/x-www-form-urlencoded" and owner
        all_headers = {"Content-Type": kind, "Accept": accept, **headers} | (server.owner if owner else {})
        connection = http.client.HTTPConnection(place, timeout=30)
        try:
            address = path if form else f"{path}?{query}"
            connection.request(method, address, query.encode() if form else body, encoded(all_headers))
            answer = connection.getresponse()
            answer.read()
        except http.client.HTTPException as error:
            raise AssertionError(f"{method} {path} {fields}: {error!r}") from error
        finally:
            connection.close()
        assert answer.status != 500, (method, path, fields, kind, accept)

    repeat(request, seconds)
    return sent


def encoded(headers: dict[str, str]) -> dict[str, str]:
    return {name: value.strip() for name, value in headers.items()}


def garbage(server: Server, seconds: float) -> None:
    """Bytes that are no HTTP."""
    place = urlsplit(server.url)

    @settings(max_examples=20, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.binary(max_size=200), st.booleans())
    def send(data: bytes, begun: bool) -> None:
        with socket.create_connection((place.hostname, place.port), timeout=10) as connection:
            connection.sendall((b"GET /sparql HTTP/1.1\r\n" if begun else b"") + data)

    repeat(send, seconds)


def repeat(test: Callable[[], None], seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        test()


def survives(server: Server, seconds: float) -> None:
    assert fuzz(server, seconds * 0.9) >= 40
    garbage(server, seconds * 0.1)
    assert server.process.poll() is None
    assert httpx.get(f"{server.url}/sparql", params={"query": "ASK {}"}, timeout=30).json()["boolean"] is True


def test_it_survives_five_seconds_of_anything(target: Server) -> None:
    survives(target, 5)


@pytest.mark.long
def test_it_survives_two_minutes_of_anything(target: Server) -> None:
    survives(target, 120)
