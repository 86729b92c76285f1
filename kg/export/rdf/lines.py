"""N-Triples, N-Quads, and N-Quads in canonical order."""

import heapq
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import groupby, islice
from tempfile import TemporaryFile
from typing import BinaryIO

from kg.export.rdf.stream import ArticleReader, Options, quads

_CHUNK = 1000  # lines written at once
_SORTED = 200_000  # lines sorted in memory


def nquads(graph: ArticleReader, output: BinaryIO, options: Options) -> None:
    """One quad a line; a bare triple stands once for each claim that asserts it, and is the same quad."""
    write(output, _lines(graph, options))


def ntriples(graph: ArticleReader, output: BinaryIO, options: Options) -> None:
    """The union of the graphs, one triple a line."""
    write(output, (f"{s} {p} {o} .\n" for s, p, o, _ in quads(graph, options)))


def canonical(graph: ArticleReader, output: BinaryIO, options: Options) -> None:
    """N-Quads as RDFC-1.0 has them: each once, sorted by code points. Without blank nodes that is all there is to do.

    What does not fit in memory is sorted in files that are gone afterwards.
    """
    with ExitStack() as files:
        parts = []
        lines = _lines(graph, options)
        while chunk := sorted({line.encode() for line in islice(lines, _SORTED)}):
            part = files.enter_context(TemporaryFile())
            part.writelines(chunk)
            part.seek(0)
            parts.append(part)
        output.writelines(line for line, _ in groupby(heapq.merge(*parts)))


def _lines(graph: ArticleReader, options: Options) -> Iterator[str]:
    return (f"{s} {p} {o} {g} .\n" if g else f"{s} {p} {o} .\n" for s, p, o, g in quads(graph, options))


def write(output: BinaryIO, texts: Iterable[str]) -> None:
    """Texts as UTF-8, many at once."""
    rest = iter(texts)
    while chunk := "".join(islice(rest, _CHUNK)):
        output.write(chunk.encode())
