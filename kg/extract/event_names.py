"""Names of events, laws and prizes ("the Vietnam War", "the Uefa Cup"): what is in them names no place or body."""

from kg.extract import gazetteer
from kg.extract.candidates import is_capital
from kg.extract.parse import Parse

_NOUNS = gazetteer.word_set("event_names.nouns")
_LINKS = frozenset({"-", "of", "and", "&"})


def tokens(parse: Parse) -> set[int]:
    """The tokens of such names: capitalised words that run up to one of the nouns."""
    found: set[int] = set()
    for i, word in enumerate(parse.words):
        if word in _NOUNS and i and parse.tags[i].startswith("NNP") and is_capital(parse.words[i - 1]):
            start = i - 1
            while start > 0 and parse.tags[start - 1].startswith(("NNP", "JJ")) and is_capital(parse.words[start - 1]):
                start -= 1
            if parse.words[i - 1] not in {"The", "This", "A"}:
                found.update(range(start, i + 1))
    return found
