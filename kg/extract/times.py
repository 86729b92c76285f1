"""When: times as written, resolved only where there is an anchor."""

from kg.extract.draft import Draft


def find(draft: Draft) -> None:
    """When: times as written, resolved only where there is an anchor."""
