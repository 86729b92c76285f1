"""Addresses: fetched from a real server on this machine."""

import gzip
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest

from kg.errors import SourceError
from kg.model import Article
from kg.sources import Failure, read, web

PAGE = (
    b"<html><head><title>Quay leased</title><link rel='canonical' href='/quay?utm_source=x'></head><body><article>"
    b"<p>The port of Gdynia said on Tuesday that it would lease its western quay to Baltrum Wind.</p></article></body>"
)
CHECK = "check the address and the connection."
TEXT = "The café in Zürich is closed, its owner said."
PATHS: dict[str, tuple[int, dict[str, str], bytes]] = {
    "/page": (200, {"Content-Type": "text/html; charset=utf-8"}, PAGE),
    "/README.md": (200, {"Content-Type": "text/html"}, PAGE),
    "/moved": (302, {"Location": "/page"}, b""),
    "/round": (302, {"Location": "/round"}, b""),
    "/to-file": (302, {"Location": "file:///etc/hostname"}, b""),
    "/latin.txt": (200, {"Content-Type": "text/plain; charset=latin-1"}, TEXT.encode("latin-1")),
    "/rows.jsonl": (200, {"Content-Type": "text/plain"}, b'{"text": "One."}\n{oops\n{"text": "Two."}\n'),
    "/rows": (200, {"Content-Type": "application/json"}, b'[{"text": "One."}]'),
    "/rows.jsonl.gz": (200, {"Content-Type": "application/gzip"}, gzip.compress(b'{"text": "One."}\n')),
    "/paper": (200, {"Content-Type": "application/pdf"}, b"%PDF-1.7"),
    "/empty": (200, {}, b""),
    "/broken": (500, {}, b"no"),
    "/bad-gzip": (200, {"Content-Encoding": "gzip"}, b"not gzip"),
    "/large": (200, {"Content-Type": "text/plain"}, b"x" * 300_000),
}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        status, headers, body = PATHS.get(self.path.partition("?")[0], (404, {}, b""))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def host() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("path", ["/page?utm_medium=rss", "/moved", "/README.md"])
def test_a_page_is_fetched_through_redirects_and_named_as_it_was_given(host: str, path: str) -> None:
    (only,) = read(host + path)
    assert isinstance(only, Article)
    assert only.text.startswith("The port of Gdynia said")
    assert (only.metadata.source, only.metadata.url) == (host + path, f"{host}/quay")


def test_plain_text_is_read_in_the_encoding_that_the_server_tells(host: str) -> None:
    (only,) = read(f"{host}/latin.txt#top")
    assert isinstance(only, Article)
    assert (only.text, only.metadata.url) == (TEXT, f"{host}/latin.txt")


@pytest.mark.parametrize(
    ("path", "kinds"),
    [("/rows.jsonl", ["Article", "Failure", "Article"]), ("/rows", ["Article"]), ("/rows.jsonl.gz", ["Article"])],
)
def test_rows_are_read_by_media_type_or_name(host: str, path: str, kinds: list[str]) -> None:
    assert [type(one).__name__ for one in read(host + path)] == kinds


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/paper", "It is a PDF, not text: turn it into text first, for example with pdftotext."),
        ("/empty", "There is no text in it."),
    ],
)
def test_what_is_no_article_is_a_failure(host: str, path: str, reason: str) -> None:
    assert list(read(host + path)) == [Failure(source=host + path, reason=reason)]


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/none", "answered 404 Not Found: check the address."),
        ("/broken", "answered 500 Internal Server Error: check the address."),
        ("/to-file", f"cannot be fetched (Request URL has an unsupported protocol 'file://'.): {CHECK}"),
        ("/round", f"cannot be fetched (Exceeded maximum allowed redirects.): {CHECK}"),
        ("/bad-gzip", f"cannot be fetched (Error -3 while decompressing data: incorrect header check): {CHECK}"),
    ],
)
def test_what_cannot_be_had_is_one_sentence(host: str, path: str, sentence: str) -> None:
    with pytest.raises(SourceError) as error:
        read(host + path)
    assert str(error.value) == f"{host}{path} {sentence}"


def test_a_server_that_is_not_there_is_one_sentence() -> None:
    with pytest.raises(SourceError) as error:
        read("http://127.0.0.1:9/page")
    assert str(error.value).startswith("http://127.0.0.1:9/page cannot be fetched (")


def test_no_more_is_fetched_than_the_limit(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "_MAX_BYTES", 100_000)
    with pytest.raises(SourceError) as error:
        read(f"{host}/large")
    assert str(error.value) == f"{host}/large has more than 100,000 bytes: fetch it to a file and name the file."


def test_a_server_that_does_not_answer_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "_TIMEOUT", httpx.Timeout(0.2))
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as silent:  # listens, and never serves
        url = f"http://127.0.0.1:{silent.server_port}/page"
        with pytest.raises(SourceError) as error:
            read(url)
    assert str(error.value) == f"{url} cannot be fetched (timed out): {CHECK}"


def test_other_protocols_are_no_addresses() -> None:
    with pytest.raises(SourceError) as error:
        read("ftp://127.0.0.1/page")
    assert str(error.value) == "ftp://127.0.0.1/page cannot be fetched: only http and https addresses are."
