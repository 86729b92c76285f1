"""Which formats there are, and how one comes into a file or a stream."""

import gzip
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

import zstandard

from kg.errors import KgError, UsageError
from kg.export import csv_, cytoscape, events, ftm, gexf, graphml, jsonl, neo4j_admin, neo4j_browser, parquet, rdf
from kg.export.rdf import ArticleReader, Options
from kg.store.base import GraphReader

RDF: Mapping[str, Callable[[ArticleReader, BinaryIO, Options], None]] = rdf.FORMATS
"""Formats of RDF, which take `Options`."""

FORMATS: dict[str, Callable[[GraphReader, BinaryIO], None]] = {
    "jsonl": jsonl.jsonl,
    "graphml": graphml.graphml,
    "gexf": gexf.gexf,
    "cytoscape": cytoscape.cytoscape,
    "ftm": ftm.ftm,
    "events": events.events,
}
"""Other formats of one file."""

FOLDERS: dict[str, Callable[[GraphReader, Path], None]] = {
    "csv": csv_.pair,
    "parquet": parquet.tables,
    "neo4j-admin": neo4j_admin.tables_and_command,
    "neo4j-browser": neo4j_browser.pack,
}
"""Formats of several files in a folder."""


def export(graph: ArticleReader, format_: str, target: Path | None, options: Options | None = None) -> None:
    """Write the whole graph.

    Args:
        graph: the ledger's graph.
        format_: a name from `RDF`, `FORMATS` or `FOLDERS`.
        target: a file, packed if its name ends in .gz or .zst; for tables a folder; standard output where it is None.
        options: how RDF is written; for no other format.

    Raises:
        UsageError: there is no such format, tables were given no folder, or the format has no such options.
        KgError: the target cannot be written.
    """
    try:
        if format_ in RDF:
            with _opened(target) as output:
                RDF[format_](graph, output, options or Options())
        elif options is not None:
            raise UsageError(
                f"{format_} is no RDF: a base, a profile, runs and a description are for {', '.join(RDF)}."
            )
        elif format_ in FOLDERS:
            _tables(graph, format_, target)
        elif format_ in FORMATS:
            with _opened(target) as output:
                FORMATS[format_](graph, output)
        else:
            raise UsageError(f"There is no format {format_!r}; there are {', '.join([*RDF, *FORMATS, *FOLDERS])}.")
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
            elif target.suffix == ".zst":
                with zstandard.ZstdCompressor(level=9).stream_writer(file, closefd=False) as packed:
                    yield cast("BinaryIO", packed)
            else:
                yield file
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
