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
from kg.paths import data_folder
from kg.sources.article import Details

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
    prepare: Callable[[Row], Row]

    def field(self, row: Mapping[str, Any], field: Field) -> object:
        """The value of a field in a row, under the first of its keys that holds one."""
        keys = self.spec.fields.get(field, ())
        values = (_inside(row, key) for key in ([keys] if isinstance(keys, str) else keys))
        return next((value for value in values if value not in (None, "", [], {})), None)

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


@cache
def load(name: str) -> Recipe:
    """The recipe of this name, or in this YAML file; raises `RecipeError` where there is none or it has a mistake."""
    file = Path(name) if name.endswith((".yaml", ".yml")) else data_folder("ingest") / name / f"{name}.yaml"
    if not file.is_file():
        raise RecipeError(f"There is no recipe {name!r}; there are: {', '.join(names())}.")
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


def _prepare(file: Path) -> Callable[[Row], Row]:
    """The function `prepare` of the recipe's Python file, or one that changes nothing."""
    if not file.is_file():
        return lambda row: row
    spec = importlib.util.spec_from_file_location(f"kg_recipe_{file.stem}", file)
    if spec is None or spec.loader is None:
        raise RecipeError(f"{file.name} cannot be loaded as Python.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    prepare = getattr(module, "prepare", None)
    if not callable(prepare):
        raise RecipeError(f"{file.name} has no function prepare(row); write one that takes a row and gives it back.")
    return cast("Callable[[Row], Row]", prepare)
