"""A local Neo4j of one workspace whose Browser opens styled: the server, the pack, and what serves the pack.

home/                the server's own folder (`kg.store.neo4j_server`)
home/browser/        the pack (`kg.export.neo4j_browser`), served on localhost by a process of its own
home/browser.json    that process and its port
"""

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from kg.errors import StoreError
from kg.export import neo4j_browser, pack_server
from kg.store import neo4j_server
from kg.store.base import GraphReader
from kg.store.neo4j_server import Running

_START = 20.0  # seconds that the pack's server may take
_TITLE = b"node {\n"  # how its style begins


@dataclass(frozen=True, slots=True)
class _Pack:
    pid: int
    port: int

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"


def start(home: Path, graph: GraphReader, *, auth: bool = False) -> Running:
    """The server of a home, started where none runs, with a pack of what the graph is now; load it afterwards.

    Raises:
        StoreMissingError: there is no Neo4j and nothing to fetch one with.
        StoreError: one of the two did not start.
    """
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    pack = _served(home) or _serve(home, _port(home))
    neo4j_browser.write(graph, home / "browser", pack.address)
    return neo4j_server.start(home, auth=auth, settings=neo4j_browser.settings(pack.address))


def stop(home: Path) -> bool:
    """End both; whether the server was running."""
    if pack := _served(home):
        with suppress(ProcessLookupError):
            os.kill(pack.pid, signal.SIGTERM)
    (home / "browser.json").unlink(missing_ok=True)
    return neo4j_server.stop(home)


def link(server: Running) -> str:
    """The address that opens Browser connected, with the default picture's query in its editor."""
    asked = {"dbms": server.url, "cmd": "edit", "arg": neo4j_browser.first_query()}
    login = {} if server.auth else {"preselectAuthMethod": "NO_AUTH"}
    return f"{server.browser}?{urlencode(asked | login)}"


def _port(home: Path) -> int:
    """A free one; where Neo4j runs, the one that it was told."""
    noted = _noted(home)
    return noted.port if noted and neo4j_server.running(home) else neo4j_server.free_ports()[0]


def _serve(home: Path, port: int) -> _Pack:
    folder = home / "browser"
    folder.mkdir(exist_ok=True)
    # The style is there before the rest, so that it can be seen that this server is ours.
    neo4j_browser.write_style(folder)
    command = [sys.executable, "-I", "-S", str(Path(pack_server.__file__)), str(folder.resolve()), str(port)]
    process = subprocess.Popen(  # noqa: S603 - our own server
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    pack = _Pack(process.pid, port)
    deadline = time.monotonic() + _START
    while not _answers(pack):
        if process.poll() is not None or time.monotonic() > deadline:
            raise StoreError(f"The style and the guide for Browser cannot be served on port {port}; try again.")
        time.sleep(0.05)
    (home / "browser.json").write_text(json.dumps({"pid": pack.pid, "port": pack.port}) + "\n")
    return pack


def _served(home: Path) -> _Pack | None:
    pack = _noted(home)
    return pack if pack and _answers(pack) else None


def _noted(home: Path) -> _Pack | None:
    try:
        return _Pack(**json.loads((home / "browser.json").read_text()))
    except (OSError, ValueError, TypeError):
        return None


def _answers(pack: _Pack) -> bool:
    """Whether our style is served there."""
    connection = http.client.HTTPConnection("127.0.0.1", pack.port, timeout=5)
    try:
        connection.request("GET", "/kg.grass")
        return connection.getresponse().read().startswith(_TITLE)
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
