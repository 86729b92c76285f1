"""Asserted, alleged, denied, planned, possible, ended: the status of every claim, and in whose words it stands."""

from kg.extract.draft import Draft


def find(draft: Draft) -> None:
    """Asserted, alleged, denied, planned, possible, ended: the status of every claim, and in whose words it stands."""
