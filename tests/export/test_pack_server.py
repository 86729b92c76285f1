"""What serves the pack lets Browser read it, and no page of a stranger."""

import http.client
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import yaml

from kg.export import neo4j_browser, pack_server
from kg.store import neo4j_server
from kg.store.neo4j_program import IMAGE

BROWSER = "http://localhost:7474"


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    folder = tmp_path_factory.mktemp("pack")
    (folder / "kg.grass").write_text("node {}\n")
    (folder.parent / "secret").write_text("nobody's business")
    port = neo4j_server.free_ports()[0]
    server = subprocess.Popen([sys.executable, "-I", "-S", str(pack_server.__file__), str(folder), str(port)])
    while not reachable(port):
        time.sleep(0.05)
    yield port
    server.terminate()
    server.wait()


def reachable(port: int) -> bool:
    try:
        return ask(port, "HEAD", "/kg.grass")[0] == 200
    except ConnectionRefusedError:
        return False


def ask(
    port: int, method: str, path: str, headers: Mapping[str, str] | None = None
) -> tuple[int, Mapping[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(method, path, headers=dict(headers or {}))
    answer = connection.getresponse()
    return answer.status, dict(answer.getheaders()), answer.read()


def test_browser_may_ask_with_its_own_header_and_read(port: int) -> None:
    asked = {
        "Origin": BROWSER,
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "sentry-trace",
    }
    status, headers, _ = ask(port, "OPTIONS", "/kg.grass", asked)
    assert status == 204
    assert headers["Access-Control-Allow-Origin"] == BROWSER
    assert headers["Access-Control-Allow-Headers"] == "*"
    status, headers, body = ask(port, "GET", "/kg.grass", {"Origin": BROWSER})
    assert (status, body) == (200, b"node {}\n")
    assert headers["Access-Control-Allow-Origin"] == BROWSER


@pytest.mark.parametrize("origin", ["https://evil.example", "http://localhost.evil.example", "null"])
def test_a_page_of_a_stranger_may_not_read(port: int, origin: str) -> None:
    _, headers, _ = ask(port, "GET", "/kg.grass", {"Origin": origin})
    assert "Access-Control-Allow-Origin" not in headers


def test_a_name_that_was_made_to_lead_here_is_refused(port: int) -> None:
    assert ask(port, "GET", "/kg.grass", {"Host": "evil.example"})[0] == 403


def test_nothing_outside_the_folder_is_served(port: int) -> None:
    assert ask(port, "GET", "/../secret")[0] == 404
    assert ask(port, "GET", "/%2e%2e/secret")[0] == 404


def test_compose_says_what_the_docs_and_the_commands_say() -> None:
    path = Path(__file__).resolve().parents[2] / "docs/neo4j/compose.yaml"
    services = yaml.safe_load(path.read_text("utf-8"))["services"]
    told = services["neo4j"]["environment"]
    wanted = neo4j_browser.settings(f"http://localhost:{neo4j_browser.PORT}")
    for line in (neo4j_server.variable(*setting) for setting in wanted.items()):
        name, _, value = line.partition("=")
        assert told[name] == value
    assert services["neo4j"]["image"] == IMAGE
    assert all(port.startswith("127.0.0.1:") for service in services.values() for port in service["ports"])
