"""Bytes to text, without changing a code point: line ends stay, and only a byte-order mark goes."""

import codecs

from kg.errors import SourceError

# The marks of UTF-32 begin with those of UTF-16, so they are asked first.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_GUESSED_FROM = 65_536
_WESTERN = 0.1
_CONTROLS = [char for char in map(chr, range(0x20)) if char not in "\t\n\v\f\r\x1b"]


def mark_of(raw: bytes) -> tuple[bytes, str] | None:
    """The byte-order mark that the bytes begin with and the encoding it stands for."""
    return next(((mark, name) for mark, name in _MARKS if raw.startswith(mark)), None)


def decode(raw: bytes, declared: str | None = None) -> str:
    """The text of a file: by its mark, as declared, as UTF-8, or else by its bytes; `SourceError` if it is none."""
    if marked := mark_of(raw):
        return _strict(raw[len(marked[0]) :], marked[1])
    for name in (_wide(raw), _meant(declared), "utf-8"):
        if name:
            try:
                return _text(raw.decode(name))
            except (UnicodeError, LookupError):
                continue
    return _text(_guess(raw))


def _meant(declared: str | None) -> str | None:
    """Who declares Latin-1 means, as browsers know, Windows-1252: it has the same letters, and curly quotes."""
    try:
        return "cp1252" if declared and codecs.lookup(declared).name == "iso8859-1" else declared
    except LookupError:
        return None


def _strict(raw: bytes, name: str) -> str:
    try:
        return _text(raw.decode(name))
    except UnicodeDecodeError as error:
        raise SourceError(
            f"It begins as {name.upper()} but is not, from byte {error.start:,} on: save it again as UTF-8."
        ) from error


def _wide(raw: bytes) -> str | None:
    """UTF-16 without a mark shows as Western text with a NUL beside every letter."""
    sample = raw[:1_000]
    for name, nulls in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[::2])):
        if nulls and nulls.count(0) > 0.8 * len(nulls):
            return name
    return None


def _guess(raw: bytes) -> str:
    """Western where few bytes are above ASCII, as in all English; else what the frequencies of its letters say."""
    high = sum(byte > 0x7F for byte in raw[:_GUESSED_FROM])  # noqa: PLR2004 - the last of ASCII
    if high <= _WESTERN * len(raw[:_GUESSED_FROM]):
        try:
            return raw.decode("cp1252")
        except UnicodeDecodeError:
            return raw.decode("latin-1")
    from charset_normalizer import from_bytes  # noqa: PLC0415 - few files need it

    best = from_bytes(raw[:_GUESSED_FROM]).best()
    try:
        return raw.decode(best.encoding if best else "")
    except (UnicodeDecodeError, LookupError) as error:
        raise SourceError("Its encoding cannot be told: save it as UTF-8.") from error


def _text(text: str) -> str:
    """The text itself; a stray NUL is kept, but what is full of control characters is no text."""
    controls = sum(text.count(char) for char in _CONTROLS)
    if controls > 1 + len(text) // 50:
        raise SourceError("It is binary, not text.")
    return text
