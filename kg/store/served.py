"""The SPARQL store of a workspace that another process serves (`kg serve`), asked over HTTP on this machine.

A note in the workspace, which only its user can read, says where the server is and by what token it knows its owner.
"""

import http.client
import json
import os
import signal
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pyoxigraph as ox

from kg.errors import QueryError, StoreError, WriteRefusedError
from kg.store import sparql
from kg.store.base import Counts, Rows, View
from kg.store.lock import holder
from kg.store.oxigraph import COUNTED, rows_of

SEQ = "kg-seq"
"""The header that names the change up to which an answer must know the ledger."""

_ENDS = 15.0  # seconds that a server may take to end what it does
_ACCEPT = "application/sparql-results+json, application/n-triples;q=0.9"
_BESIDE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - this is where they are told from others


@dataclass(frozen=True, slots=True)
class Note:
    """Which process serves a workspace, at what address, and the token of its owner."""

    pid: int
    url: str
    token: str


def announce(folder: Path, note: Note) -> None:
    """Leave the note in the workspace; only its user can read it."""
    path = folder / "serve.json"
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(asdict(note), file)


def withdraw(folder: Path) -> None:
    """Take the note back."""
    (folder / "serve.json").unlink(missing_ok=True)


def find(folder: Path) -> Note | None:
    """The note of a server that is there; None where none is."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        note = Note(**json.loads((folder / "serve.json").read_text()))
        connection = _connect(note, timeout=2)
        connection.connect()
        connection.close()
        return note
    return None


def stop(folder: Path) -> bool:
    """End the server of a workspace; False where none runs."""
    note = find(folder)
    if note is None or holder(folder / "sparql") != note.pid:
        return False
    with suppress(ProcessLookupError):
        os.kill(note.pid, signal.SIGTERM)
    deadline = time.monotonic() + _ENDS
    while holder(folder / "sparql") == note.pid:
        if time.monotonic() > deadline:
            raise StoreError(f"The server at {note.url} (process {note.pid}) does not end; end it by hand.")
        time.sleep(0.05)
    return True


def _connect(note: Note, timeout: float | None) -> http.client.HTTPConnection:
    place = urlsplit(note.url)
    host = place.hostname or "127.0.0.1"
    return http.client.HTTPConnection(_BESIDE.get(host, host), place.port, timeout=timeout)


class ServedStore(View):
    """What answers where a server holds the store; `seq` is the change that its answers must know of."""

    def __init__(self, note: Note, seq: int) -> None:
        self._note = note
        self._seq = seq

    def counts(self) -> Counts:
        """How much is in it."""
        found = {name: self.query(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}") for name, pattern in COUNTED.items()}
        return Counts(**{name: int(str(rows.rows[0][0])) for name, rows in found.items()})

    def query(self, text: str, params: Mapping[str, object] | None = None, *, write: bool = False) -> Rows:
        """Rows that answer a query, as `OxigraphStore.query` gives them; an update where the server takes them."""
        bound = sparql.bind(text, params or {})
        if not sparql.is_update(text):
            kind, body = self._post("query", bound)
            if kind == "application/n-triples":
                quads = ox.parse(body, ox.RdfFormat.N_TRIPLES)
                terms = ((quad.subject, quad.predicate, quad.object) for quad in quads)
                return Rows(("subject", "predicate", "object"), [tuple(map(sparql.value, each)) for each in terms])
            return rows_of(ox.parse_query_results(body, ox.QueryResultsFormat.JSON))
        if not write:
            raise WriteRefusedError("The SPARQL text would change the store; allow it with --write.")
        self._post("update", bound)
        return Rows((), [])

    def _post(self, operation: str, text: str) -> tuple[str, bytes]:
        headers = {
            "Accept": _ACCEPT,
            "Authorization": f"Bearer {self._note.token}",
            "Content-Type": "application/x-www-form-urlencoded",
            SEQ: str(self._seq),
        }
        connection = _connect(self._note, timeout=None)
        try:
            connection.request("POST", "/sparql", urlencode({operation: text}), headers)
            answer = connection.getresponse()
            body = answer.read()
        except (OSError, http.client.HTTPException) as error:
            raise StoreError(f"The server at {self._note.url} does not answer ({error}); try again.") from error
        finally:
            connection.close()
        if answer.status >= http.client.BAD_REQUEST:
            raise _refusal(answer.status, body.decode(errors="replace").strip())
        return answer.headers.get_content_type(), body


def _refusal(status: int, sentence: str) -> QueryError | StoreError:
    if status == http.client.FORBIDDEN:
        return WriteRefusedError(sentence)
    if status < http.client.INTERNAL_SERVER_ERROR:
        return QueryError(sentence)
    return StoreError(sentence)
