"""Streams in pages, each with the entities that it needs: what a format that joins reads at a time."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeVar

from kg.model.graph import GraphEntity
from kg.store.base import GraphReader

T = TypeVar("T")

_PAGE = 200


def pages(items: Iterable[T]) -> Iterator[list[T]]:
    """The items in lists of some hundred."""
    rest = iter(items)
    return iter(lambda: list(islice(rest, _PAGE)), [])


def with_entities(
    graph: GraphReader, items: Iterable[T], ids: Callable[[T], Iterable[str]]
) -> Iterator[tuple[T, dict[str, GraphEntity]]]:
    """Each item with the entities of its page by id; an id that is an article's finds nothing."""
    for page in pages(items):
        found = {entity.id: entity for entity in graph.entities({id_ for item in page for id_ in ids(item)})}
        yield from ((item, found) for item in page)
