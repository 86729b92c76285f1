"""Where the name of a capital stands for its country: it acts, speaks, is spoken to, or has ties with another."""

from kg.extract import gazetteer
from kg.extract.parse import Parse

_ACTS = gazetteer.word_set("metonyms.acts")
_ABSTRACT = gazetteer.word_set("metonyms.abstract")
_POLICIES = gazetteer.word_set("metonyms.policies")
_MOODS = gazetteer.word_set("metonyms.moods")
_RELATIONAL = frozenset({"with", "against", "by", "toward", "towards", "between"})
_FROM_HEADS = frozenset(
    {"official", "delegation", "envoy", "negotiator", "pressure", "support", "signal", "leader", "diplomat"}
)
_ADDRESSED = frozenset(
    {"accuse", "blame", "pressure", "urge", "criticize", "criticise", "call", "phone", "contact", "pledge", "promise"}
)
_ADDRESSING = frozenset({"reach", "appeal", "signal", "respond", "call", "speak", "talk"})


def stands_for_country(parse: Parse, head: int) -> bool:
    """Whether a capital's name with this last token means the state."""
    governor, dep = parse.heads[head], parse.deps[head]
    if dep == "nsubj" and parse.tags[governor].startswith("V"):
        return parse.lemma(governor) in _ACTS or _is_in_mood(parse, governor)
    if dep in {"poss", "compound", "nmod"} and parse.lemma(governor) in _POLICIES:
        return True
    if dep == "poss":
        return parse.lemma(governor) in _ABSTRACT or parse.lower[governor].endswith("ing")
    if dep == "pobj" and parse.deps[governor] in {"prep", "agent"}:
        return _in_phrase(parse, governor)
    if dep == "conj":
        return stands_for_country(parse, governor)
    return dep == "dobj" and parse.lemma(governor) in _ADDRESSED


def _is_in_mood(parse: Parse, verb: int) -> bool:
    """Of the form "Canberra was quick to protest"."""
    mood = parse.child(verb, "acomp")
    return mood is not None and parse.lower[mood] in _MOODS


def _in_phrase(parse: Parse, preposition: int) -> bool:
    word, governor = parse.lower[preposition], parse.heads[preposition]
    if word in _RELATIONAL:
        return word != "with" or parse.tags[governor].startswith(("N", "V"))
    if word == "from":
        return parse.lemma(governor) in _FROM_HEADS
    return word == "to" and parse.lemma(governor) in _ADDRESSING
