"""Plain text: read no further than an article may be long, and decoded without changing a code point."""

from io import BufferedReader

from kg.sources.article import MAX_TEXT, too_long
from kg.sources.encodings import decode
from kg.sources.streams import head, read_all

_WIDEST = 4  # bytes of a code point, in all encodings of Unicode


def plain_text(stream: BufferedReader, declared: str | None = None) -> str:
    """All of a stream as text; raises `SourceError` where it is binary, or longer than an article may be."""
    head(stream)
    return decode(read_all(stream, _WIDEST * (MAX_TEXT + 1), too_long(f"more than {MAX_TEXT:,}")), declared)
