"""One process at a time holds a store: a lock file that says who."""

import fcntl
import json
import os
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from kg.errors import StoreHeldError

PATIENCE = 5.0
"""Seconds that a command waits for a store before it says who holds it."""


class StoreLock:
    """The right to open the store in `folder`, held until `release` or until the process is gone.

    The operating system gives the lock back when its process dies, however it dies. A lock that a forked child
    keeps after its parent's death is taken over.
    """

    def __init__(self, folder: Path, *, patience: float = PATIENCE) -> None:
        self._path = folder.with_name(f"{folder.name}.lock")
        self._path.parent.mkdir(parents=True, exist_ok=True)
        deadline = time.monotonic() + patience
        while (descriptor := self._try()) is None:
            if time.monotonic() > deadline:
                raise StoreHeldError(self._who(folder.name))
            time.sleep(0.05)
        self._descriptor: int | None = descriptor
        os.truncate(descriptor, 0)
        os.pwrite(descriptor, _signature(), 0)

    def release(self) -> None:
        """Let others in; doing it twice is harmless."""
        if self._descriptor is not None:
            os.truncate(self._descriptor, 0)
            os.close(self._descriptor)
            self._descriptor = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    def _try(self) -> int | None:
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            self._take_over()
            return None
        if _same_file(descriptor, self._path):
            return descriptor
        os.close(descriptor)
        return None

    def _take_over(self) -> None:
        """Put a lock aside whose process is gone, though one of its children still keeps it open."""
        holder = self._holder()
        if "pid" in holder and not _alive(int(holder["pid"])):
            self._path.unlink(missing_ok=True)

    def _holder(self) -> dict[str, str]:
        with suppress(OSError, ValueError):
            holder = json.loads(self._path.read_text())
            return {key: str(value) for key, value in holder.items()}
        return {}

    def _who(self, name: str) -> str:
        holder = self._holder()
        if not holder:
            return f"Another process holds the store {name!r}; wait until it is done, then try again."
        return (
            f"The store {name!r} is held by process {holder['pid']} ({holder['command']}) since {holder['since']}; "
            "wait until it is done, then try again."
        )


def holder(folder: Path) -> int | None:
    """The process that says it holds the store in a folder; None where none does."""
    with suppress(OSError, ValueError, KeyError):
        return int(json.loads(folder.with_name(f"{folder.name}.lock").read_text())["pid"])
    return None


def _signature() -> bytes:
    command = " ".join([Path(sys.argv[0]).name, *sys.argv[1:]])[:80] or "python"
    since = datetime.now(tz=UTC).astimezone().strftime("%H:%M:%S")
    return json.dumps({"pid": os.getpid(), "command": command, "since": since}).encode()


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _same_file(descriptor: int, path: Path) -> bool:
    """Whether the path still names the open file; another process may have put it aside in between."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False
