"""Quotations: straight, curly and mixed marks, nested, unclosed, and such as go on over several paragraphs.

Quotes(parse)  ->  the outermost quotations in the order of the text, and for each token which one it is in
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from kg.extract.parse import Parse

_DOUBLE = '"“”„«»'
_MARK = re.compile(r"''|``|‘‘|’’|[\"“”„«»‘’'`]")
_SINGLE_OPEN = re.compile(r"(?:^|[\s(\[—–\-/“\"])$")
_NO_OPENING = re.compile(r"\d0s|em\b|til\b|tis\b|twas\b|cause\b|n\b|round\b", re.IGNORECASE)
_GENITIVE = re.compile(r"s['’] [a-z]")
_MAX_SINGLE = 400
"""Code points within which a single quotation mark must find its partner; else it is an apostrophe."""


class Quote(NamedTuple):
    """A quotation with its marks: tokens [start, end), code points [lo, hi).

    `continues` says that it goes on the one in the paragraph before.
    """

    start: int
    end: int
    lo: int
    hi: int
    closed: bool
    continues: bool


class Quotes:
    """The quotations of one article; `at[i]` is the index of the one that token i is in, or -1."""

    def __init__(self, parse: Parse) -> None:
        self.parse = parse
        self.all: list[Quote] = []
        self.at: list[int] = [-1] * len(parse)
        open_before = False
        for paragraph in parse.paragraphs:
            lo, hi = parse.offsets(*paragraph)
            spans = list(_spans(parse.text, lo, hi))
            for a, b, closed in spans:
                self._add(a, b, closed, open_before and a == lo)
            open_before = bool(spans) and not spans[-1][2]

    def _add(self, lo: int, hi: int, closed: bool, continues: bool) -> None:
        start = bisect_left(self.parse.ends, lo + 1)
        end = bisect_left(self.parse.starts, hi)
        if start >= end:
            return
        for i in range(start, end):
            self.at[i] = len(self.all)
        self.all.append(Quote(start, end, lo, hi, closed, continues))

    def of(self, i: int) -> Quote | None:
        """The quotation that token i is in."""
        return self.all[self.at[i]] if self.at[i] >= 0 else None

    def words(self, quote: Quote) -> int:
        """How many words it has, marks and punctuation not counted."""
        return sum(self.parse.words[i][:1].isalnum() for i in range(quote.start, quote.end))

    def is_speech(self, quote: Quote) -> bool:
        """Whether it reads as a sentence or a good part of one, instead of a title, a term or a scare quote."""
        return self.words(quote) >= _MIN_SPEECH or (
            self.words(quote) > 1 and any(self.parse.words[i] in _ENDS for i in range(quote.start, quote.end))
        )


_MIN_SPEECH = 6
_ENDS = frozenset({".", ",", "?", "!", "…"})


def _spans(text: str, lo: int, hi: int) -> Iterator[tuple[int, int, bool]]:
    """The outermost quotations of one paragraph as (lo, hi, whether closed)."""
    start: int | None = None
    single = False
    for mark in _MARK.finditer(text, lo, hi):
        if start is None:
            single = not _is_double(mark.group())
            if _opens_single(text, mark, hi) if single else _opens(text, mark, lo, hi):
                start = mark.start()
        elif single:
            if _closes_single(text, mark, hi):
                yield start, mark.end(), True
                start = None
        elif _is_double(mark.group()) and _closes(text, mark, lo, hi):
            yield start, mark.end(), True
            start = None
    if start is not None and not single:
        yield start, hi, False


def _is_double(mark: str) -> bool:
    return len(mark) > 1 or mark in _DOUBLE


def _after(text: str, mark: "re.Match[str]", hi: int) -> str:
    return text[mark.end() : mark.end() + 1] if mark.end() < hi else ""


def _opens(text: str, mark: "re.Match[str]", lo: int, hi: int) -> bool:
    """A closing-looking mark opens where it stands before a word and after a space: marks are often turned wrongly."""
    if mark.group() in {"“", "„", "«", "``", "‘‘"}:
        return True
    after = _after(text, mark, hi)
    if not after or after.isspace():
        return False
    return mark.start() == lo or not text[mark.start() - 1].isalnum()


def _closes(text: str, mark: "re.Match[str]", lo: int, hi: int) -> bool:
    if mark.group() in {"”", "»", "’’"}:
        return True
    after = _after(text, mark, hi)
    before_space = mark.start() > lo and text[mark.start() - 1].isspace()
    # A mark that hangs on the next word opens a quotation inside the quotation.
    return not (before_space and after.isalnum())


def _opens_single(text: str, mark: "re.Match[str]", hi: int) -> bool:
    if mark.group() == "`" or not _SINGLE_OPEN.search(text, max(0, mark.start() - 1), mark.start()):
        return False
    if _NO_OPENING.match(text, mark.end()) or not _after(text, mark, hi).strip():
        return False
    last = min(hi, mark.end() + _MAX_SINGLE)
    return any(_closes_single(text, other, hi) for other in _MARK.finditer(text, mark.end(), last))


def _closes_single(text: str, mark: "re.Match[str]", hi: int) -> bool:
    """Whether a single mark closes: after a word or a stop and before no letter; a genitive's only if none follows."""
    if not _may_close(text, mark, hi):
        return False
    if not _GENITIVE.match(text, mark.start() - 1):
        return True
    last = min(hi, mark.end() + _MAX_SINGLE)
    return not any(_may_close(text, other, hi) for other in _MARK.finditer(text, mark.end(), last))


def _may_close(text: str, mark: "re.Match[str]", hi: int) -> bool:
    return mark.group() in {"'", "’"} and not _after(text, mark, hi).isalnum() and not text[mark.start() - 1].isspace()
