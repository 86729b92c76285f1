"""Tariffs, sanctions, laws, agreements: who issues them, whom they target, how they change."""

from kg.extract.draft import Draft


def find(draft: Draft) -> None:
    """Tariffs, sanctions, laws, agreements: who issues them, whom they target, how they change."""
