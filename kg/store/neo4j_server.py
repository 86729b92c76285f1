"""A local Neo4j with a home of its own, on free ports of loopback, which outlives the command that started it.

    server = start(folder)              # 5 to 10 s; the one that runs already, if there is one
    GraphDatabase.driver(server.url, auth=server.credentials)
    stop(folder)

The home holds the data, the configuration, the logs and `server.json` (where it listens); it can be deleted when the
server is stopped. Without `auth` there is no password: whoever may run programs on this machine may read the graph.
With it, the password is in a file that only its user can read. Neo4j reports nothing to anybody.

Tests share one server: the fixture `neo4j_server` of tests/conftest.py starts it once and skips, with the reason,
where Java or Maven is missing. A test clears the database itself (`MATCH (n) DETACH DELETE n`) before it loads.
"""

import http.client
import json
import os
import secrets
import signal
import socket
import subprocess
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from neo4j import GraphDatabase
from neo4j.exceptions import DriverError, Neo4jError

from kg.errors import StoreError
from kg.store.lock import StoreLock
from kg.store.neo4j_program import IMAGE, Docker, Jars, find

START = 300.0
"""Seconds that a start may take on a slow machine (an image is pulled in `docker run`, before that time)."""

STOP = 60.0
"""Seconds that a stop may take; a usual one takes two."""

_HOST = "127.0.0.1"
_MAIN = "org.neo4j.server.CommunityEntryPoint"
_SETTINGS = {
    # An installed Neo4j may be older or newer than these lines, and an unknown one would stop its start.
    "server.config.strict_validation.enabled": "false",
    "server.https.enabled": "false",
    "dbms.usage_report.enabled": "false",
    "client.allow_telemetry": "false",
    "dbms.security.allow_csv_import_from_file_urls": "false",
    "server.memory.pagecache.size": "256m",
    "internal.dbms.bolt.netty_server_shutdown_quiet_period": "0",
}


@dataclass(frozen=True, slots=True)
class Running:
    """A running server: its home, its ports, and the process or the container that it is."""

    home: Path
    bolt: int
    http: int
    auth: bool
    pid: int | None = None
    container: str | None = None

    @property
    def url(self) -> str:
        """The address for drivers."""
        return f"bolt://localhost:{self.bolt}"

    @property
    def browser(self) -> str:
        """The address of Neo4j Browser."""
        return f"http://localhost:{self.http}/browser/"

    @property
    def credentials(self) -> tuple[str, str] | None:
        """User and password; None where the server asks for none."""
        return ("neo4j", (self.home / "password").read_text().strip()) if self.auth else None


def start(home: Path, *, auth: bool = False, settings: Mapping[str, str] | None = None) -> Running:
    """The server of a home, started where none runs; ready for queries when this returns.

    Args:
        home: its folder, made where it is not there.
        auth: whether it asks for a password, which is made on the first start. Ignored by a server that runs.
        settings: more lines for neo4j.conf. Ignored by a server that runs.

    Raises:
        StoreMissingError: there is no Neo4j and nothing to fetch one with.
        StoreError: it could not be fetched or did not start.
    """
    home = home.resolve()
    with StoreLock(home, patience=START):
        found = running(home)
        if found is None:
            home.mkdir(parents=True, exist_ok=True, mode=0o700)
            found = _start(home, auth=auth, settings=settings or {})
    return found


def running(home: Path) -> Running | None:
    """The server of a home, if it runs."""
    try:
        noted = json.loads((home / "server.json").read_text())
        server = Running(home.resolve(), **noted)
        return server if _greets(server) else None
    except (OSError, ValueError, TypeError):
        return None


def stop(home: Path) -> bool:
    """End the server of a home, its data kept; False where none runs."""
    server = running(home)
    if server is None:
        return False
    if server.container:
        _docker("docker", "stop", server.container)
    elif server.pid:
        _end(server.pid, home)
    (home / "server.json").unlink(missing_ok=True)
    return True


def _start(home: Path, *, auth: bool, settings: Mapping[str, str]) -> Running:
    program = find()
    bolt, http_ = free_ports()
    inside = isinstance(program, Docker)
    lines = _SETTINGS | _addresses("0.0.0.0" if inside else _HOST, bolt, http_) | dict(settings)  # noqa: S104 - published on loopback alone
    lines["dbms.security.auth_enabled"] = str(auth).lower()
    if isinstance(program, Docker):
        server = _run_container(program, home, Running(home, bolt, http_, auth), lines)
    else:
        server = _run_java(program, home, Running(home, bolt, http_, auth), lines)
    _await(server)
    noted = {key: value for key, value in asdict(server).items() if key != "home"}
    _write(home / "server.json", json.dumps(noted) + "\n")
    return server


def _addresses(host: str, bolt: int, http_: int) -> dict[str, str]:
    """Where it listens, and what it tells Browser of it: without the latter Browser looks on 7687.

    Only its own Browser may ask it over HTTP, no page of anybody else.
    """
    return {
        "server.bolt.listen_address": f"{host}:{bolt}",
        "server.bolt.advertised_address": f"localhost:{bolt}",
        "server.http.listen_address": f"{host}:{http_}",
        "server.http.advertised_address": f"localhost:{http_}",
        "dbms.security.http_access_control_allow_origin": f"http://localhost:{http_}",
    }


def _run_java(program: Jars, home: Path, server: Running, lines: Mapping[str, str]) -> Running:
    (home / "conf").mkdir(exist_ok=True)
    _write(home / "conf" / "neo4j.conf", "".join(f"{key}={value}\n" for key, value in sorted(lines.items())))
    command = program.command(_MAIN, f"--home-dir={home}", f"--config-dir={home / 'conf'}")
    with (home / "server.log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - the installed or fetched Neo4j
            command, cwd=home, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
        )
    return Running(home, server.bolt, server.http, server.auth, pid=process.pid)


def _run_container(program: Docker, home: Path, server: Running, lines: Mapping[str, str]) -> Running:
    (home / "data").mkdir(exist_ok=True)
    command = [program.docker, "run", "--detach", "--rm", "--user", f"{os.getuid()}:{os.getgid()}"]
    command += [f"--publish={_HOST}:{port}:{port}" for port in (server.bolt, server.http)]
    command += [f"--volume={home / 'data'}:/data", *(f"--env={variable(*line)}" for line in sorted(lines.items()))]
    container = _docker(*command, IMAGE).strip()
    return Running(home, server.bolt, server.http, server.auth, container=container)


def variable(setting: str, value: str) -> str:
    """A setting as the image takes it: NEO4J_ and the name, with _ doubled and . as _."""
    return f"NEO4J_{setting.replace('_', '__').replace('.', '_')}={value}"


def _docker(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own commands
    if done.returncode:
        raise StoreError(f"Docker could not do {' '.join(command[1:3])} ({done.stderr.strip()[:300]}).")
    return done.stdout


def _await(server: Running) -> None:
    """Wait until it answers a query; with `auth`, the first time, as the user whose password we then make."""
    deadline = time.monotonic() + START
    while not (_greets(server) and _answers(server)):
        if time.monotonic() > deadline or (server.pid and _ended(server.pid)):
            raise StoreError(f"Neo4j did not start; {_log(server)} tells why.")
        time.sleep(0.1)


def _log(server: Running) -> str:
    return f"`docker logs {server.container}`" if server.container else str(server.home / "server.log")


def _greets(server: Running) -> bool:
    """Whether a Neo4j listens on the HTTP port and says that its Bolt port is ours."""
    connection = http.client.HTTPConnection(_HOST, server.http, timeout=5)
    try:
        connection.request("GET", "/", headers={"Accept": "application/json"})
        told = json.loads(connection.getresponse().read())
        return str(told.get("bolt_direct", "")).endswith(f":{server.bolt}")
    except (OSError, ValueError, AttributeError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _answers(server: Running) -> bool:
    with suppress(DriverError, Neo4jError):
        if server.auth and not (server.home / "password").exists():
            _make_password(server)
        with GraphDatabase.driver(server.url, auth=server.credentials, telemetry_disabled=True) as driver:
            driver.execute_query("RETURN 1")
            return True
    return False


def _make_password(server: Running) -> None:
    """Change the password that every new Neo4j has."""
    fresh = secrets.token_urlsafe(18)
    change = "ALTER CURRENT USER SET PASSWORD FROM $old TO $new"
    with GraphDatabase.driver(server.url, auth=("neo4j", "neo4j"), telemetry_disabled=True) as driver:
        driver.execute_query(change, {"old": "neo4j", "new": fresh}, database_="system")
    _write(server.home / "password", f"{fresh}\n")


def _end(pid: int, home: Path) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + STOP
    while not _ended(pid):
        if time.monotonic() > deadline:
            raise StoreError(f"The Neo4j in {home} (process {pid}) does not end; end it by hand.")
        time.sleep(0.05)


def _ended(pid: int) -> bool:
    """Whether a process is gone, be it our child or another command's."""
    with suppress(ChildProcessError):
        return os.waitpid(pid, os.WNOHANG)[0] == pid
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def free_ports() -> tuple[int, int]:
    """Two ports of loopback that nobody listens on."""
    with socket.socket() as first, socket.socket() as second:
        first.bind((_HOST, 0))
        second.bind((_HOST, 0))
        return first.getsockname()[1], second.getsockname()[1]


def _write(path: Path, text: str) -> None:
    """A file that only its owner can read."""
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
