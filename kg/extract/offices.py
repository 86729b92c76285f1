"""Positions, who holds them and what they belong to."""

from kg.extract.draft import Draft


def find(draft: Draft) -> None:
    """Positions, who holds them and what they belong to."""
