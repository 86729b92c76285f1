"""Which mentions of one article name the same entity."""

from kg.extract.draft import Draft


def find(draft: Draft) -> None:
    """Which mentions of one article name the same entity."""
