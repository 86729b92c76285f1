"""What many tests share: the loaded model, and articles made from bare text."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from kg.errors import StoreMissingError
from kg.extract.draft import Draft
from kg.extract.parse import Parse
from kg.extract.reader import read
from kg.extract.stages import STAGES, extract
from kg.model import Article, Extraction, Metadata, article_id
from kg.store import neo4j_server as server


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


@pytest.fixture(scope="session")
def neo4j_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[server.Running]:
    """One real Neo4j for all tests that ask for it, without a password; a test empties it before it loads."""
    home = tmp_path_factory.mktemp("neo4j") / "home"
    try:
        running = server.start(home)
    except StoreMissingError as reason:
        pytest.skip(str(reason))
    yield running
    server.stop(home)
