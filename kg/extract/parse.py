"""The parse of an article as plain lists, so that the stages need neither spaCy nor its slow token objects.

Whitespace tokens are left out; indices count the tokens that remain. Tags are Penn Treebank tags,
dependencies ClearNLP labels, entity labels OntoNotes ones, as the spaCy model gives them.
"""

from bisect import bisect_right
from collections.abc import Callable
from functools import cached_property
from typing import NamedTuple

from kg.extract.boundaries import paragraph_end


class Tokens(NamedTuple):
    """A half-open range of token indices."""

    start: int
    end: int


class NamedSpan(NamedTuple):
    """A span that the model takes for a name, as token indices, with its OntoNotes label."""

    start: int
    end: int
    label: str


class Parse:
    """One article's tokens, tree, sentences and named spans.

    `heads[i]` is the index of token i's head; the root of a sentence is its own head.
    `sentences` and `paragraphs` are token ranges that cover all tokens in order.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - a parse is these parallel lists
        self,
        text: str,
        words: list[str],
        starts: list[int],
        tags: list[str],
        deps: list[str],
        heads: list[int],
        sentences: list[Tokens],
        named: list[NamedSpan],
        lemmatise: Callable[[str, str], str],
    ) -> None:
        self.text = text
        self.words = words
        self.starts = starts
        self.ends = [start + len(word) for start, word in zip(starts, words, strict=True)]
        self.tags = tags
        self.deps = deps
        self.heads = heads
        self.sentences = sentences
        self.named = named
        self._lemmatise = lemmatise

    def __len__(self) -> int:
        return len(self.words)

    @cached_property
    def lower(self) -> list[str]:
        """The words in lower case."""
        return [word.lower() for word in self.words]

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The words that the text writes in small letters."""
        return frozenset(word for word in self.words if word.islower())

    def lemma(self, i: int) -> str:
        """The lower-case dictionary form of token i."""
        return self._lemmatise(self.words[i], self.tags[i])

    @cached_property
    def children(self) -> list[list[int]]:
        """The dependents of each token, left to right."""
        children: list[list[int]] = [[] for _ in self.words]
        for i, head in enumerate(self.heads):
            if head != i:
                children[head].append(i)
        return children

    @cached_property
    def edges(self) -> list[Tokens]:
        """For each token the range from the leftmost to the rightmost token of its subtree."""
        left = list(range(len(self.words)))
        right = list(range(1, len(self.words) + 1))
        for sentence in self.sentences:
            self._spread(sentence, left, right)
        return [Tokens(a, b) for a, b in zip(left, right, strict=True)]

    def _spread(self, sentence: Tokens, left: list[int], right: list[int]) -> None:
        # Children before parents: walk each sentence's tree from its leaves.
        order: list[int] = [i for i in range(*sentence) if self.heads[i] == i]
        for i in order:
            order.extend(self.children[i])
        for i in reversed(order):
            head = self.heads[i]
            if head != i:
                left[head] = min(left[head], left[i])
                right[head] = max(right[head], right[i])

    @cached_property
    def sentence_of(self) -> list[int]:
        """The index of each token's sentence."""
        return [k for k, (a, b) in enumerate(self.sentences) for _ in range(a, b)]

    @cached_property
    def paragraphs(self) -> list[Tokens]:
        """Token ranges between line breaks, or in wrapped text between blank or indented lines."""
        is_end = paragraph_end(self.text).search
        gaps = ((i, self.text[self.ends[i - 1] : self.starts[i]]) for i in range(1, len(self.words)))
        starts = [0] + [i for i, gap in gaps if "\n" in gap and is_end(gap)]
        ends = [*starts[1:], len(self.words)]
        return [Tokens(a, b) for a, b in zip(starts, ends, strict=True) if a < b]

    @cached_property
    def paragraph_of(self) -> list[int]:
        """The index of each token's paragraph."""
        return [k for k, (a, b) in enumerate(self.paragraphs) for _ in range(a, b)]

    def offsets(self, start: int, end: int) -> tuple[int, int]:
        """The code points that the tokens [start, end) cover."""
        return self.starts[start], self.ends[end - 1]

    def span_text(self, start: int, end: int) -> str:
        """The article's text under the tokens [start, end)."""
        return self.text[self.starts[start] : self.ends[end - 1]]

    def token_at(self, offset: int) -> int:
        """The token that covers a code point, or the last one before it (0 where there is none)."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def sentence_span(self, i: int) -> tuple[int, int]:
        """The code points of token i's sentence."""
        return self.offsets(*self.sentences[self.sentence_of[i]])

    def child(self, i: int, *deps: str) -> int | None:
        """The first dependent of token i with one of these labels."""
        return next((c for c in self.children[i] if self.deps[c] in deps), None)

    def is_negated(self, i: int) -> bool:
        """Whether token i has a negation of its own ("not", "n't", "never", "no")."""
        return any(self.deps[c] == "neg" or self.lower[c] in _NEGATIONS for c in self.children[i])


_NEGATIONS = frozenset({"not", "n't", "n’t", "never", "no", "neither", "nor"})
