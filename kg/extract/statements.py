"""Who said what: speaker, cue, content, act, stance, addressee, and who reports it."""

from kg.extract import attributions
from kg.extract.attribution import Attribution
from kg.extract.draft import Draft, DraftStatement
from kg.extract.lexicon import rows
from kg.extract.sources import entity_of


def find(draft: Draft) -> None:
    """Add a statement for every act of speech."""
    for attribution in attributions.find(draft.parse):
        draft.statements.append(_statement(draft, attribution))


def _statement(draft: Draft, found: Attribution) -> DraftStatement:
    parse = draft.parse
    act, stance = _ACTS.get(parse.lemma(found.head), ("say", "affirm"))
    ranges = [found.cue, *found.content, *([found.speaker] if found.speaker else [])]
    content = [parse.offsets(*piece) for piece in found.content]
    return DraftStatement(
        start=min(r.start for r in ranges),
        end=max(r.end for r in ranges),
        content=content,
        act=act,
        stance=stance,
        quoted=any(mark in parse.text[lo:hi] for lo, hi in content for mark in '"“”'),
        confidence=found.confidence,
        rule=found.rule,
        cue=parse.offsets(*found.cue),
        speaker=entity_of(draft, found.speaker) if found.speaker else None,
        speaker_span=parse.offsets(*found.speaker) if found.speaker else None,
    )


_ACTS = {row[0]: (row[1], row[2]) for row in rows("speech_verbs.tsv")}
