"""What is read becomes an `Article`, or a `Failure` that says why not."""

import re

import msgspec

from kg.model import Article, Metadata, article_id
from kg.model.records import Record
from kg.sources.languages import language_of

MAX_TEXT = 1_000_000
"""Code points of the longest text that is taken as one article."""


_SURROGATE = re.compile("[\ud800-\udfff]")


class Failure(Record, frozen=True, kw_only=True):
    """An input that could not be read: where it is (`line` from 1, where it is a list of rows) and one sentence why."""

    source: str
    line: int | None = None
    reason: str


class Details(Record, frozen=True, kw_only=True):
    """What may be known of an article besides its text, in the forms of `kg.model.Metadata`."""

    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    modified: str | None = None
    language: str | None = None

    def over(self, other: "Details") -> "Details":
        """These details where they say something, the other's where they do not."""
        said = {field: value for field, value in msgspec.structs.asdict(self).items() if value}
        return msgspec.structs.replace(other, **said)


def article(text: str, source: str, found: Details, overrides: Details, line: int | None = None) -> Article | Failure:
    """The article of a text, or why it is none. `overrides` win over what was `found`."""
    if not text.strip("\ufeff\0 \t\r\n"):
        return Failure(source=source, line=line, reason="There is no text in it.")
    if not text.isascii() and _SURROGATE.search(text):
        return Failure(source=source, line=line, reason="The text has half a character in it (a lone surrogate).")
    if len(text) > MAX_TEXT:
        return Failure(source=source, line=line, reason=too_long(f"{len(text):,}"))
    # What the text is in weighs more than what its page says: pages in all languages say "en".
    found = msgspec.structs.replace(found, language=language_of(text) or found.language)
    details = overrides.over(found)
    own_id = article_id(text, details.url, details.publisher, details.published, details.title)
    return Article(metadata=Metadata(id=own_id, source=source, **msgspec.structs.asdict(details)), text=text)


def too_long(length: str) -> str:
    """The sentence for a text of this many characters (a number or "more than …")."""
    return (
        f"The text has {length} characters, and an article may have {MAX_TEXT:,}: "
        "split it, one article a file or a line of JSON."
    )
