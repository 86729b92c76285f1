"""Talks, meetings, summits, press conferences: the things that happen, and who takes part."""

from kg.extract.draft import Draft


def find(draft: Draft) -> None:
    """Talks, meetings, summits, press conferences: the things that happen, and who takes part."""
