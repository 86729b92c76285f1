"""Speech that is only named: "Bessent's comments on tariffs", "remarks by the minister about the talks"."""

from collections.abc import Iterator

from kg.extract.attribution import Attribution
from kg.extract.lexicon import words
from kg.extract.parse import Parse, Tokens
from kg.extract.speakers import noun_phrase
from kg.extract.speech_context import SpeechContext

_TOPIC = frozenset({"on", "about", "regarding", "concerning", "over", "against", "for", "that"})
_NAMED = ("NNP", "NNPS")
_CONFIDENCE = 0.5


def find(context: SpeechContext, known: list[Attribution]) -> Iterator[Attribution]:
    """Nouns of speech with a named owner and a topic, outside what was found already."""
    heads = {one.head for one in known}
    for i, lemma in enumerate(context.lemmas):
        if lemma not in words("remark_nouns.txt") or not context.tags[i].startswith("NN") or i in heads:
            continue
        owner, topic = _owner(context.parse, i), _topic(context.parse, i)
        if owner is not None and topic is not None and not context.in_speech[i]:
            speaker = noun_phrase(context.parse, owner)
            yield Attribution(i, Tokens(i, i + 1), speaker, [topic], _CONFIDENCE, "speech:remarks")


def _owner(parse: Parse, noun: int) -> int | None:
    """Whose words they are: "X's remarks", "remarks by X", "remarks made by X"."""
    owner = parse.child(noun, "poss")
    for maker in (noun, *(c for c in parse.children[noun] if parse.deps[c] == "acl")):
        for by in (c for c in parse.children[maker] if parse.lower[c] in {"by", "from"} and c > noun):
            owner = parse.child(by, "pobj") if owner is None else owner
    return owner if owner is not None and parse.tags[owner] in _NAMED else None


def _topic(parse: Parse, noun: int) -> Tokens | None:
    for c in parse.children[noun]:
        if c > noun and parse.lower[c] in _TOPIC:
            return parse.edges[c]
    return None
