"""Quotations with their speaker after a dash: “The levy is unfair.” — Ada Mensah, finance minister."""

from collections.abc import Iterator

from kg.extract.attribution import Attribution
from kg.extract.parse import Tokens
from kg.extract.quotes import Quote
from kg.extract.speech_context import SpeechContext

_DASHES = frozenset({"—", "–", "-", "--", "―"})
_LONGEST = 12
_CONFIDENCE = 0.8


def find(context: SpeechContext) -> Iterator[Attribution]:
    """Speech in quote marks that a dash and a name end the paragraph after."""
    for quote in context.quotes.all:
        speaker = _signed(context, quote) if quote.closed and context.quotes.is_speech(quote) else None
        if speaker is not None:
            dash = Tokens(quote.end, quote.end + 1)
            content = [Tokens(quote.start, quote.end)]
            yield Attribution(quote.end, dash, speaker, content, _CONFIDENCE, "speech:signature")


def _signed(context: SpeechContext, quote: Quote) -> Tokens | None:
    parse, start = context.parse, quote.end + 1
    if start >= len(parse) or parse.words[quote.end] not in _DASHES or not parse.words[start][:1].isupper():
        return None
    end = parse.paragraphs[parse.paragraph_of[quote.end]].end
    if end - start > _LONGEST or parse.paragraph_of[start] != parse.paragraph_of[quote.start]:
        return None
    stop = next((i for i in range(start, end) if parse.words[i] in {",", "(", "[", "."}), end)
    return Tokens(start, stop) if all(parse.tags[i][0] != "V" for i in range(start, end)) else None
