"""Full text over sentences, names and titles."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

# A rough cut is enough to find a place again; the exact sentences are the extractor's.
_END = re.compile(r"""(?:(?<!\b[A-Z])\.|[!?…])["'”’)\]]*\s+(?=["'“‘(\[]?[A-Z0-9“‘])|\n\s*\n|\n""")
_LONGEST = 1000
_WORD = re.compile(r"\w+(?:[-.'’&]\w+)*", re.UNICODE)
_PART = re.compile(r'"([^"]*)"|(\S+)')

TITLE = 0xFFFFFFFF
"""The offset that stands for an article's title."""


@dataclass(frozen=True, slots=True)
class Found:
    """Something that has the words. `start` and `end` are offsets in the article's text, none for names and titles.

    `kind` is sentence, title or entity; `id` the article's or the entity's; `name` the title or the name.
    """

    kind: str
    id: str
    name: str
    article: str | None = None
    published: str | None = None
    snippet: str = ""
    start: int | None = None
    end: int | None = None


def passages(text: str) -> Iterator[tuple[int, int]]:
    """The spans of a text that are searched as one: sentences, roughly; never longer than 1,000 code points."""
    start = 0
    for match in _END.finditer(text):
        yield from _pieces(text, start, match.end())
        start = match.end()
    yield from _pieces(text, start, len(text))


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > _LONGEST:
        cut = text.rfind(" ", start + 1, start + _LONGEST) + 1 or start + _LONGEST
        yield start, cut
        start = cut
    if text[start:end].strip():
        yield start, end


def match_expression(words: str) -> str | None:
    """What a person typed as an FTS5 expression: all the words, phrases in double quotes; none without a word.

    Every word is quoted, so nothing typed is ever syntax.
    """
    terms = [" ".join(_WORD.findall(phrase or word)) for phrase, word in _PART.findall(words)]
    return " AND ".join(f'"{term}"' for term in terms if term) or None
