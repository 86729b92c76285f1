"""Whether a reading tells of speech: what is not quoted needs a verb of speech, somebody who can speak, and words."""

import re
from typing import NamedTuple

from kg.extract import cues, speakers
from kg.extract.contents import Pieces
from kg.extract.lexicon import rows, words
from kg.extract.parse import Parse
from kg.extract.speech_context import SpeechContext

_VERBS = {row[0]: row[1] for row in rows("telling_verbs.tsv")}
_NO_SPEECH = {(row[0], row[1]) for row in rows("no_speech_phrases.tsv")}
_PERSON = re.compile(r".*(?:[eo]r|ist|ian|ee|ant|crat|man|men|woman|women|eer|ster|mate|folk)s?")
_READER = frozenset({"you", "one", "we", "there", "this", "that", "these", "those", "nothing", "everything"})
_UNREAL = frozenset({"could", "may", "might", "would", "should", "must", "can", "will", "'ll", "’ll", "wo", "ca", "'d"})
_ON = frozenset({"go", "continue", "proceed", "take", "use", "begin", "start", "come", "turn"})
"""Verbs after which "to say" tells that it was said: "went on to say", "took to the floor to condemn"."""

_MIN_QUOTED = 4
"""Words from which a quotation speaks for itself, whatever its verb."""


class Signals(NamedTuple):
    """What tells whether somebody said something. `kind` is what a verb of the lexicon must be followed by."""

    kind: str
    quoted: bool
    speaks: str
    real: bool
    has_verb: bool
    reader: bool
    substance: bool
    links: bool
    tells: bool


def signals(context: SpeechContext, head: int, source: int | None, content: Pieces) -> Signals:
    """What the words of a cue, its speaker and its content tell of speech."""
    verb = cues.is_verb(context.parse, head)
    noun = f"noun {context.lemmas[head] in words('speech_nouns.tsv')}"
    return Signals(
        kind=_VERBS.get(context.lemmas[head], "") if verb else noun,
        quoted=_is_quoted(context, head, content),
        speaks="" if source is None else str(can_speak(context, source)),
        real=not verb or _is_real(context, head),
        has_verb=_has_verb(context.parse, content),
        reader=source is not None and _is_reader(context, source),
        substance=_has_substance(context, content),
        links=_in_links(context, head),
        tells=tells(context, head, source, content),
    )


def tells(context: SpeechContext, head: int, source: int | None, content: Pieces) -> bool:
    """Whether somebody said something: by a verb, noun or "according to" that says so, or by a quotation."""
    if _in_links(context, head) or not _has_substance(context, content):
        return False
    if source is not None and not can_speak(context, source):
        return False
    return _is_quoted(context, head, content) or (source is not None and _is_told(context, head, source, content))


def is_unsaid(context: SpeechContext, head: int, source: int | None, content: Pieces) -> bool:
    """Whether nothing was said however alike it looks: what was not or could be said, a deed, a fragment."""
    told = tells(context, head, source, content)
    if told or not _has_substance(context, content) or context.tags[head].startswith("N"):
        return not told
    if not cues.is_verb(context.parse, head) or _is_quoted(context, head, content):
        return False
    if context.parse.is_negated(head) or (source is not None and _is_reader(context, source)):
        return True
    helpers = {context.parse.lower[c] for c in context.parse.children[head] if context.parse.deps[c] == "aux"}
    unreal = bool(helpers & _UNREAL) or "to" in helpers
    return unreal or context.lemmas[head] in words("deeds.txt") or _is_no_speech(context, head)


def _is_told(context: SpeechContext, head: int, source: int, content: Pieces) -> bool:
    """Whether words without a quotation are told as somebody's."""
    if context.lower[head] == "according":
        return True
    if not cues.is_verb(context.parse, head):
        return _noun_tells(context, head, source, content)
    return not _is_reader(context, source) and _is_real(context, head) and _verb_tells(context, head, source, content)


def _has_substance(context: SpeechContext, content: Pieces) -> bool:
    """Whether a content is more than a fragment: "it", "that", "Police"."""
    tokens = [i for piece in content for i in range(*piece) if context.parse.words[i][:1].isalnum()]
    return len(tokens) > 1 or (context.in_speech[content[0].start] or context.labels[tokens[0]] in _AGENTS)


def _is_quoted(context: SpeechContext, head: int, content: Pieces) -> bool:
    """Whether the content begins with a quotation that reads as speech, or holds a long one of a verb of speech."""
    if context.in_speech[head]:
        return False
    listed = context.lemmas[head] in _VERBS or not cues.is_verb(context.parse, head)
    long = [
        i
        for i in (piece.start for piece in content)
        if context.in_speech[i] and context.quotes.words(context.quotes.all[context.quotes.at[i]]) >= _MIN_QUOTED
    ]
    return bool(long) or (listed and any(context.in_speech[piece.start] for piece in content))


def _noun_tells(context: SpeechContext, head: int, source: int, content: Pieces) -> bool:
    """A noun of speech with its owner and a clause: "the ministry's claim that …", "a warning from police that …"."""
    if context.lemmas[head] not in words("speech_nouns.tsv"):
        return not context.tags[head].startswith("N")
    parse = context.parse
    owned = parse.deps[source] == "poss" and parse.heads[source] == head
    by = parse.lower[parse.heads[source]] in {"by", "from"} and parse.heads[parse.heads[source]] == head
    return (owned or by) and _has_verb(parse, content)


def _is_reader(context: SpeechContext, source: int) -> bool:
    return context.lower[source] in _READER and not context.in_speech[source]


def _is_real(context: SpeechContext, head: int) -> bool:
    """Whether the article tells that it was said: not denied, not only possible, not asked for, not meant to be."""
    parse = context.parse
    helpers = {parse.lower[c] for c in parse.children[head] if parse.deps[c] == "aux"}
    if parse.is_negated(head) or helpers & _UNREAL or speakers.is_passive(parse, head):
        return False
    if "to" in helpers:
        return parse.deps[head] in {"xcomp", "advcl", "conj"} and parse.lemma(parse.heads[head]) in _ON
    return parse.tags[head] != "VB" or bool(helpers)


def _verb_tells(context: SpeechContext, head: int, source: int, content: Pieces) -> bool:
    parse, lemma = context.parse, context.lemmas[head]
    if _is_no_speech(context, head):
        return False
    match _VERBS.get(lemma):
        case "phrase":
            return True
        case "clause":
            return _has_verb(parse, content)
        case "measure":
            return context.lemmas[source] in words("document_nouns.txt") and _has_verb(parse, content)
        case "opinion":
            own = any(parse.deps[c] == "nsubj" for c in parse.children[head])
            clause = parse.child(head, "ccomp")
            return own and clause is not None and _is_finite(parse, clause)
    return False


def _is_no_speech(context: SpeechContext, head: int) -> bool:
    """Whether the verb does something else with its object: "denied a request", "called off"."""
    parse = context.parse
    near = (c for c in parse.children[head] if c > head and parse.deps[c] in {"dobj", "prt", "prep", "xcomp"})
    return any((context.lemmas[head], parse.lemma(c)) in _NO_SPEECH for c in near)


def _has_verb(parse: Parse, content: Pieces) -> bool:
    return any(parse.tags[i][:2] in {"VB", "MD"} for piece in content for i in range(*piece))


def _is_finite(parse: Parse, verb: int) -> bool:
    tags = {parse.tags[verb], *(parse.tags[c] for c in parse.children[verb] if parse.deps[c] in {"aux", "auxpass"})}
    return "TO" not in tags and bool(tags & {"VBZ", "VBP", "VBD", "MD"})


def can_speak(context: SpeechContext, source: int) -> bool:
    """Names, pronouns and numbers may; of common nouns those for people, bodies, and what is written or measured."""
    if context.tags[source] not in {"NN", "NNS"} or context.labels[source] in _AGENTS:
        return True
    lemma, lower = context.lemmas[source], context.lower[source]
    known = any({lemma, lower} & words(name) for name in _SPEAKERS)
    return known or _PERSON.fullmatch(lemma) is not None


_AGENTS = frozenset({"PERSON", "ORG", "NORP", "GPE"})
_SPEAKERS = (
    "speaking_nouns.txt",
    "document_nouns.txt",
    "group_nouns.txt",
    "role_words.txt",
    "media_nouns.txt",
    "nominals.tsv",
)


def _in_links(context: SpeechContext, head: int) -> bool:
    """Whether a word stands in a row of headlines that a page prints into a sentence and ends with "MORE"."""
    end = context.parse.paragraphs[context.parse.paragraph_of[head]].end
    return "MORE" in context.parse.words[head : min(end, head + _LINKS)]


_LINKS = 70
