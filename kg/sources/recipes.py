"""Recipes: what a source is and how it is read, as a folder in `ingest/` with `<name>.yaml` and perhaps `<name>.py`.

The YAML says what is said in data; the one function `prepare(row)` of the Python file says what is not.
"""

import importlib.util
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, cast

import msgspec

from kg.errors import RecipeError
from kg.model import Article
from kg.paths import data_folder
from kg.sources.article import Details, Failure, article
from kg.sources.inputs import shown

Kind = Literal["text", "html", "jsonl", "json"]
Field = Literal[
    "text", "text_file", "url", "title", "publisher", "authors", "published", "modified", "language"
]  # fmt: skip
Row = dict[str, Any]


class Expect(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a recipe expects of its source; a source outside it is refused.

    `articles` is the least and the greatest number, `required` the fields that no row lacks, `published`
    a regular expression for the date as written, `language` the ISO 639-1 code that no article may surely differ from.
    """

    articles: tuple[int, int] | None = None
    required: tuple[Field, ...] = ()
    published: str | None = None
    language: str | None = None


class Spec(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of a recipe's YAML file.

    `fields` names for each field the keys of a row that may hold it, the best first ("a.b" is b inside a);
    `path` is where the articles are, from the recipe's folder, for a recipe that brings its own;
    `defaults` are used where the source says nothing.
    """

    name: str
    title: str
    kind: Kind
    license: str | None = None
    path: str | None = None
    fields: dict[Field, str | tuple[str, ...]] = {}
    defaults: Details = Details()
    expect: Expect = Expect()


@dataclass(frozen=True)
class Recipe:
    """A recipe as it was loaded from `file`."""

    spec: Spec
    file: Path
    prepare: Callable[[Row], Row] | None

    def keys(self, field: Field) -> tuple[str, ...]:
        """The keys that may hold a field, the best first."""
        keys = self.spec.fields.get(field, ())
        return (keys,) if isinstance(keys, str) else keys

    def field(self, row: Row, field: Field) -> object:
        """The value of a field in a row, under the first of its keys that holds one."""
        values = (_inside(row, key) for key in self.keys(field))
        return next((value for value in values if value not in (None, "", [], {})), None)

    def prepared(self, row: Row, place: str) -> Row:
        """The row after the recipe's own function; raises `RecipeError` where that fails."""
        if self.prepare is None:
            return row
        try:
            prepared = self.prepare(row)
        except (LookupError, TypeError, ValueError, AttributeError) as error:
            raise self.error(f"prepare(row) fails at {place}: {type(error).__name__} {error}.") from error
        if not isinstance(prepared, dict):
            raise self.error(f"prepare(row) gives {type(prepared).__name__} at {place}, and a row is expected.")
        return prepared

    def check(self, row: Row, place: str) -> None:
        """What is expected of every row; raises `RecipeError`: the source is then not the one the recipe is for."""
        for name in self.spec.expect.required:
            if self.field(row, name) is None:
                wanted = " or ".join(map(repr, self.keys(name)))
                raise self.error(f"{place} has no {name} ({wanted}), and every row must: is it another file?")
        pattern, published = self.spec.expect.published, self.field(row, "published")
        if pattern and published is not None and not re.fullmatch(pattern, str(published)):
            raise self.error(
                f"{place} has the date {str(published)[:40]!r}, and {pattern!r} is expected: "
                "correct the row, or expect.published in the recipe."
            )

    def article(
        self, text: str, source: str, found: Details, overrides: Details, line: int | None = None
    ) -> Article | Failure:
        """The article of a text, or why it is none; the recipe's defaults stand in for what was not `found`."""
        one = article(text, source, found.over(self.spec.defaults), overrides, line)
        expected = self.spec.expect.language
        if isinstance(one, Failure) or not expected or one.metadata.language in {None, expected}:
            return one
        reason = f"The article is in {one.metadata.language!r}, and recipe {self.spec.name!r} expects {expected!r}."
        return Failure(source=source, line=line, reason=reason)

    def error(self, sentence: str) -> RecipeError:
        """An error that names the recipe."""
        return RecipeError(f"Recipe {self.spec.name!r}: {sentence}")


def _inside(row: object, key: str) -> object:
    """The value under "a.b", also where "a.b" is itself a key."""
    if not isinstance(row, Mapping):
        return None
    if key in row:
        return row[key]
    first, _, rest = key.partition(".")
    return _inside(row.get(first), rest) if rest else None


def names() -> list[str]:
    """The recipes that come with newskg."""
    return sorted(file.stem for file in data_folder("ingest").glob("*/*.yaml") if file.stem == file.parent.name)


def load(name: str) -> Recipe:
    """The recipe of this name, or in this YAML file; raises `RecipeError` where there is none or it has a mistake."""
    return _loaded(Path(name)) if name.endswith((".yaml", ".yml")) else _own(name)


@cache  # a folder of ten thousand files asks for it ten thousand times
def _own(name: str) -> Recipe:
    return _loaded(data_folder("ingest") / name / f"{name}.yaml")


def _loaded(file: Path) -> Recipe:
    if not file.is_file():
        raise RecipeError(f"There is no recipe {shown(file)!r}; there are: {', '.join(names())}.")
    spec = _spec(file)
    if spec.name != file.stem:
        raise RecipeError(f"{file.name} calls itself {spec.name!r}: a recipe is named as its file, {file.stem!r}.")
    return Recipe(spec, file, _prepare(file.with_suffix(".py")))


def _spec(file: Path) -> Spec:
    import yaml  # noqa: PLC0415 - only recipes need it

    try:
        spec = msgspec.convert(yaml.safe_load(file.read_bytes()), Spec)
        re.compile(spec.expect.published or "")
    except yaml.MarkedYAMLError as error:
        at = f", line {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise RecipeError(f"{file.name}{at} is not YAML: {error.problem}.") from error
    except msgspec.ValidationError as error:
        raise RecipeError(f"{file.name} is no recipe: {_readable(error)}.") from error
    except re.error as error:
        raise RecipeError(f"{file.name}: expect.published is no regular expression: {error}.") from error
    return spec


def _readable(error: msgspec.ValidationError) -> str:
    """'Expected `int`, got `str` - at `$.expect.articles`' with the place first."""
    complaint, _, place = str(error).partition(" - at ")
    place = place.strip("`").removeprefix("$.")
    return f"{place}: {complaint}" if place else complaint


def _prepare(file: Path) -> Callable[[Row], Row] | None:
    """The function `prepare` of the recipe's Python file, if it has one."""
    if not file.is_file():
        return None
    spec = importlib.util.spec_from_file_location(f"kg_recipe_{file.stem}", file)
    if spec is None or spec.loader is None:
        raise RecipeError(f"{file.name} cannot be loaded as Python.")
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except (SyntaxError, ImportError, NameError) as error:
        raise RecipeError(f"{file.name} cannot be loaded as Python: {error}.") from error
    prepare = getattr(module, "prepare", None)
    if not callable(prepare):
        raise RecipeError(f"{file.name} has no function prepare(row); write one that takes a row and gives it back.")
    return cast("Callable[[Row], Row]", prepare)
