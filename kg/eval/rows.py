"""Gold files read line by line, and articles made of their texts."""

from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

from kg.errors import SourceError
from kg.model import Article, Metadata, article_id

_MAPPINGS = Path(__file__).parent / "mappings"
Row = TypeVar("Row")


def mapping(name: str) -> Any:
    """The data of `mappings/<name>.yaml`: which of our types a set's own types are."""
    return yaml.safe_load((_MAPPINGS / f"{name}.yaml").read_text(encoding="utf-8"))


def text_of(path: Path) -> str:
    """What is in a file; raises `SourceError` where it cannot be read."""
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        raise SourceError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise SourceError(f"{path} is not UTF-8 text (byte {error.start}).") from error


def rows(path: Path, type_: type[Row], limit: int | None = None) -> list[Row]:
    """The first lines of a JSON Lines file; raises `SourceError` naming the line that is not of the type."""
    found = []
    lines = ((n, line) for n, line in enumerate(text_of(path).splitlines(), start=1) if line.strip())
    for number, line in islice(lines, limit):
        try:
            found.append(msgspec.json.decode(line, type=type_))
        except msgspec.MsgspecError as error:
            raise SourceError(f"{path}, line {number} is no gold article: {error}.") from error
    return found


def article_of(text: str, **known: Any) -> Article:
    """An English article of a text that a gold file holds, with the metadata that is known."""
    known = {"language": "en", **{key: value for key, value in known.items() if value}}
    own = article_id(text, known.get("url"), known.get("publisher"), known.get("published"), known.get("title"))
    return Article(metadata=Metadata(id=own, **known), text=text)
