"""Typed mentions of names."""

from kg.extract.draft import Draft


def find(draft: Draft) -> None:
    """Typed mentions of names."""
