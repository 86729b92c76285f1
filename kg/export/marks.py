"""Text with marks on it, as HTML that loads nothing: every word that comes from a text is escaped."""

from collections.abc import Iterable, Sequence
from html import escape
from itertools import pairwise

import msgspec


class Mark(msgspec.Struct, frozen=True, order=True):
    """A stretch of a text, in code points of it, and what it is."""

    start: int
    end: int
    label: str


def pieces(text: str, marks: Sequence[Mark]) -> Iterable[tuple[str, str]]:
    """The text cut up at its marks, each piece with the labels that lie on it ("" for none)."""
    cuts = sorted({0, len(text), *(m.start for m in marks), *(m.end for m in marks)})
    for a, b in pairwise(cuts):
        labels = [m.label for m in marks if m.start <= a and b <= m.end]
        yield text[a:b], ", ".join(dict.fromkeys(labels))


def marked(text: str, marks: Sequence[Mark]) -> str:
    """A text as HTML with its marks, each followed by its label."""
    return "".join(
        f"<mark>{escape(piece)}<small>{escape(label)}</small></mark>" if label else escape(piece)
        for piece, label in pieces(text, marks)
    )


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table as HTML; numbers stand to the right."""
    head = "".join(f"<th>{escape(name)}</th>" for name in heads)
    lines = ["".join(_cell(value) for value in row) for row in rows]
    return f"<table><tr>{head}</tr>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f'<td class="n">{value:.4g}</td>'
    return f'<td class="n">{value}</td>' if isinstance(value, int) else f"<td>{escape(str(value))}</td>"


def page(title: str, style: str, body: str) -> str:
    """A whole page around a body that is HTML already; `style` is CSS of ours."""
    head = (
        f'<meta charset="utf-8"><title>{escape(title)}</title><meta name="viewport" content="width=device-width">'
        f"<style>{style}</style>"
    )
    return f'<!DOCTYPE html>\n<html lang="en"><head>{head}</head><body>\n{body}\n</body></html>\n'
