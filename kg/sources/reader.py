"""The one way in: a recipe's name, a file, a folder, a URL or "-" to articles."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from kg.errors import RecipeError, SourceError, UsageError
from kg.model import Article
from kg.sources import normal
from kg.sources.article import MAX_TEXT, Details, Failure, article, too_long
from kg.sources.encodings import decode
from kg.sources.folders import files
from kg.sources.inputs import Input, shown
from kg.sources.recipes import Kind, Recipe, load, names
from kg.sources.rows import json_file, json_lines
from kg.sources.streams import head, opened, read_all, unpacked

Articles = Iterator[Article | Failure]

_SUFFIXES: dict[str, Kind] = {
    ".txt": "text", ".text": "text", ".md": "text",
    ".html": "html", ".htm": "html", ".xhtml": "html",
    ".jsonl": "jsonl", ".ndjson": "jsonl",
    ".json": "json",
}  # fmt: skip
_WIDEST = 4  # bytes of a code point, in all encodings of Unicode


def read(source: str, *, overrides: Details | None = None, limit: int | None = None) -> Articles:
    """The articles of a source, one after another, and a `Failure` for each input in it that could not be read.

    `source` is a recipe's name (`sample`), a recipe with the path of its files (`allsides:news.jsonl.gz`, or
    `mine/mine.yaml:news.jsonl`), a file, a folder, a URL, or "-" for standard input. `overrides` win over what the
    source says; `limit` ends the reading after so many articles.

    Raises `SourceError` at once where there is no such source, and `RecipeError`, as soon as it shows, where a
    source is not what its recipe expects.
    """
    overrides = _checked(overrides or Details())
    articles = _start(source, overrides)
    return articles if limit is None else _limited(articles, limit)


def _limited(articles: Articles, limit: int) -> Articles:
    with closing(articles):  # type: ignore[type-var]
        left = limit
        while left > 0 and (one := next(articles, None)) is not None:
            left -= isinstance(one, Article)
            yield one


def _checked(overrides: Details) -> Details:
    """Overrides in the forms of the record; what cannot be read as such is a mistake of the one who wrote it."""
    published, url = overrides.published, overrides.url
    if published and normal.iso_date(published) is None:
        raise UsageError(f"{published!r} is no date with day, month and year; write it as 2031-03-04.")
    if url and normal.canonical_url(url) is None:
        raise UsageError(f"{url!r} is no web address; write it as https://host/path.")
    return Details(
        url=normal.canonical_url(url),
        title=normal.line(overrides.title),
        publisher=normal.line(overrides.publisher),
        authors=normal.authors(overrides.authors),
        published=normal.iso_date(published),
        modified=normal.iso_date(overrides.modified),
        language=normal.language_code(overrides.language),
    )


def _start(source: str, overrides: Details) -> Articles:
    if source == "-":
        return _stdin(overrides)
    if source.startswith(("http://", "https://")):
        from kg.sources.web import fetched  # noqa: PLC0415 - the network only where it is asked for

        return fetched(source, overrides)
    name, colon, path = source.partition(":")
    if name in names() or name.endswith((".yaml", ".yml")):
        return _with_recipe(load(name), path if colon else None, overrides)
    return _path(Path(source), overrides)


def _stdin(overrides: Details) -> Articles:
    yield from guarded(Input(unpacked(sys.stdin.buffer), "-"), None, overrides)


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
        there = path.exists()
    except (OSError, ValueError):
        there = False
    if not there:
        raise SourceError(
            f"There is no file or folder {name!r}, and no recipe of that name (there are: {', '.join(names())})."
        )
    if not os.access(path, os.R_OK | (os.X_OK if path.is_dir() else 0)):
        raise SourceError(f"{name} may not be read: its rights forbid it.")


def _folder(folder: Path, recipe: Recipe | None, overrides: Details) -> Articles:
    for path in files(folder):
        if isinstance(path, Failure):
            yield path
        else:
            yield from _file_in_folder(path, recipe, overrides)


def _file_in_folder(path: Path, recipe: Recipe | None, overrides: Details) -> Articles:
    kind = _kind_by_name(path)
    if recipe and kind != recipe.spec.kind:
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
            kind = _kind_by_name(path)
            recipe = recipe or (load(_recipe_of(kind)) if kind else None)
            yield from guarded(Input(stream, source, path.parent), recipe, overrides, kind)
    except OSError as error:
        yield Failure(source=source, reason=f"It cannot be read: {error.strerror or error}.")


def _kind_by_name(path: Path) -> Kind | None:
    name = path.name.lower().removesuffix(".gz")
    return _SUFFIXES.get(Path(name).suffix)


# Kinds --------------------------------------------------------------------------------------------------------------


def guarded(given: Input, recipe: Recipe | None, overrides: Details, kind: Kind | None = None) -> Articles:
    """The articles of one input; what makes it unreadable ends it with a `Failure`."""
    try:
        first = head(given.stream)
        kind = kind or (recipe.spec.kind if recipe else _kind_by_content(first))
        yield from _READERS[kind](given, recipe or load(_recipe_of(kind)), overrides)
    except RecipeError:
        raise
    except SourceError as error:
        yield Failure(source=given.source, reason=str(error))


def _recipe_of(kind: Kind) -> str:
    return "jsonl" if kind == "json" else kind


def _kind_by_content(first: bytes) -> Kind:
    start = first.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<?xml")):
        return "html"
    if start.startswith(b'{"'):
        return "jsonl"
    return "json" if start.startswith((b"[{", b"{\n", b"{\r", b"[\n")) else "text"


def _text(given: Input, recipe: Recipe, overrides: Details) -> Articles:
    limit = _WIDEST * (MAX_TEXT + 1)
    text = decode(read_all(given.stream, limit, too_long(f"more than {MAX_TEXT:,}")))
    yield article(text, given.source, recipe.spec.defaults, overrides)


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
    """The same articles; raises `RecipeError` where they are more, fewer or in another language than expected."""
    least, most = recipe.spec.expect.articles or (0, sys.maxsize)
    count = 0
    for one in articles:
        count += isinstance(one, Article)
        if count > most:
            raise recipe.error(f"{source} has more than {most:,} articles: is it another set?")
        yield _in_language(one, recipe)
    if count < least:
        raise recipe.error(f"{source} has {count:,} articles, and at least {least:,} are expected: is it complete?")


def _in_language(one: Article | Failure, recipe: Recipe) -> Article | Failure:
    expected = recipe.spec.expect.language
    if isinstance(one, Failure) or not expected or one.metadata.language in (None, expected):
        return one
    reason = f"The article is in {one.metadata.language!r}, and the recipe expects {expected!r}."
    return Failure(source=one.metadata.source or "", reason=reason)
