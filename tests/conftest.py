"""What many tests share: the loaded model, and articles made from bare text."""

from collections.abc import Callable

import pytest

from kg.extract.draft import Draft
from kg.extract.parse import Parse
from kg.extract.reader import read
from kg.extract.stages import STAGES, extract
from kg.model import Article, Extraction, Metadata, article_id


def article_of(text: str, **metadata: str) -> Article:
    """An article of bare text; `published`, `publisher`, `url` and `title` as wanted."""
    own_id = article_id(
        text, metadata.get("url"), metadata.get("publisher"), metadata.get("published"), metadata.get("title")
    )
    return Article(metadata=Metadata(id=own_id, language="en", **metadata), text=text)


@pytest.fixture(scope="session")
def parse() -> Callable[[str], Parse]:
    """Text to `Parse`."""
    return read


@pytest.fixture(scope="session")
def extracted() -> Callable[..., Extraction]:
    """Text (and metadata) to `Extraction`, through all stages."""
    return lambda text, **metadata: extract(article_of(text, **metadata))


@pytest.fixture(scope="session")
def drafted() -> Callable[..., Draft]:
    """Text (and metadata) to the `Draft` after all stages, or after those before `until` (its module's last name)."""

    def draft_of(text: str, until: str | None = None, **metadata: str) -> Draft:
        draft = Draft(article_of(text, **metadata), read(text))
        for stage in STAGES:
            if until is not None and stage.__module__.rpartition(".")[2] == until:
                break
            stage(draft)
        return draft

    return draft_of
