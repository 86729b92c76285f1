"""Tickers and market moves."""

from kg.extract.draft import Draft


def find_tickers(draft: Draft) -> None:
    """Tickers."""


def find_moves(draft: Draft) -> None:
    """Moves."""
