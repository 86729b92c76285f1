"""An article as one HTML page for people: its text with all that was found marked, and what was found in tables."""

from collections.abc import Iterable
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from kg.export.marks import page, table
from kg.model import Article, Entity, Extraction

_STYLE = Path(__file__).with_name("article_page.css")
_GROUPS = {
    "Person": "person", "Group": "person", "Country": "place", "Place": "place", "Position": "office",
    "Policy": "policy", "Event": "event", "Instrument": "market",
}  # fmt: skip
"""The colour of a type; all bodies and companies have one."""


class _Layer(NamedTuple):
    """Something that lies on the text: its CSS class and what a reader is told of it."""

    start: int
    end: int
    kind: str
    told: str
    shown: bool = False


def article_page(pairs: Iterable[tuple[Article, Extraction]]) -> str:
    """One page for some articles; every word that comes from outside is escaped."""
    body = "\n".join(_article(article, extraction) for article, extraction in pairs)
    return page("What was found", _STYLE.read_text("utf-8"), body)


def _article(article: Article, extraction: Extraction) -> str:
    names = {e.id: e.name for e in extraction.entities} | {article.id: "this article"}
    names |= {s.id: f"“{_short(s.text)}”" for s in extraction.statements}
    known = (article.metadata.publisher, article.metadata.published, article.metadata.source)
    return "\n".join(
        [
            f"<article><h1>{escape(article.metadata.title or article.metadata.source or article.id)}</h1>",
            f'<p class="known">{escape(" · ".join(filter(None, known)))}</p>',
            _KEY,
            f'<div class="text">{_text(article.text, _layers(extraction))}</div>',
            f"<h2>Statements ({len(extraction.statements)})</h2>{_statements(extraction, names)}",
            f"<h2>Relations ({len(extraction.relations)})</h2>{_relations(extraction, names)}",
            f"<h2>Entities ({len(extraction.entities)})</h2>{_entities(extraction)}</article>",
        ]
    )


_KEY = '<p class="key">' + " ".join(
    f'<span class="{kind}">{kind}</span>'
    for kind in ("person", "body", "place", "office", "policy", "event", "market", "said")
) + "</p>"  # fmt: skip


def _layers(extraction: Extraction) -> list[_Layer]:
    found = [
        _Layer(m.start, m.end, _GROUPS.get(e.type, "body"), _told(e, m.kind), m.kind != "pronoun")
        for e in extraction.entities
        for m in e.mentions
    ]
    names = {e.id: e.name for e in extraction.entities}
    for s in extraction.statements:
        told = f"{names.get(s.speaker or '', 'somebody')} {s.act}, {s.stance} ({s.confidence})"
        found += [_Layer(span.start, span.end, "said", told) for span in s.content_spans]
    return found


def _told(entity: Entity, kind: str) -> str:
    return f"{entity.type}: {entity.name} ({kind})"


def _text(text: str, layers: list[_Layer]) -> str:
    """The text cut at every beginning and end, each piece with the classes of what lies on it."""
    cuts = sorted({0, len(text), *(layer.start for layer in layers), *(layer.end for layer in layers)})
    return "".join(_piece(text[a:b], [x for x in layers if x.start <= a and b <= x.end], b) for a, b in pairwise(cuts))


def _piece(words: str, layers: list[_Layer], end: int) -> str:
    if not layers:
        return escape(words)
    classes = " ".join(dict.fromkeys(layer.kind for layer in layers))
    told = "\n".join(dict.fromkeys(layer.told for layer in layers))
    labels = [layer.told.partition(":")[0] for layer in layers if layer.shown and layer.end == end]
    label = f"<small>{escape(labels[0])}</small>" if labels else ""
    return f'<span class="{classes}" title="{escape(told)}">{escape(words)}{label}</span>'


def _statements(extraction: Extraction, names: dict[str, str]) -> str:
    rows = [
        (
            names.get(s.speaker or "", "not told"),
            f"{s.act}, {s.stance}",
            s.text,
            names.get(s.addressed_to or "", ""),
            ", ".join(names[outlet] for outlet in s.reported_by),
            ", ".join(names[one] for one in s.about),
            s.confidence,
        )
        for s in extraction.statements
    ]
    return table(("speaker", "act, stance", "words", "to", "reported by", "about", "confidence"), rows)


def _relations(extraction: Extraction, names: dict[str, str]) -> str:
    rows = [
        (
            names[c.subject],
            c.type,
            names[c.object],
            c.status + (", inferred" if c.inferred else ""),
            ", ".join(f"{key} {value}" for key, value in c.qualifiers.items()),
            c.evidence.text,
            names.get(c.attributed_to or "", ""),
            c.rule,
            c.confidence,
        )
        for c in extraction.relations
    ]
    heads = ("subject", "relation", "object", "status", "more", "evidence", "in whose words", "rule", "confidence")
    return table(heads, rows)


def _entities(extraction: Extraction) -> str:
    rows = [
        (
            e.type,
            e.name,
            ", ".join(e.aliases),
            ", ".join(f"{key} {value}" for key, value in (e.identifiers | e.attributes).items()),
            len(e.mentions),
        )
        for e in extraction.entities
    ]
    return table(("type", "name", "also", "more", "mentions"), rows)


def _short(text: str, most: int = 60) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"
