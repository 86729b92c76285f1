"""Who owns, buys, supplies, partners or competes with whom."""

from kg.extract.draft import Draft


def find(draft: Draft) -> None:
    """Who owns, buys, supplies, partners or competes with whom."""
