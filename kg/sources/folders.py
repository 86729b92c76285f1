"""The files of a folder, in an order that depends on their names alone."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from kg.sources.article import Failure
from kg.sources.inputs import shown


def files(folder: Path) -> Iterator[Path | Failure]:
    """All files below a folder, by name, hidden ones left out; a `Failure` for what cannot be looked at.

    A folder that is reached again through a link is not read again.
    """
    return _files(folder, set())


def _files(folder: Path, seen: set[tuple[int, int]]) -> Iterator[Path | Failure]:
    try:
        status = folder.stat()
        if (status.st_dev, status.st_ino) in seen:
            return
        seen.add((status.st_dev, status.st_ino))
        inside = sorted(os.listdir(folder), key=os.fsencode)  # noqa: PTH208 - names, also those that are no UTF-8
    except OSError as error:
        yield Failure(source=shown(folder), reason=f"The folder cannot be read: {error.strerror}.")
        return
    for name in inside:
        if not name.startswith("."):
            yield from _entry(folder / name, seen)


def _entry(path: Path, seen: set[tuple[int, int]]) -> Iterator[Path | Failure]:
    try:
        mode = path.stat().st_mode
    except OSError as error:
        yield Failure(source=shown(path), reason=f"It cannot be read: {error.strerror}.")
        return
    if stat.S_ISDIR(mode):
        yield from _files(path, seen)
    elif stat.S_ISREG(mode):
        yield path
    else:
        yield Failure(source=shown(path), reason="It is a pipe, a socket or a device, not a file.")
