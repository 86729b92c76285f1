"""Which of the forms that we have a client likes best (RFC 9110, Accept)."""

from collections.abc import Collection

from kg.web.status import NotAcceptableError

SHORT = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "html": "text/html",
    "turtle": "text/turtle",
    "ttl": "text/turtle",
    "ntriples": "application/n-triples",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdfxml": "application/rdf+xml",
    "rdf": "application/rdf+xml",
}
"""Names that `format=` takes, for where no header can be sent."""


def chosen(accept: str, offers: Collection[str]) -> str:
    """The offer that the client likes best; raises `NotAcceptableError`."""
    kind = choose(accept, offers)
    if kind is None:
        raise NotAcceptableError(f"This can be had as {', '.join(offers)}.")
    return kind


def choose(accept: str, offers: Collection[str]) -> str | None:
    """The offer with the highest quality, the first of equals; None where the client takes none of them."""
    ranges = [_range(part) for part in accept.split(",") if part.strip()] or [("*/*", 1.0)]
    best = max(offers, key=lambda offer: _quality(offer, ranges))
    return best if _quality(best, ranges) > 0 else None


def _quality(offer: str, ranges: list[tuple[str, float]]) -> float:
    """The quality of the most special range that has the offer."""
    for wanted in (offer, f"{offer.partition('/')[0]}/*", "*/*"):
        found = [quality for name, quality in ranges if name == wanted]
        if found:
            return max(found)
    return 0.0


def _range(part: str) -> tuple[str, float]:
    name, *parameters = (piece.strip().lower() for piece in part.split(";"))
    quality = next((value for value in parameters if value.startswith("q=")), "q=1")
    try:
        return name, min(max(float(quality[2:]), 0.0), 1.0)
    except ValueError:
        return name, 0.0
