"""Which formats there are, and how one comes into a file or a stream."""

import gzip
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from kg.errors import KgError, UsageError
from kg.export import csv_, cytoscape, events, ftm, gexf, graphml, jsonl, parquet, rdf
from kg.store.base import GraphReader

FORMATS: dict[str, Callable[[GraphReader, BinaryIO], None]] = {
    "turtle": rdf.turtle,
    "nquads": rdf.nquads,
    "jsonl": jsonl.jsonl,
    "graphml": graphml.graphml,
    "gexf": gexf.gexf,
    "cytoscape": cytoscape.cytoscape,
    "ftm": ftm.ftm,
    "events": events.events,
}
"""Formats of one file."""

FOLDERS: dict[str, Callable[[GraphReader, Path], None]] = {"csv": csv_.pair, "parquet": parquet.tables}
"""Formats of several tables, each a file in a folder."""


def export(graph: GraphReader, format_: str, target: Path | None) -> None:
    """Write the whole graph.

    Args:
        graph: the ledger's graph.
        format_: a name from `FORMATS` or `FOLDERS`.
        target: a file, gzipped where its name ends in .gz; for tables a folder; standard output where it is None.

    Raises:
        UsageError: there is no such format, or tables were given no folder.
        KgError: the target cannot be written.
    """
    try:
        if format_ in FOLDERS:
            _tables(graph, format_, target)
        elif format_ in FORMATS:
            with _opened(target) as output:
                FORMATS[format_](graph, output)
        else:
            raise UsageError(f"There is no format {format_!r}; there are {', '.join([*FORMATS, *FOLDERS])}.")
    except OSError as error:
        raise KgError(f"{target} cannot be written ({error.strerror or error}).") from error


def _tables(graph: GraphReader, format_: str, folder: Path | None) -> None:
    if folder is None:
        raise UsageError(f"{format_} comes as several files; name a folder for them with -o.")
    folder.mkdir(parents=True, exist_ok=True)
    FOLDERS[format_](graph, folder)


@contextmanager
def _opened(target: Path | None) -> Iterator[BinaryIO]:
    """The file under its own name only when it is whole."""
    if target is None:
        yield sys.stdout.buffer
        return
    draft = target.with_name(f"{target.name}.part")
    try:
        with draft.open("wb") as file:
            if target.suffix == ".gz":
                # No name and no time in the header, or two runs would differ.
                with gzip.GzipFile("", "wb", 6, file, mtime=0) as packed:
                    yield cast("BinaryIO", packed)
            else:
                yield file
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
