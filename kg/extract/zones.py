"""The parts of an article that are no prose: headline, byline, dateline, labels, credits, footers."""

from kg.extract.draft import Draft


def find(draft: Draft) -> None:
    """The parts of an article that are no prose: headline, byline, dateline, labels, credits, footers."""
