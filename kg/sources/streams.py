"""Opened inputs: unpacked if need be, peeked at, and read no further than is wanted."""

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from kg.errors import SourceError

_PEEK = 1_024
_GZIP = b"\x1f\x8b"
# First bytes, what they are the first bytes of, and what to do about it.
_BINARY = (
    (b"%PDF", "a PDF", "turn it into text first, for example with pdftotext"),
    (b"\x89PNG", "an image (PNG)", "it has no text to read"),
    (b"\xff\xd8\xff", "an image (JPEG)", "it has no text to read"),
    (b"GIF8", "an image (GIF)", "it has no text to read"),
    (b"RIFF", "a media file (RIFF)", "it has no text to read"),
    (b"PK\x03\x04", "a ZIP archive or an office document", "unpack it, or save the document as plain text"),
    (b"\xd0\xcf\x11\xe0", "an old office document", "save it as plain text"),
    (b"{\\rtf", "a rich-text document (RTF)", "save it as plain text"),
    (b"7z\xbc\xaf", "a 7z archive", "unpack it"),
    (b"BZh", "a bzip2 archive", "unpack it"),
    (b"\xfd7zXZ", "an xz archive", "unpack it"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive", "unpack it"),
    (b"\x7fELF", "a program", "it has no text to read"),
    (b"SQLite format 3", "an SQLite database", "export its articles as JSON Lines"),
    (b"PAR1", "a Parquet file", "export its articles as JSON Lines"),
)


@contextmanager
def opened(path: Path) -> Iterator[io.BufferedReader]:
    """The file's bytes; raises `OSError` as `open` does."""
    with path.open("rb") as stream:
        yield unpacked(stream)


def unpacked(stream: BinaryIO) -> io.BufferedReader:
    """The stream, or what is in it if it is gzip, told by its first bytes and not by a name."""
    reader = _peekable(stream)
    if reader.peek(2)[:2] == _GZIP:
        return _peekable(cast("BinaryIO", gzip.GzipFile(fileobj=reader)))
    return reader


def _peekable(stream: BinaryIO) -> io.BufferedReader:
    return stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(cast("io.RawIOBase", stream))


def head(stream: io.BufferedReader) -> bytes:
    """The first bytes, left in the stream; raises `SourceError` where they tell that it is no text."""
    with unpacking():
        first = stream.peek(_PEEK)[:_PEEK]
    for magic, kind, mend in _BINARY:
        if first.startswith(magic):
            raise SourceError(f"It is {kind}, not text: {mend}.")
    return first


def read_all(stream: io.BufferedReader, limit: int, too_large: str) -> bytes:
    """All its bytes, never more than one above `limit`; raises `SourceError` with the sentence `too_large`."""
    with unpacking():
        raw = stream.read(limit + 1)
    if len(raw) > limit:
        raise SourceError(too_large)
    return raw


def lines(stream: io.BufferedReader, limit: int) -> Iterator[bytes | None]:
    """Line after line without its end, whatever the size of the whole; None for one longer than `limit` bytes."""
    with unpacking():
        while line := stream.readline(limit):
            whole = len(line) < limit or line.endswith(b"\n")
            yield line.rstrip(b"\r\n") if whole else None
            while not whole:
                rest = stream.readline(limit)
                whole = len(rest) < limit or rest.endswith(b"\n")


@contextmanager
def unpacking() -> Iterator[None]:
    """Damage in a gzip file as a `SourceError`."""
    try:
        yield
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise SourceError("It is damaged or cut short (gzip): fetch or pack it again.") from error
