"""The embedded Cypher server: ArcadeDB out of `arcadedb-embedded`, as a child process that speaks Bolt on loopback.

One server a workspace, on free ports, with random passwords in a file that only its user can read. It outlives the
command that started it, so that the next one need not wait, and ends itself after some idle minutes (`watchdog`).
"""

import http.client
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from kg.errors import StoreError, StoreMissingError
from kg.store import watchdog

IDLE = 600.0
"""Seconds without a query after which the server ends itself."""

START = 60.0
"""Seconds that a start may take on a slow machine."""

_HOST = "127.0.0.1"
_HEAP = "1g"
_USERS = {"reader": "reader", "writer": "admin"}
_ACCESS = {
    "admin": (["updateSecurity", "updateSchema"], ["createRecord", "readRecord", "updateRecord", "deleteRecord"]),
    "reader": ([], ["readRecord"]),
    "*": ([], []),
}
# Development mode tells what is wrong with a query; what else it opens is closed here.
_SETTINGS = {
    "server.mode": "development",
    "server.plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
    "bolt.host": _HOST,
    "server.httpIncomingHost": _HOST,
    # The part of a load that is one request depends on how long sentences are; only root on this machine sends one.
    "server.httpBodyContentMaxSize": "-1",
    "opencypher.loadCsv.allowFileUrls": "false",
    "txWalFlush": "2",
    "typeDefaultBuckets": "1",
}


@dataclass(frozen=True, slots=True)
class Server:
    """Where a running server listens, and the passwords of root, reader and writer."""

    folder: Path
    pid: int
    bolt: int
    http: int
    passwords: dict[str, str]

    def touch(self) -> None:
        """Tell the watchdog that somebody is here."""
        with suppress(FileNotFoundError):
            os.utime(self.folder / "touched")

    def post(self, path: str, body: bytes | Iterable[bytes], *, kind: str = "application/json") -> bytes:
        """What the server answers to root over HTTP; raises `StoreError` where it refuses."""
        credentials = b64encode(f"root:{self.passwords['root']}".encode()).decode()
        headers = {"Authorization": f"Basic {credentials}", "Content-Type": kind}
        connection = http.client.HTTPConnection(_HOST, self.http, timeout=3600)
        try:
            connection.request("POST", path, body, headers, encode_chunked=not isinstance(body, bytes))
            answer = connection.getresponse()
            text = answer.read()
        except (OSError, http.client.HTTPException) as error:
            raise StoreError(f"The Cypher server in {self.folder} does not answer ({error}); try again.") from error
        finally:
            connection.close()
        if answer.status != http.client.OK:
            reason = _reason(text)
            raise StoreError(f"The Cypher server in {self.folder} refused a command: {reason}.")
        return text

    def command(self, text: str) -> None:
        """A command to the server itself, such as `create database x`."""
        self.post("/api/v1/server", json.dumps({"command": text}).encode())


def connect(folder: Path) -> Server:
    """The running server of a folder, started where there is none. The caller holds the folder's lock."""
    return running(folder) or _start(folder)


def running(folder: Path) -> Server | None:
    """The server of a folder, if it runs and knows our password."""
    try:
        noted = json.loads((folder / "server.json").read_text())
        server = Server(folder, noted["pid"], noted["bolt"], noted["http"], _read_passwords(folder))
        server.touch()
        server.command("list databases")
    except (OSError, ValueError, KeyError, StoreError):
        return None
    return server


def stop(folder: Path) -> bool:
    """End the server of a folder; False where none runs."""
    server = running(folder)
    if server is None:
        return False
    with suppress(ProcessLookupError):
        os.kill(server.pid, signal.SIGTERM)
    deadline = time.monotonic() + START
    while not _ended(server.pid):
        if time.monotonic() > deadline:
            raise StoreError(f"The Cypher server in {folder} (process {server.pid}) does not end; end it by hand.")
        time.sleep(0.05)
    (folder / "server.json").unlink(missing_ok=True)
    return True


def current_database(folder: Path) -> str | None:
    """The name of the database that queries see; None where nothing was loaded yet."""
    try:
        return (folder / "current").read_text().strip()
    except FileNotFoundError:
        return None


def next_database(folder: Path) -> str:
    """A name that no database has."""
    taken = [path.name for path in (folder / "databases").glob("kg_*")]
    return f"kg_{max((int(name.removeprefix('kg_')) for name in taken), default=0) + 1}"


def _start(folder: Path) -> Server:
    java, jars = _installed()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    (folder / "touched").touch()
    _clear(folder)
    passwords = _passwords(folder)
    bolt, http_ = _free_ports()
    arguments = _private(folder / "server.args", _arguments(folder, jars, passwords["root"], bolt, http_))
    command = [sys.executable, "-I", "-S", str(Path(watchdog.__file__)), str(folder / "touched"), str(IDLE)]
    process = subprocess.Popen(  # noqa: S603 - our own watchdog and the installed Java
        [*command, str(folder / "server.log"), str(java), f"@{arguments}"],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    server = Server(folder, process.pid, bolt, http_, passwords)
    _await(server, process)
    _make_users(server)
    note = {"pid": server.pid, "bolt": bolt, "http": http_}
    _private(folder / "server.json", json.dumps(note))
    return server


def _clear(folder: Path) -> None:
    """Remove databases of loads that were cut off or replaced; no server runs yet."""
    current = current_database(folder)
    for path in (folder / "databases").glob("kg_*"):
        if path.name != current:
            shutil.rmtree(path)


def _await(server: Server, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + START
    while not (_listens(server.bolt) and _listens(server.http)):
        if process.poll() is not None or time.monotonic() > deadline:
            process.terminate()
            raise StoreError(
                f"The Cypher server did not start; {server.folder / 'server.log'} tells why. All else works without it."
            )
        time.sleep(0.05)


def _make_users(server: Server) -> None:
    """The users that queries and projections come as; those that are there stay."""
    users = server.folder / "config" / "server-users.jsonl"
    there = users.read_text() if users.exists() else ""
    for name, group in _USERS.items():
        if f'"{name}"' not in there:
            user = {"name": name, "password": server.passwords[name], "databases": {"*": [group]}}
            server.command(f"create user {json.dumps(user)}")


def _passwords(folder: Path) -> dict[str, str]:
    with suppress(OSError, ValueError):
        return _read_passwords(folder)
    # Users of lost passwords are of no use.
    (folder / "config" / "server-users.jsonl").unlink(missing_ok=True)
    fresh = {name: secrets.token_urlsafe(24) for name in ("root", *_USERS)}
    _private(folder / "passwords.json", json.dumps(fresh))
    return fresh


def _read_passwords(folder: Path) -> dict[str, str]:
    found: dict[str, str] = json.loads((folder / "passwords.json").read_text())
    return found


def _arguments(folder: Path, jars: Path, password: str, bolt: int, http_: int) -> str:
    """Java's argument file: in a file, so that the password is in no list of processes."""
    config = folder / "config"
    config.mkdir(exist_ok=True)
    (config / "server-groups.json").write_text(json.dumps(_groups()))
    settings = _SETTINGS | {
        "server.rootPath": str(folder.resolve()),
        "server.rootPassword": password,
        "bolt.port": str(bolt),
        "server.httpIncomingPort": str(http_),
    }
    flags = [
        f"-Xmx{_HEAP}",
        "-XX:+UseSerialGC",
        "-Dpolyglot.engine.WarnInterpreterOnly=false",
        "-Djava.awt.headless=true",
    ]
    flags += [f"-Darcadedb.{name}={value}" for name, value in settings.items()]
    flags += ["-cp", f"{jars}/*", "com.arcadedb.server.ArcadeDBServer"]
    return "\n".join(json.dumps(flag, ensure_ascii=False) for flag in flags)


def _groups() -> dict[str, object]:
    groups = {
        name: {"resultSetLimit": -1, "readTimeout": -1, "access": access, "types": {"*": {"access": types}}}
        for name, (access, types) in _ACCESS.items()
    }
    return {"version": 1, "databases": {"*": {"groups": groups}}}


def _installed() -> tuple[Path, Path]:
    """The Java program and the folder of jars inside the installed package."""
    spec = find_spec("arcadedb_embedded")
    if spec is None or spec.origin is None:
        raise StoreMissingError("The Cypher store is not installed; install it with: pip install 'newskg[cypher]'")
    package = Path(spec.origin).parent
    return package / "jre" / "bin" / "java", package / "jars"


def _private(path: Path, text: str) -> Path:
    """Write a file that only its owner can read, whole or not at all."""
    draft = path.with_name(f"{path.name}.new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    return draft.replace(path)


def _free_ports() -> tuple[int, int]:
    with socket.socket() as first, socket.socket() as second:
        first.bind((_HOST, 0))
        second.bind((_HOST, 0))
        return first.getsockname()[1], second.getsockname()[1]


def _ended(pid: int) -> bool:
    """Whether a process is gone, be it our child or another command's."""
    try:
        return os.waitpid(pid, os.WNOHANG)[0] == pid
    except ChildProcessError:
        pass
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except ProcessLookupError:
        return True
    except FileNotFoundError:
        return False


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((_HOST, port)) == 0


def _reason(text: bytes) -> str:
    with suppress(ValueError):
        answer = json.loads(text)
        return str(answer.get("detail") or answer.get("error"))
    return text.decode(errors="replace")[:200]
