"""A web page to an article: its text by trafilatura, its metadata by what the page says of itself to machines."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urljoin

import trafilatura

from kg.errors import SourceError
from kg.model import Article
from kg.sources import normal
from kg.sources.article import Details, Failure
from kg.sources.encodings import decode
from kg.sources.inputs import Input
from kg.sources.recipes import Recipe
from kg.sources.streams import read_all

_MAX_PAGE = 20_000_000
_DECLARED = re.compile(rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?([\w-]+)""", re.IGNORECASE)
_PROLOG = re.compile(r"^\s*<\?xml[^>]*\?>")
_META_PUBLISHED = (
    "article:published_time og:published_time datepublished parsely-pub-date sailthru.date pubdate publishdate "
    "publish-date date dc.date.issued dcterms.created dc.date dcterms.date"
)
_META_MODIFIED = "article:modified_time og:updated_time datemodified lastmod last-modified dcterms.modified"
_META_AUTHORS = "author article:author parsely-author sailthru.author byl dc.creator dcterms.creator"
_META_PUBLISHER = "og:site_name publisher dc.publisher dcterms.publisher application-name"


def page(given: Input, recipe: Recipe, overrides: Details) -> Article | Failure:
    """The article of an HTML page; a `Failure` where no running text is found in it."""
    raw = read_all(given.stream, _MAX_PAGE, f"The page has more than {_MAX_PAGE:,} bytes; an article is smaller.")
    declared = _DECLARED.search(raw[:2_048])
    charset = given.charset or (declared[1].decode("ascii") if declared else None)
    tree = trafilatura.load_html(_PROLOG.sub("", decode(raw, charset)))
    if tree is None:
        raise SourceError("It is not an HTML page.")
    details = _details(tree, given.url)
    text = _text(tree, details.title)
    if not text:
        reason = "No article text was found in the page: is it a front page, or one that only a browser can fill?"
        return Failure(source=given.source, reason=reason)
    return recipe.article(text, given.source, details, overrides)


def _text(tree: Any, title: str | None) -> str:
    """Paragraphs, one a line; the headline, which is metadata, is not repeated before them."""
    found = trafilatura.bare_extraction(tree, include_comments=False, include_tables=False)
    first, _, rest = str(getattr(found, "text", None) or "").partition("\n")
    return rest if rest and normal.line(first) == title else f"{first}\n{rest}".strip()


def _details(tree: Any, url: str | None) -> Details:
    """What JSON-LD says, else the meta elements, else what trafilatura makes of the page."""
    linked = next(_linked_articles(tree), {})
    meta = _Meta(tree)
    seen = trafilatura.extract_metadata(tree, date_config=_DATES)
    return Details(
        url=_address(tree, meta, url),
        title=normal.line(linked.get("headline")) or normal.line(seen.title),
        publisher=_name(linked.get("publisher")) or meta.line(_META_PUBLISHER) or normal.line(seen.sitename),
        authors=normal.authors(linked.get("author")) or meta.authors() or normal.authors(seen.author),
        published=normal.iso_date(linked.get("datePublished")) or meta.date(_META_PUBLISHED) or _shown_date(tree, seen),
        modified=normal.iso_date(linked.get("dateModified")) or meta.date(_META_MODIFIED),
        language=normal.language_code(tree.get("lang")) or normal.language_code(meta.line("og:locale")),
    )


# Without an upper end the search for a date would reject what is later than the clock of the machine.
_DATES = {"original_date": True, "extensive_search": False, "min_date": "1800-01-01", "max_date": "2999-12-31"}


def _shown_date(tree: Any, seen: Any) -> str | None:
    stamps = (normal.iso_date(stamp) for stamp in tree.xpath("//article//time/@datetime | //header//time/@datetime"))
    return next(filter(None, stamps), None) or normal.iso_date(seen.date)


def _name(value: object) -> str | None:
    return next(iter(normal.authors([value] if isinstance(value, str) else value)), None)


def _address(tree: Any, meta: "_Meta", url: str | None) -> str | None:
    links = [*tree.xpath("//link[@rel='canonical']/@href")[:1], meta.line("og:url"), url]
    return next(filter(None, (normal.canonical_url(urljoin(url or "", link)) for link in links if link)), None)


class _Meta:
    """The page's meta elements under their names in lower case."""

    def __init__(self, tree: Any) -> None:
        self.values: dict[str, list[str]] = {}
        for element in tree.iter("meta"):
            name = element.get("property") or element.get("name") or element.get("itemprop") or ""
            if content := normal.line(element.get("content")):
                self.values.setdefault(name.lower(), []).append(content)

    def _all(self, names: str) -> Iterator[list[str]]:
        return (self.values[name] for name in names.split() if name in self.values)

    def line(self, names: str) -> str | None:
        return next((values[0] for values in self._all(names)), None)

    def date(self, names: str) -> str | None:
        return next(filter(None, (normal.iso_date(values[0]) for values in self._all(names))), None)

    def authors(self) -> tuple[str, ...]:
        return next(
            filter(
                None, (normal.authors(values[0] if len(values) == 1 else values) for values in self._all(_META_AUTHORS))
            ),
            (),
        )


def _linked_articles(tree: Any) -> Iterator[Mapping[str, Any]]:
    """The articles that the page's JSON-LD describes."""
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            content = json.loads(script, strict=False)
        except (ValueError, RecursionError):
            continue
        for thing in content if isinstance(content, list) else [content]:
            yield from filter(_is_article, [thing, *_graph(thing)])


def _graph(thing: object) -> list[object]:
    graph = thing.get("@graph") if isinstance(thing, dict) else None
    return graph if isinstance(graph, list) else []


def _is_article(thing: object) -> bool:
    types = thing.get("@type") if isinstance(thing, dict) else None
    return any(str(one).endswith(("Article", "Posting")) for one in (types if isinstance(types, list) else [types]))
