"""What the finders of cues, speakers and contents look at: the parse with its lemmas and quotations at hand."""

from functools import cached_property

from kg.extract.parse import Parse, Tokens
from kg.extract.quotes import Quotes

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})


class SpeechContext:
    """A parse, its quotations, and lemmas and name labels by token."""

    def __init__(self, parse: Parse) -> None:
        self.parse = parse
        self.quotes = Quotes(parse)
        self.lemmas = [parse.lemma(i) for i in range(len(parse))]

    @cached_property
    def labels(self) -> list[str]:
        """The OntoNotes label of the name each token is in, or ""."""
        labels = [""] * len(self.parse)
        for name in self.parse.named:
            labels[name.start : name.end] = [name.label] * (name.end - name.start)
        return labels

    @cached_property
    def sentence_has_quote(self) -> list[bool]:
        """For each sentence whether a quotation that reads as speech touches it."""
        has = [False] * len(self.parse.sentences)
        for quote in self.quotes.all:
            if self.quotes.is_speech(quote):
                for k in range(self.parse.sentence_of[quote.start], self.parse.sentence_of[quote.end - 1] + 1):
                    has[k] = True
        return has

    @cached_property
    def in_speech(self) -> list[bool]:
        """For each token whether it stands in a quotation that reads as speech."""
        speech = [self.quotes.is_speech(quote) for quote in self.quotes.all]
        return [k >= 0 and speech[k] for k in self.quotes.at]

    def sentence(self, i: int) -> Tokens:
        """The sentence of token i."""
        return self.parse.sentences[self.parse.sentence_of[i]]

    def word(self, i: int) -> str:
        """Token i in lower case, or a mark for what is outside the text."""
        return self.parse.lower[i] if 0 <= i < len(self.parse) else "<>"

    def tag(self, i: int) -> str:
        """The tag of token i, or a mark for what is outside the text."""
        return self.parse.tags[i] if 0 <= i < len(self.parse) else "<>"

    def subject(self, i: int) -> int | None:
        """The subject of token i."""
        return next((c for c in self.parse.children[i] if self.parse.deps[c] in _SUBJECTS), None)
