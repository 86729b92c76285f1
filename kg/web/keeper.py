"""Who holds the store: it follows the ledger's changes, takes updates, and hands out snapshots to answer from."""

import shutil
import sys
import threading
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import KgError
from kg.ledger import Ledger
from kg.store.oxigraph import Dataset, OxigraphStore

if TYPE_CHECKING:
    from collections.abc import Callable


class Keeper:
    """The one writer of a workspace's SPARQL store. Its calls block and may come from any thread."""

    def __init__(self, folder: Path) -> None:
        self._store = OxigraphStore(folder / "sparql")
        self._ledger = Ledger.open(folder / "ledger.sqlite")
        self._snapshots = folder / "snapshots"
        shutil.rmtree(self._snapshots, ignore_errors=True)
        self._snapshots.mkdir()
        self._numbers = count()
        self._lock = threading.Lock()
        self.on_snapshot: Callable[[Path], None] = lambda _path: None

    def close(self) -> None:
        """Let go of the store."""
        with self._lock:
            self._store.close()
            self._ledger.close()
            shutil.rmtree(self._snapshots, ignore_errors=True)

    def seq(self) -> int:
        """The last change that answers know of."""
        return self._store.seq() or 0

    def catch_up(self) -> bool:
        """Apply what is new in the ledger; whether there was anything."""
        with self._lock:
            graph = self._ledger.graph
            if graph.last_seq() <= self.seq():
                return False
            self._store.project(graph)
            self._publish()
            return True

    def publish(self) -> None:
        """Hand out a snapshot of the store as it is."""
        with self._lock:
            self._publish()

    def update(self, text: str, dataset: Dataset | None, base: str) -> None:
        """Change the store, not the ledger: a rebuild forgets it. Raises `QueryError`."""
        with self._lock:
            try:
                self._store.update(text, dataset, base)
            finally:
                self._publish()

    def try_to_catch_up(self) -> None:
        """Catch up, and say on standard error why not; the next time may do."""
        try:
            self.catch_up()
        except KgError as error:
            sys.stderr.write(f"kg: {error}\n")

    def _publish(self) -> None:
        path = self._snapshots / str(next(self._numbers))
        self._store.snapshot(path)
        self.on_snapshot(path)
