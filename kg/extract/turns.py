"""Transcripts: paragraphs that open with who speaks ("ADA MENSAH: …"), or name alone the speaker of the next ones.

find(draft)  ->  an attribution for every turn, none where the labels are no speakers
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from kg.extract.attribution import Attribution
from kg.extract.draft import Draft, DraftEntity
from kg.extract.parse import Parse, Tokens

_WORDS = r"[^\n:.!?“”\"]{1,60}"
_LABEL = re.compile(rf"[ \t>*]*(?P<name>[A-Z]{_WORDS}(?:\b[A-Z][a-z]{{0,4}}\.{_WORDS})?):[ \t]+(?=\S)")
_BESIDE = re.compile(r",.*|\(.*|\s+\[.*")
"""What stands in a label after the name: a role, a party, a place."""
RULE = "speech:turn"
"""The rule of a statement that is a turn of a transcript."""

_MIN_TURNS = 4
_MIN_SPEAKERS = 2
_CONFIDENCE = 0.9


class Turn(NamedTuple):
    """The opening of a turn: its paragraph, the name of who speaks as written, its tokens, and where words begin."""

    paragraph: int
    name: str
    label: Tokens
    start: int


def find(draft: Draft) -> list[Attribution]:
    """The turns of a transcript, in order; an interview needs four of them and two speakers who come back."""
    turns = [turn for turn in _openings(draft.parse) if _is_name(draft, turn)]
    again = [name for name, n in Counter(turn.name for turn in turns).items() if n > 1]
    if len(turns) < _MIN_TURNS or len(again) < _MIN_SPEAKERS:
        return []
    last = turns[-1].paragraph + 1 + (turns[-1].start == turns[-1].label.end)
    ends = [*(turn.paragraph for turn in turns[1:]), last]
    found = (_attribution(draft, turn, end) for turn, end in zip(turns, ends, strict=True))
    return [one for one in found if one.content]


def speaker(draft: Draft, label: Tokens) -> DraftEntity:
    """Whom a label names; a person who is named nowhere else is a new one, and a surname alone gets its given name."""
    written = _name(draft.parse.span_text(*label))
    name = written.title() if written.isupper() else written
    known = _known(draft, label)
    if known is not None:
        if known.name != name and known.name in name.split():
            known.aliases.add(known.name)
            known.name = name
        return known
    person = draft.entity("Person", name)
    draft.mention(person, *label, "name", over=True)
    return person


def _known(draft: Draft, label: Tokens) -> DraftEntity | None:
    """The person under a label's words, or the one whose name or initials it has in capitals."""
    for i in range(*label):
        entity = draft.cover[i]
        if entity is not None and entity.type == "Person":
            return entity
    name = _name(draft.parse.span_text(*label))
    people = draft.named("Person")
    known = [p for p in people if name.lower() in {form.lower() for form in (p.name, *p.aliases)}]
    if not known and name.isupper() and " " not in name:
        known = [p for p in people if "".join(word[0] for word in p.name.split()) == name]
    return known[0] if len(known) == 1 else None


def _openings(parse: Parse) -> Iterator[Turn]:
    for k, (start, end) in enumerate(parse.paragraphs):
        match = _LABEL.match(parse.text, parse.starts[start], parse.ends[end - 1])
        if match is not None:
            colon = parse.token_at(match.end("name"))
            if parse.words[colon] == ":" and start < colon < end - 1:
                yield Turn(k, _name(match["name"]), Tokens(start, colon), colon + 1)
        elif end - start <= _LONGEST and all(word[:1].isupper() for word in parse.words[start:end]):
            yield Turn(k, parse.span_text(start, end), Tokens(start, end), end)


def _name(label: str) -> str:
    return _BESIDE.sub("", label).strip()


def _is_name(draft: Draft, turn: Turn) -> bool:
    """Whether a label is a person's name or initials: of somebody known, or all in capitals."""
    words = turn.name.split()
    if not words or len(words) > _LONGEST:
        return False
    if _known(draft, turn.label) is not None:
        return True
    return len(words) > 1 and sum(word.isupper() for word in words) >= len(words) - 1


_LONGEST = 5


def _attribution(draft: Draft, turn: Turn, next_: int) -> Attribution:
    """A turn with its words: what follows the label, and the paragraphs up to the next turn but no headings."""
    parse = draft.parse
    apart = {i for zone in draft.zones for i in range(zone.start, zone.end)}
    pieces = [Tokens(turn.start, parse.paragraphs[turn.paragraph].end)]
    pieces += [parse.paragraphs[k] for k in range(turn.paragraph + 1, next_)]
    content = [piece for piece in pieces if piece.start < piece.end and piece.start not in apart]
    cue = turn.label.end - (turn.start == turn.label.end)
    return Attribution(cue, Tokens(cue, cue + 1), turn.label, content, _CONFIDENCE, RULE)
