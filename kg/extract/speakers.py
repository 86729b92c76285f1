"""The words that name the speaker of a cue: candidates, and what each looks like."""

from bisect import bisect_left
from collections.abc import Iterator

from kg.extract.cues import verb_act
from kg.extract.lexicon import words
from kg.extract.parse import Parse, Tokens
from kg.extract.speech_context import SpeechContext

_NOMINAL = ("NN", "PRP", "WP", "WDT")
_SHORT = frozenset({"DT", "CD", "JJ", "JJS"})
_NO_HEAD = frozenset({"compound", "amod", "nmod", "det", "npadvmod", "nummod", "quantmod"})
_ARGUMENT = frozenset({"nsubj", "nsubjpass", "pobj"})
_INSIDE = frozenset({"compound", "amod", "det", "poss", "case", "nmod", "nummod", "quantmod", "predet"})
_MAX_PREP = 8
_MAX_PATH = 4
_FAR = 5


def candidates(context: SpeechContext, cue: int) -> list[int]:
    """Heads of noun phrases in the cue's sentence, and subjects in the two sentences before."""
    parse = context.parse
    k = parse.sentence_of[cue]
    found = [i for i in range(*parse.sentences[k]) if i != cue and _may_speak(context, i, cue)]
    for before in range(max(0, k - 2), k):
        found += [
            i
            for i in range(*parse.sentences[before])
            if parse.deps[i] in {"nsubj", "nsubjpass"} and _may_speak(context, i, cue)
        ]
    return found


def _may_speak(context: SpeechContext, i: int, cue: int) -> bool:
    parse = context.parse
    if context.in_speech[i] and context.quotes.at[i] != context.quotes.at[cue]:
        return False
    if context.in_brackets[i] and not context.in_brackets[cue]:
        return False
    tag, dep = parse.tags[i], parse.deps[i]
    if tag.startswith(_NOMINAL):
        return dep not in _NO_HEAD
    return tag in _SHORT and dep in _ARGUMENT


def noun_phrase(parse: Parse, head: int) -> Tokens:
    """A noun with what stands before it, and with "of …", "from …" right after it."""
    start, end = head, head + 1
    while start > 0 and _belongs(parse, start - 1, head):
        start -= 1
    while start < head and not parse.words[start][:1].isalnum():
        start += 1
    for c in parse.children[head]:
        if c == end and parse.deps[c] == "prep" and parse.edges[c].end - c <= _MAX_PREP:
            end = parse.edges[c].end
    return Tokens(start, end)


def _belongs(parse: Parse, i: int, head: int) -> bool:
    """Whether token i stands inside the noun phrase before its head."""
    for _ in range(_MAX_PATH):
        if parse.deps[i] not in _INSIDE and parse.tags[i] != "HYPH":
            return False
        i = parse.heads[i]
        if i == head:
            return True
    return False


def path(parse: Parse, start: int, goal: int) -> str:
    """The dependency labels on the way between two tokens of a sentence, or "far"."""
    up: list[int] = [start]
    while len(up) <= _MAX_PATH and parse.heads[up[-1]] != up[-1]:
        up.append(parse.heads[up[-1]])
    i = goal
    down: list[str] = []
    for _ in range(_MAX_PATH + 1):
        if i in up:
            climbed = [parse.deps[j] for j in up[: up.index(i)]]
            return "^".join(climbed) + "|" + ">".join(reversed(down))
        down.append(parse.deps[i])
        if parse.heads[i] == i:
            break
        i = parse.heads[i]
    return "far"


def inverted(context: SpeechContext, cue: int) -> int | None:
    """The name right after a verb of speech after a quotation: `," confirmed He`, whatever the parser makes of it."""
    parse = context.parse
    if context.lower[cue - 1] not in _QUOTE_ENDS or not verb_act(context.lemmas[cue]):
        return None
    if context.lemmas[cue] in words("addressing_verbs.txt"):  # who stands behind "told" was told
        return None
    names = [i for i in candidates(context, cue) if i > cue and _is_only_name(parse, cue + 1, i)]
    return max((i for i in names if parse.tags[i] in _NAMES), default=None)


def by_subject(context: SpeechContext, cue: int, chosen: int) -> int:
    """The speaker where a verb has a subject of its own: it, or its apposition, and nothing else inside it.

    "Mensah's aide, Kari Solheim, said": neither Mensah nor the aide without a name; nor who was told.
    """
    parse = context.parse
    agent = parse.child(cue, "agent")
    by = None if agent is None else parse.child(agent, "pobj")
    if by is not None and parse.child(cue, "auxpass") is not None and _may_speak(context, by, cue):
        return by
    subject = parse.child(cue, "nsubj") if parse.tags[cue].startswith("VB") else None
    if subject is None or not _may_speak(context, subject, cue):
        return chosen
    start, end = parse.edges[subject]
    told = parse.deps[chosen] in {"dobj", "dative"} and parse.heads[chosen] == cue
    if not told and not start <= chosen < end:
        return chosen
    if parse.tags[subject] in _NAMES:
        return subject
    name = parse.child(subject, "appos")
    return name if name is not None and parse.tags[name] in _NAMES else subject


def whole(parse: Parse, cue: int, source: int) -> Tokens:
    """The words for a speaker: of a name beside what it is, both ("her aide, Kari Solheim")."""
    own, above = noun_phrase(parse, source), parse.heads[source]
    if parse.deps[source] == "appos" and parse.deps[above] == "nsubj" and parse.heads[above] == cue:
        start = next(i for i in range(parse.edges[above].start, own.end) if parse.words[i][:1].isalnum())
        return Tokens(min(own.start, start), own.end)
    return own


def is_passive(parse: Parse, cue: int) -> bool:
    """Whether a verb is passive and does not tell by whom: "is expected", "asked whether she will, Mensah …".

    Somebody who "was quoted" speaks.
    """
    kinds = {parse.deps[c] for c in parse.children[cue]}
    asked = parse.tags[cue] == "VBN" and parse.deps[cue] == "advcl" and not kinds & {"aux", "nsubj"}
    return ("auxpass" in kinds or asked) and "agent" not in kinds and parse.lower[cue] not in {"quoted", "cited"}


_NAMES = frozenset({"NNP", "NNPS", "PRP"})
_QUOTE_ENDS = frozenset({'"', "”", "''", ",", "’", "'"})


def _is_only_name(parse: Parse, start: int, head: int) -> bool:
    """Whether the words from `start` to the head are one capitalised name: `," confirmed He Yadong`."""
    return all(parse.words[i][:1].isupper() for i in range(start, head + 1))


def features(context: SpeechContext, cue: int, all_: list[int]) -> Iterator[list[str]]:
    """For each candidate what it looks like as the cue's speaker, as feature names."""
    parse = context.parse
    here = sorted(abs(i - cue) for i in all_ if parse.sentence_of[i] == parse.sentence_of[cue])
    for i in all_:
        yield _of(context, cue, i, here)


def _of(context: SpeechContext, cue: int, i: int, distances: list[int]) -> list[str]:
    parse, lemma = context.parse, context.lemmas[cue]
    back = parse.sentence_of[cue] - parse.sentence_of[i]
    way = path(parse, cue, i) if back == 0 else f"back{back}"
    side = "L" if i < cue else "R"
    label, tag, dep = context.labels[i], parse.tags[i], parse.deps[i]
    kind = f"{tag} {label}"
    closer = bisect_left(distances, abs(i - cue)) if back == 0 else _FAR
    cue_kind = f"{parse.tags[cue]} {parse.deps[cue]}"
    same_quote = context.quotes.at[i] == context.quotes.at[cue]
    paragraph = parse.paragraph_of[cue] - parse.paragraph_of[i]
    inverted = i > cue and parse.words[cue + 1][:1].isupper() and _is_only_name(parse, cue + 1, i)
    return [
        f"w={way}",
        f"wl={way} {lemma}",
        f"wk={way} {tag}",
        f"wc={way} {cue_kind}",
        f"ws={way} {side}",
        f"k={kind}",
        f"d={dep} {side} {back}",
        f"dc={dep} {cue_kind}",
        f"ds={side} {min(closer, _FAR)} {dep}",
        f"wd={context.lemmas[i] if tag[0] != 'N' or tag[:3] != 'NNP' else '#'}",
        f"q={same_quote} {context.in_speech[i]}",
        f"n={side} {min(abs(i - cue), _FAR) if back == 0 else _FAR} {dep}",
        f"b={back} {paragraph} {tag} {cue_kind}",
        f"by={context.lower[parse.edges[i].start - 1]} {dep}",
        f"lh={lemma} {context.lemmas[parse.heads[i]]} {dep}",
        f"ld={lemma} {dep} {side}",
        f"inv={inverted} {context.lower[cue - 1] in _QUOTE_ENDS}",
        f"a={verb_act(lemma)} {way}",
    ]
