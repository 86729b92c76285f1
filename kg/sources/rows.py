"""Articles from rows: JSON Lines, and JSON with one article or a list of them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.errors import SourceError
from kg.model import Article
from kg.sources import normal
from kg.sources.article import MAX_TEXT, Details, Failure
from kg.sources.encodings import decode, mark_of
from kg.sources.inputs import Input
from kg.sources.plain import plain_text
from kg.sources.recipes import Recipe, Row
from kg.sources.streams import lines, opened, read_all

_MAX_LINE = 16 * MAX_TEXT
_MAX_JSON = 128_000_000


def json_lines(given: Input, recipe: Recipe, overrides: Details) -> Iterator[Article | Failure]:
    """One article a line; a line that is none gives a `Failure` with its number, and the rest goes on."""
    reader = _RowReader(given, recipe, overrides)
    for number, line in enumerate(lines(given.stream, _MAX_LINE), start=1):
        if line is None:
            yield reader.failure(f"The line has more than {_MAX_LINE:,} bytes; one article is one line.", number)
        elif line.strip():
            yield reader.line(line, number)


def json_file(given: Input, recipe: Recipe, overrides: Details) -> Iterator[Article | Failure]:
    """One article, a list of articles, or an object with such a list under `articles`."""
    reader = _RowReader(given, recipe, overrides)
    too_large = f"It has more than {_MAX_JSON:,} bytes: turn it into JSON Lines, one article a line."
    content = _parsed(decode(read_all(given.stream, _MAX_JSON, too_large)))
    if isinstance(content, dict) and isinstance(content.get("articles"), list):
        content = content["articles"]
    for row in content if isinstance(content, list) else [content]:
        yield reader.row(row, None)


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}" if "\n" in text else f"column {error.colno}"
        raise SourceError(f"It is not JSON at {where}: {error.msg}.") from error
    except (ValueError, RecursionError) as error:
        raise SourceError("It is JSON nested too deep, or with a number too long, to be an article.") from error


class _RowReader:
    """Makes articles of the rows of one input, as a recipe maps their fields."""

    def __init__(self, given: Input, recipe: Recipe, overrides: Details) -> None:
        self.given = given
        self.recipe = recipe
        self.overrides = overrides

    def failure(self, reason: str, line: int | None) -> Failure:
        return Failure(source=self.given.source, line=line, reason=reason)

    def line(self, raw: bytes, number: int) -> Article | Failure:
        try:
            row = _parsed(_utf8(raw))
        except SourceError as error:
            return self.failure(str(error), number)
        return self.row(row, number)

    def row(self, row: object, line: int | None) -> Article | Failure:
        if not isinstance(row, dict):
            return self.failure(f"It is no JSON object, but {type(row).__name__}.", line)
        place = f"{self.given.source}, line {line}" if line else self.given.source
        row = self.recipe.prepared(row, place)
        self.recipe.check(row, place)
        try:
            text, source = self._text(row)
        except SourceError as error:
            return self.failure(str(error), line)
        except OSError as error:
            return self.failure(f"The file of its text cannot be read: {error.strerror}.", line)
        return self.recipe.article(text, source, self._details(row), self.overrides, line)

    def _text(self, row: Row) -> tuple[str, str]:
        """The text and where it stands: in the row, or in a file beside it."""
        name = self.recipe.field(row, "text_file")
        if isinstance(name, str) and self.given.folder is not None:
            with opened(_beside(self.given.folder, name)) as stream:
                return plain_text(stream), self.given.beside(name)
        text = self.recipe.field(row, "text")
        if not isinstance(text, str):
            raise SourceError(f"It has no text; looked for: {', '.join(self.recipe.keys('text'))}.")
        return text, self.given.source

    def _details(self, row: Row) -> Details:
        field = self.recipe.field
        return Details(
            url=normal.canonical_url(field(row, "url")),
            title=normal.line(field(row, "title")),
            publisher=normal.line(field(row, "publisher")),
            authors=normal.authors(field(row, "authors")),
            published=normal.iso_date(field(row, "published")),
            modified=normal.iso_date(field(row, "modified")),
            language=normal.language_code(field(row, "language")),
        )


def _utf8(raw: bytes) -> str:
    if mark_of(raw) and not raw.startswith(b"\xef"):
        raise SourceError("It is UTF-16 or UTF-32; JSON Lines are UTF-8: save it again as UTF-8.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceError(f"It is not UTF-8 at byte {error.start + 1}: save it again as UTF-8.") from error


def _beside(folder: Path, name: str) -> Path:
    """The file in the folder of its row; a row may name no other."""
    path = (folder / name.replace("\0", "\ufffd")).resolve()  # no file has a NUL in its name
    if not path.is_relative_to(folder.resolve()):
        raise SourceError(f"It names the file {name!r}, which is outside its own folder.")
    if not path.is_file():
        raise SourceError(f"It names the file {name!r}, which is not there.")
    return path
