"""The one way in: a recipe's name, a file, a folder, a URL or "-" to articles."""

import os
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path, PurePath

from kg.errors import RecipeError, SourceError, UsageError
from kg.model import Article
from kg.sources import normal
from kg.sources.article import Details, Failure
from kg.sources.folders import files
from kg.sources.inputs import Input, shown
from kg.sources.plain import plain_text
from kg.sources.recipes import Kind, Recipe, load, names
from kg.sources.rows import json_file, json_lines
from kg.sources.streams import head, opened, unpacked

Articles = Iterator[Article | Failure]

_SUFFIXES: dict[str, Kind] = {
    ".txt": "text", ".text": "text", ".md": "text",
    ".html": "html", ".htm": "html", ".xhtml": "html",
    ".jsonl": "jsonl", ".ndjson": "jsonl",
    ".json": "json",
}  # fmt: skip


def read(source: str, *, overrides: Details | None = None, limit: int | None = None) -> Articles:
    """The articles of a source, one after another, and a `Failure` for each input in it that could not be read.

    `source` is a recipe's name (`sample`), a recipe with the path of its files (`allsides:news.jsonl.gz`, or
    `mine/mine.yaml:news.jsonl`), a file, a folder, a URL, or "-" for standard input. `overrides` win over what the
    source says; `limit` ends the reading after so many articles.

    Raises `SourceError` at once where there is no such source, `RecipeError` as soon as a source shows not to be what
    its recipe expects, and `UsageError` for overrides that cannot be.
    """
    overrides = _checked(overrides or Details())
    articles = _start(source, overrides)
    if overrides.url or overrides.title:
        articles = _single(articles, source)
    return articles if limit is None else _limited(articles, limit)


def _limited(articles: Articles, limit: int) -> Articles:
    left = limit
    while left > 0 and (one := next(articles, None)) is not None:
        left -= isinstance(one, Article)
        yield one


def _single(articles: Articles, source: str) -> Articles:
    """The same, held back until it is sure that there is but one article to bear the title and URL given."""
    held = None
    for one in articles:
        if isinstance(one, Failure):
            yield one
        elif held:
            raise UsageError(f"{source} has several articles, and a title or URL belongs to one: leave it out.")
        else:
            held = one
    if held:
        yield held


def _checked(overrides: Details) -> Details:
    """Overrides in the forms of the record; what cannot be read as such is a mistake of the one who wrote it."""
    checked = Details(
        url=normal.canonical_url(overrides.url),
        title=normal.line(overrides.title),
        publisher=normal.line(overrides.publisher),
        authors=normal.authors(overrides.authors),
        published=normal.iso_date(overrides.published),
        modified=normal.iso_date(overrides.modified),
        language=normal.language_code(overrides.language),
    )
    for field, form in _FORMS.items():
        given = getattr(overrides, field)
        if given and not getattr(checked, field):
            raise UsageError(f"{given!r} is not what {field!r} can be; write it as {form}.")
    return checked


_FORMS = {
    "url": "https://host/path",
    "published": "2031-03-04, or 2031-03-04T17:40:00+11:00",
    "modified": "2031-03-04, or 2031-03-04T17:40:00+11:00",
    "language": "en",
}


def _start(source: str, overrides: Details) -> Articles:
    if source == "-":
        return _guarded(Input(unpacked(sys.stdin.buffer), "-"), None, overrides, None)
    if source.startswith(("http://", "https://")):
        return _url(source, overrides)
    if "://" in source:
        raise SourceError(f"{source} cannot be fetched: only http and https addresses are.")
    name, colon, path = source.partition(":")
    if name in names() or name.endswith((".yaml", ".yml")):
        return _with_recipe(load(name), path if colon else None, overrides)
    return _path(Path(source), overrides)


_MEDIA_TYPES: dict[str, Kind] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/json": "json",
    "application/x-ndjson": "jsonl",
    "application/jsonl": "jsonl",
}


def _url(url: str, overrides: Details) -> Articles:
    from kg.sources.web import fetch, path_of  # noqa: PLC0415 - the network only where it is asked for

    given, media_type = fetch(url)
    kind = _MEDIA_TYPES.get(media_type) or _kind_by_name(path_of(url))
    return _guarded(given, None, overrides, kind)


# Paths --------------------------------------------------------------------------------------------------------------


def _path(path: Path, overrides: Details) -> Articles:
    _must_open(path)
    if path.is_dir():
        return _folder(path, None, overrides)
    return _file(path, shown(path), None, overrides)


def _must_open(path: Path) -> None:
    """Raise `SourceError` for a path that is not there or may not be read."""
    name = shown(path)
    try:
        rights = os.R_OK | (os.X_OK if stat.S_ISDIR(path.stat().st_mode) else 0)
        readable = os.access(path, rights, effective_ids=os.access in os.supports_effective_ids)
    except PermissionError:
        readable = False
    except (OSError, ValueError) as error:
        known = ", ".join(names())
        raise SourceError(
            f"There is no file or folder {name!r}, and no recipe of that name (recipes: {known})."
        ) from error
    if not readable:
        raise SourceError(f"{name} may not be read: its rights forbid it.")


def _folder(folder: Path, recipe: Recipe | None, overrides: Details) -> Articles:
    for path in files(folder):
        if isinstance(path, Failure):
            yield path
        else:
            yield from _file_in_folder(path, recipe, overrides)


def _file_in_folder(path: Path, recipe: Recipe | None, overrides: Details) -> Articles:
    kind = _kind_by_name(path)
    if recipe and kind not in _family(recipe.spec.kind):
        reason = f"Recipe {recipe.spec.name!r} reads {recipe.spec.kind} files, and this is not named as one."
        yield Failure(source=shown(path), reason=reason)
    elif path.suffix and kind is None:
        reason = f"Files named *{path.suffix} are not read from a folder; name it by itself to read it as text."
        yield Failure(source=shown(path), reason=reason)
    else:
        yield from _file(path, shown(path), recipe, overrides)


def _file(path: Path, source: str, recipe: Recipe | None, overrides: Details) -> Articles:
    try:
        with opened(path) as stream:
            yield from _guarded(Input(stream, source, path.parent), recipe, overrides, _kind_by_name(path))
    except OSError as error:
        yield Failure(source=source, reason=f"It cannot be read: {error.strerror or error}.")


def _kind_by_name(path: PurePath) -> Kind | None:
    name = path.name.lower().removesuffix(".gz")
    return _SUFFIXES.get(PurePath(name).suffix)


# Kinds --------------------------------------------------------------------------------------------------------------


def _guarded(given: Input, recipe: Recipe | None, overrides: Details, named: Kind | None) -> Articles:
    """The articles of one input, of the kind it is named as or shows; what makes it unreadable is a `Failure`."""
    try:
        first = head(given.stream)
        kind = named or _kind_by_content(first)
        if recipe and kind not in _family(recipe.spec.kind):
            kind = recipe.spec.kind
        yield from _READERS[kind](given, recipe or load(_family(kind)[0]), overrides)
    except RecipeError:
        raise
    except SourceError as error:
        yield Failure(source=given.source, reason=str(error))


def _family(kind: Kind) -> tuple[Kind, ...]:
    """The kinds that a recipe of this kind reads; the first of them names the general recipe."""
    return ("jsonl", "json") if kind in {"jsonl", "json"} else (kind,)


def _kind_by_content(first: bytes) -> Kind:
    start = first.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<?xml")):
        return "html"
    if start.startswith(b'{"'):
        return "jsonl"
    return "json" if start.startswith((b"[{", b"{\n", b"{\r", b"[\n")) else "text"


def _text(given: Input, recipe: Recipe, overrides: Details) -> Articles:
    found = Details(url=normal.canonical_url(given.url))
    yield recipe.article(plain_text(given.stream, given.charset), given.source, found, overrides)


def _page(given: Input, recipe: Recipe, overrides: Details) -> Articles:
    from kg.sources.page import page  # noqa: PLC0415 - reading HTML takes half a second to load

    yield page(given, recipe, overrides)


_READERS: dict[Kind, Callable[[Input, Recipe, Details], Articles]] = {
    "text": _text,
    "html": _page,
    "jsonl": json_lines,
    "json": json_file,
}


# Recipes ------------------------------------------------------------------------------------------------------------


def _with_recipe(recipe: Recipe, path: str | None, overrides: Details) -> Articles:
    name = recipe.spec.name
    if path:
        _must_open(Path(path))
        return _expected(_of_recipe(recipe, Path(path), shown(Path(path)), overrides), recipe, path)
    if recipe.spec.path is None:
        raise recipe.error(f"where are its articles? Write {name}:PATH, or ./{name} for the path itself.")
    own = recipe.file.parent / recipe.spec.path
    if not own.exists():
        raise recipe.error(f"its path {recipe.spec.path!r} is not there.")
    # Named from the recipe's folder, so that it reads the same wherever newskg is installed.
    source = shown(own.relative_to(recipe.file.parent.parent))
    return _expected(_of_recipe(recipe, own, source, overrides), recipe, source)


def _of_recipe(recipe: Recipe, path: Path, source: str, overrides: Details) -> Articles:
    return _folder(path, recipe, overrides) if path.is_dir() else _file(path, source, recipe, overrides)


def _expected(articles: Articles, recipe: Recipe, source: str) -> Articles:
    """The same articles; raises `RecipeError` where they are more or fewer than expected."""
    least, most = recipe.spec.expect.articles or (0, sys.maxsize)
    count = 0
    for one in articles:
        count += isinstance(one, Article)
        if count > most:
            raise recipe.error(f"{source} has more than {most:,} articles: is it another set?")
        yield one
    if count < least:
        raise recipe.error(f"{source} has only {count:,} of at least {least:,} articles: is it complete?")
