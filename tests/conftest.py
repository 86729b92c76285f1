"""What many tests share: the loaded model, and articles made from bare text."""

from collections.abc import Callable
from typing import Any

import pytest

from kg.extract.draft import Draft
from kg.extract.parse import Parse
from kg.extract.reader import read
from kg.extract.stages import STAGES, extract
from kg.model import Article, Extraction, Metadata, article_id


def article_of(
    text: str,
    *,
    published: str | None = None,
    publisher: str | None = None,
    url: str | None = None,
    title: str | None = None,
    authors: tuple[str, ...] = (),
) -> Article:
    """An English article of bare text, with the metadata that is given."""
    metadata = Metadata(
        id=article_id(text, url, publisher, published, title),
        url=url,
        title=title,
        publisher=publisher,
        authors=authors,
        published=published,
        language="en",
    )
    return Article(metadata=metadata, text=text)


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

    def draft_of(text: str, until: str | None = None, **metadata: Any) -> Draft:
        draft = Draft(article_of(text, **metadata), read(text))
        for stage in STAGES:
            if until is not None and stage.__module__.rpartition(".")[2] == until:
                break
            stage(draft)
        return draft

    return draft_of
