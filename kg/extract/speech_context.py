"""What the finders of cues, speakers and contents look at: the parse with its lemmas and quotations at hand."""

from functools import cached_property

from kg.extract.parse import Parse, Tokens
from kg.extract.quotes import Quotes

_OUTSIDE = ("<>", "<>")


class SpeechContext:
    """A parse, its quotations, and lemmas, lower-case words, tags and name labels by token."""

    def __init__(self, parse: Parse) -> None:
        self.parse = parse
        self.quotes = Quotes(parse)
        self.lemmas = [parse.lemma(i) for i in range(len(parse))]
        # Padded at the end, where index -1 looks too, so that every token has neighbours.
        self.lower = [*parse.lower, *_OUTSIDE]
        self.tags = [*parse.tags, *_OUTSIDE]

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

    @cached_property
    def in_brackets(self) -> list[bool]:
        """For each token whether it stands in round or square brackets that its sentence closes."""
        inside = [False] * len(self.parse)
        for sentence in self.parse.sentences:
            opened: int | None = None
            for i in range(*sentence):
                if self.parse.words[i] in {"(", "["}:
                    opened = i
                elif self.parse.words[i] in {")", "]"} and opened is not None:
                    inside[opened : i + 1] = [True] * (i + 1 - opened)
                    opened = None
        return inside

    def sentence(self, i: int) -> Tokens:
        """The sentence of token i."""
        return self.parse.sentences[self.parse.sentence_of[i]]
