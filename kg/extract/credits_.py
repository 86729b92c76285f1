"""Who published, wrote and photographed the article."""

from kg.extract.draft import Draft


def find(draft: Draft) -> None:
    """Who published, wrote and photographed the article."""
