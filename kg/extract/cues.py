"""Words that announce speech or opinion: verbs, "according to", nouns such as "claim", a colon after a name."""

from collections.abc import Iterator
from typing import NamedTuple

from kg.extract.lexicon import rows, words
from kg.extract.parse import Parse
from kg.extract.speech_context import SpeechContext


class Cue(NamedTuple):
    """A word that may announce speech. `head` carries it; [start, end) has its auxiliaries and particles too."""

    head: int
    start: int
    end: int


_AUXILIARY = frozenset({"aux", "auxpass"})
_GROUP = frozenset({"aux", "auxpass", "neg", "prt"})


def key(context: SpeechContext, i: int) -> str:
    """A word's lemma with its part of speech: what a list of cue words is made of."""
    return f"{context.lemmas[i]}/{context.parse.tags[i][:1]}"


def span(parse: Parse, head: int) -> Cue:
    """The cue with its auxiliaries, negation and particle, where they stand next to it; "according" with its "to"."""
    if parse.lower[head] == "according":
        return Cue(head, head, min(head + 2, len(parse)))
    start = head
    while start > 0 and parse.heads[start - 1] == head and parse.deps[start - 1] in _GROUP | {"advmod"}:
        start -= 1
    while start < head and parse.deps[start] == "advmod":
        start += 1
    end = head + 1
    while end < len(parse) and parse.heads[end] == head and parse.deps[end] in {"prt", "neg"}:
        end += 1
    return Cue(head, start, end)


def is_verb(parse: Parse, i: int) -> bool:
    """Whether token i is a verb that is no auxiliary."""
    return parse.tags[i].startswith("VB") and parse.deps[i] not in _AUXILIARY


_ACTS = {row[0]: row[1] for row in rows("speech_verbs.tsv")}


def verb_act(lemma: str) -> str:
    """What a verb of the lexicon does, "" for any other."""
    return _ACTS.get(lemma, "")


def features(context: SpeechContext, i: int) -> list[str]:
    """What a word looks like as a cue, as feature names."""
    parse, lemma, dep = context.parse, context.lemmas[i], context.parse.deps[i]
    tag, head = parse.tags[i], parse.heads[i]
    found = [
        f"l={lemma}",
        f"lt={lemma} {tag}",
        f"d={dep}",
        f"t={tag}",
        f"ld={lemma} {dep}",
        f"suf={lemma[-3:]} {tag}",
        f"h={context.lemmas[head]} {dep}",
        f"n={context.lower[i + 1]}",
        f"p={context.lower[i - 1]}",
        f"ln={lemma} {context.lower[i + 1]}",
        f"lp={lemma} {context.lower[i - 1]}",
        f"nt={context.tags[i + 1]}",
        f"pt={context.tags[i - 1]}",
        f"tnt={tag} {context.tags[i + 1]} {context.tags[i + 2]}",
    ]
    found += _of_quotes(context, i, lemma)
    found += _of_children(context, i, lemma, tag)
    return found


def _of_quotes(context: SpeechContext, i: int, lemma: str) -> list[str]:
    at, sentence = context.quotes.at, context.parse.sentence_of[i]
    inside = "in" if context.in_speech[i] else "part" if at[i] >= 0 else "out"
    near = context.sentence_has_quote[sentence]
    before = any(at[j] >= 0 for j in range(max(0, i - 4), i))
    after = any(at[j] >= 0 for j in range(i + 1, min(len(at), i + 5)))
    return [
        f"q={inside} {near}",
        f"qb={inside} {before} {after}",
        f"lq={lemma} {inside} {near}",
        f"lqb={lemma} {before} {after}",
    ]


def _of_children(context: SpeechContext, i: int, lemma: str, tag: str) -> Iterator[str]:
    parse = context.parse
    for c in parse.children[i]:
        dep, side = parse.deps[c], "L" if c < i else "R"
        yield f"c={dep}{side}"
        yield f"lc={lemma} {dep}{side}"
        if dep in {"prep", "aux", "prt", "mark", "advmod"}:
            yield f"cw={dep} {parse.lower[c]}"
            yield f"lcw={lemma} {parse.lower[c]}"
        if dep in {"dobj", "nsubj", "nsubjpass", "poss"}:
            yield f"cl={dep} {context.lemmas[c]}"
            yield f"ct={dep} {parse.tags[c]} {context.labels[c]}"
            yield f"lct={lemma} {dep} {parse.tags[c]}"
        if dep == "ccomp":
            yield f"mark={side} {'that' if parse.child(c, 'mark') is not None else ''}"
    around = frame(parse, i)
    yield f"f={tag} {around}"
    yield f"lf={lemma} {around}"
    yield f"a={verb_act(lemma)} {tag} {around}"
    yield f"first={parse.sentence_of[i] == 0} {tag} {around}"
    yield f"aq={verb_act(lemma)} {context.in_speech[i]} {parse.deps[i]}"


_FRAME = frozenset({"nsubj", "nsubjpass", "ccomp", "xcomp", "dobj", "agent", "prep", "poss", "acl", "oprd"})


def frame(parse: Parse, i: int) -> str:
    """The kinds of arguments and clauses that a word has."""
    return " ".join(sorted({parse.deps[c] for c in parse.children[i]} & _FRAME))


def candidates(context: SpeechContext, listed: frozenset[str] | set[str]) -> Iterator[int]:
    """All verbs, and the other words that were found to be cues; not what only hedges ("reportedly", "seems")."""
    for i, lemma in enumerate(context.lemmas):
        if lemma in words("hedges.txt"):
            continue
        if is_verb(context.parse, i) or (key(context, i) in listed and context.tags[i] != "RB"):
            yield i
