"""Who said what: speaker, cue, content, act, stance, topic, addressee, and who reports it."""

from kg.extract import acts, addressees, attributions, remarks, reporting, speech_links, topics
from kg.extract.attribution import Attribution
from kg.extract.draft import Draft, DraftStatement
from kg.extract.said import Said
from kg.extract.sources import entity_of
from kg.extract.speech_context import SpeechContext

_NO_PROSE = frozenset({"byline", "credit", "footer"})


def find(draft: Draft) -> None:
    """Add a statement for every act of speech, and the claims that tie statements to each other and to events."""
    skipped = {i for zone in draft.zones if zone.kind in _NO_PROSE for i in range(zone.start, zone.end)}
    context = SpeechContext(draft.parse)
    found = attributions.find(context)
    found = sorted([*found, *remarks.find(context, found)], key=lambda attribution: attribution.head)
    found = [attribution for attribution in found if attribution.head not in skipped]
    for attribution in found:
        attribution.content = addressees.without_addressee(draft.parse, attribution)
    said = reporting.attach(draft, [Said(one, _statement(draft, one)) for one in found])
    for one in said:
        one.statement.addressed_to = addressees.find(draft, one)
        one.statement.about = topics.find(draft, one.found.content, one.speaker)
        draft.statements.append(one.statement)
    speech_links.find(draft, said)


def _statement(draft: Draft, found: Attribution) -> DraftStatement:
    parse = draft.parse
    act = acts.of(parse, found)
    ranges = [found.cue, *found.content, *([found.speaker] if found.speaker else [])]
    content = [parse.offsets(*piece) for piece in found.content]
    return DraftStatement(
        start=min(r.start for r in ranges),
        end=max(r.end for r in ranges),
        content=content,
        act=act.act,
        stance=act.stance,
        quoted=any(mark in parse.text[lo:hi] for lo, hi in content for mark in '"“”'),
        confidence=found.confidence,
        rule=found.rule,
        cue=parse.offsets(*found.cue),
        speaker=entity_of(draft, found.speaker) if found.speaker else None,
        speaker_span=parse.offsets(*found.speaker) if found.speaker else None,
    )
