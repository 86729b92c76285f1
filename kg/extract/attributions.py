"""All acts of speech in an article, as token ranges."""

from kg.extract import contents, cues, speakers
from kg.extract.attribution import Attribution
from kg.extract.parse import Parse, Tokens
from kg.extract.quotes import Quotes


def find(parse: Parse) -> list[Attribution]:
    """Every cue with a content, in the order of the text."""
    quotes = Quotes(parse)
    found = [_at(parse, quotes, cue) for cue in cues.find(parse)]
    return [attribution for attribution in found if attribution is not None]


def _at(parse: Parse, quotes: Quotes, cue: cues.Cue) -> Attribution | None:
    quote = quotes.of(cue.head)
    if quote is not None and quotes.is_speech(quote):
        return None
    speaker = speakers.find(parse, quotes, cue)
    content = contents.find(parse, quotes, cue, speaker)
    if not content:
        return None
    return Attribution(cue.head, Tokens(cue.start, cue.end), speaker, content, 0.7, f"speech:{cue.kind}")
