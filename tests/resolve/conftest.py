"""A ledger for each test, and the graph it holds as plain text."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kg.ledger import Ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """An empty ledger."""
    with Ledger.open(tmp_path / "ledger.sqlite") as opened:
        yield opened


def graph_of(ledger: Ledger) -> list[str]:
    """Everything that stores would hold, one record a line."""
    graph = ledger.graph
    parts = (graph.articles(), graph.entities(), graph.relations(), graph.claims(), graph.mentions())
    return [repr(record) for part in parts for record in part]


@pytest.fixture
def dump() -> Callable[[Ledger], list[str]]:
    """`graph_of` for tests."""
    return graph_of
