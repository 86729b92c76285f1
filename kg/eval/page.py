"""A measurement as one page of HTML: figures, tables, confusion, and every error in its text. It loads nothing."""

from collections.abc import Iterable
from html import escape
from itertools import groupby
from pathlib import Path

from kg.eval.measured import Measured, Wrong
from kg.export.marks import marked, table
from kg.export.marks import page as whole

_STYLE = Path(__file__).with_name("page.css")


def page(found: Measured) -> str:
    """The whole page; every word of it that comes from a text or a file is escaped."""
    title = f"kg eval {found.set}"
    parts = [
        f"<h1>{escape(title)}</h1><p>{found.articles:,} articles, extractor version {escape(found.extractor)}.</p>",
        "<h2>Figures</h2>", _figures(found),
        *(f"<h2>{escape(section)}</h2>{_tallies(found, section)}" for section in found.tables if found.tables[section]),
        "<h2>How sure, and how often right</h2>",
        table(("confidence", "how many", "mean", "share right"), found.reliability()),
        "<h2>Taken for</h2>", _confusion(found),
        f"<h2>Errors ({len(found.wrong):,})</h2>", *_errors(found.wrong),
    ]  # fmt: skip
    return whole(title, _STYLE.read_text("utf-8"), "\n".join(parts))


def _figures(found: Measured) -> str:
    measures = ("P", "R", "F1")
    return table(("", *measures), ((name, *(row.get(m, "") for m in measures)) for name, row in found.figures.items()))


def _tallies(found: Measured, section: str) -> str:
    rows = found.tables[section].items()
    return table(
        ("type", "found", "extra", "missing", "P", "R", "F1"),
        ((name, t.found, t.extra, t.missing, t.precision, t.recall, t.f1) for name, t in rows),
    )


def _confusion(found: Measured) -> str:
    return table(("gold", "taken for", "times"), found.confusions())


def _errors(wrong: list[Wrong]) -> Iterable[str]:
    """The errors by type, each to be opened."""
    ordered = sorted(wrong, key=lambda w: (w.type, w.verdict, w.article))
    for type_, group in groupby(ordered, key=lambda w: w.type):
        errors = list(group)
        yield f"<h3>{escape(type_)} ({len(errors):,})</h3>"
        yield from (_error(w) for w in errors)


def _error(w: Wrong) -> str:
    head = f'<summary><span class="v">{escape(w.verdict)} · {escape(w.article)}</span> {escape(w.what)}</summary>'
    return f'<details class="{escape(w.verdict)}">{head}<blockquote>{marked(w.excerpt, w.marks)}</blockquote></details>'
