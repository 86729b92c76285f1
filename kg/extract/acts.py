"""What a speaker does by a statement, and how the speaker stands to what is said."""

from collections.abc import Iterator
from typing import NamedTuple

from kg.extract.attribution import Attribution
from kg.extract.lexicon import rows, words
from kg.extract.parse import Parse, Tokens


class Act(NamedTuple):
    """An act and a stance of the ontology."""

    act: str
    stance: str


_VERBS = {row[0]: Act(row[1], row[2]) for row in rows("speech_verbs.tsv")}
_NOUNS = {row[0]: Act(row[1], row[2]) for row in rows("speech_nouns.tsv")}
_PHRASES = {(row[0], row[1]): Act(row[2], row[3]) for row in rows("speech_phrases.tsv")}
_SAY = Act("say", "affirm")
_OPEN = frozenset({"say", "confirm", "announce", "warn", "expect", "other"})
_CLAUSE = frozenset({"ccomp", "ROOT", "parataxis", "xcomp", "advcl", "relcl", "acl", "conj", "pcomp"})
_NONE = frozenset({"no", "neither", "nor", "nothing", "none", "nobody"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_OBLIGING = frozenset({"must", "should"})


def of(parse: Parse, found: Attribution) -> Act:
    """The act and the stance of one attribution."""
    act = _of_cue(parse, found)
    if parse.tags[found.head].startswith("N"):
        return act
    if parse.is_negated(found.head) and (act.stance == "deny" or act.act in _OPEN):
        return Act("other", "neutral")
    if calls_untrue(parse, found):
        return Act("deny", "deny")
    return _by_content(parse, found, act) if act.act in _OPEN and act.stance == "affirm" else act


def _of_cue(parse: Parse, found: Attribution) -> Act:
    lemma = parse.lemma(found.head)
    direct = parse.child(found.head, "dobj", "oprd") is not None
    for word in _companions(parse, found):
        # "Called for a vote" demands; "called him a liar for …" does not.
        if (lemma, word) in _PHRASES and not (direct and word == "for" and lemma == "call"):
            return _PHRASES[lemma, word]
    if parse.lower[found.head] == "according":
        return _SAY
    table = _NOUNS if parse.tags[found.head].startswith("N") else _VERBS
    return table.get(lemma, _SAY if not parse.tags[found.head].startswith("V") else Act("other", "affirm"))


def _companions(parse: Parse, found: Attribution) -> Iterator[str]:
    """Words that change what a verb means: "call on", "call for", "tell … to", "rule out"."""
    for c in parse.children[found.head]:
        if parse.deps[c] in {"prt", "prep"}:
            yield parse.lower[c]
        elif parse.deps[c] in {"xcomp", "ccomp"} and parse.tags[c] == "VB" and _has_to(parse, c):
            yield "to"
        elif parse.deps[c] == "dobj":
            yield parse.lemma(c)


def _has_to(parse: Parse, verb: int) -> bool:
    return any(parse.tags[c] == "TO" for c in parse.children[verb])


def calls_untrue(parse: Parse, found: Attribution) -> bool:
    """Whether a claim is called false: "labelled the reports as unfounded", "said the claims were baseless"."""
    start, end = found.content[0]
    return calls_untrue_words(parse, start, min(end, start + _LONG))


def calls_untrue_words(parse: Parse, start: int, end: int) -> bool:
    """Whether the tokens [start, end) hold a noun of speech, or "this", and a word that calls it false."""
    tokens = range(start, end)
    if not any(parse.lower[i] in words("untrue_words.txt") for i in tokens):
        return False
    return any(parse.lemma(i) in _NOUNS or parse.lower[i] in {"this", "that", "it"} for i in tokens)


_LONG = 30


def _by_content(parse: Parse, found: Attribution, act: Act) -> Act:
    """A plain act takes its stance from what is said: a question, a negation, a possibility, a demand."""
    main = main_verb(parse, found.content[0])
    if _ends_with_question(parse, found):
        return Act(act.act, "neutral")
    if main is None:
        return act
    if denies(parse, main):
        return Act(act.act, "deny")
    if act.act == "say" and _demanded_of(parse, main) is not None:
        return Act("demand", "neutral")
    own_act = "expect" if act.act == "say" and _is_expectation(parse, main) else act.act
    return Act(own_act, "possible" if _is_possible(parse, main) else act.stance)


def _ends_with_question(parse: Parse, found: Attribution) -> bool:
    end = found.content[-1].end
    return "?" in parse.words[max(found.content[-1].start, end - 2) : end]


def main_verb(parse: Parse, piece: Tokens) -> int | None:
    """The verb on which the first clause of a piece hangs."""
    for i in range(*piece):
        above = parse.heads[i]
        if (above == i or not piece.start <= above < piece.end) and parse.tags[i][:1] in {"V", "M"}:
            return i
    return None


def denies(parse: Parse, verb: int) -> bool:
    """Whether a clause says that something is not so: a negated verb, or "no" at its subject or object."""
    if any(parse.lower[c] in {"if", "unless"} for c in parse.children[verb] if parse.deps[c] == "mark"):
        return False
    if parse.is_negated(verb):
        return True
    arguments = (c for c in parse.children[verb] if parse.deps[c] in {"nsubj", "nsubjpass", "dobj", "attr", "expl"})
    return any(parse.lower[c] in _NONE or any(parse.lower[g] == "no" for g in parse.children[c]) for c in arguments)


def _is_expectation(parse: Parse, verb: int) -> bool:
    """Whether the speaker tells an expectation: "he said he expects"."""
    act, subject = _VERBS.get(parse.lemma(verb), _SAY), parse.child(verb, "nsubj")
    return act.act == "expect" and subject is not None and parse.lower[subject] in _OWN


_OWN = frozenset({"i", "we", "he", "she", "they", "it"})


def _is_possible(parse: Parse, verb: int) -> bool:
    return any(
        parse.lower[c] in words("possible_words.txt")
        for c in parse.children[verb]
        if parse.deps[c] in {"aux", "advmod", "acomp", "attr"}
    )


def _demanded_of(parse: Parse, verb: int) -> int | None:
    """The subject of "the U.S. must withdraw": someone else than the speaker, told to do something."""
    obliged = any(parse.lower[c] in _OBLIGING for c in parse.children[verb] if parse.deps[c] == "aux")
    if not obliged or parse.tags[verb] != "VB" or parse.lower[verb] in {"be", "have"}:
        return None
    return next((c for c in parse.children[verb] if parse.deps[c] == "nsubj" and c < verb), None)


def demanded_of(parse: Parse, found: Attribution) -> int | None:
    """The token of whom a statement's content tells to do something."""
    main = main_verb(parse, found.content[0])
    return None if main is None else _demanded_of(parse, main)
