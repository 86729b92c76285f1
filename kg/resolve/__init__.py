"""Which entities of many articles are one, and what all articles together say about them."""

from kg.resolve.resolve import rebuild, resolve

__all__ = ["rebuild", "resolve"]
