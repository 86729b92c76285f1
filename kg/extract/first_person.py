"""Whom "I" and "we" mean in what is quoted: the speaker, and the country or body that the speaker stands for."""

from collections.abc import Iterator

from kg.extract.actions import country_of
from kg.extract.draft import Draft, DraftEntity, DraftStatement
from kg.model.ontology import is_a

_ONE = frozenset({"i", "me", "myself", "my"})
_MANY = frozenset({"we", "us", "ourselves"})
_MARKS = '"“”'
_STANDS_FOR = ("HEAD_OF", "SPOKESPERSON_FOR", "MINISTER_OF", "REPRESENTS", "EMPLOYED_BY")


def find(draft: Draft) -> None:
    """Add pronoun mentions for the first person in quotations whose speaker is known."""
    for statement in draft.statements:
        if statement.speaker is None:
            continue
        many = _stands_for(draft, statement.speaker)
        for i in _quoted(draft, statement):
            word = draft.parse.lower[i]
            meant = statement.speaker if word in _ONE else many if word in _MANY else None
            if meant is not None and draft.cover[i] is None:
                draft.mention(meant, i, i + 1, "pronoun")


def _quoted(draft: Draft, statement: DraftStatement) -> Iterator[int]:
    """The speaker's own words in a statement: between quote marks, or behind a label ("Oslo: we did not call")."""
    parse = draft.parse
    for lo, hi in statement.content:
        before = parse.text[max(0, lo - 1) : lo]
        labelled = not statement.quoted and parse.text[max(0, lo - 3) : lo].rstrip().endswith(":")
        inside = labelled or (before in _MARKS and before != "")
        for i in range(parse.token_at(lo), parse.token_at(hi - 1) + 1):
            if parse.words[i] in _MARKS:
                inside = not inside
            elif inside:
                yield i


def _stands_for(draft: Draft, speaker: DraftEntity) -> DraftEntity | None:
    """A minister says "we" of the country, a chief executive of the company, a ministry or a firm of itself."""
    country = country_of(draft, speaker)
    if country is not None or not is_a(speaker.type, "Person"):
        return country or (speaker if is_a(speaker.type, "Organization") or speaker.type == "Country" else None)
    bodies = (c.object for type_ in _STANDS_FOR for c in draft.claims if c.type == type_ and c.subject is speaker)
    return next((body for body in bodies if isinstance(body, DraftEntity)), None)
