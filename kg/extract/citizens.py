"""A weak default: who has a title, and nothing that says otherwise, is of the country that the article is about."""

from functools import cache

from kg.extract import gazetteer, home, name_origins
from kg.extract.atlas import Atlas
from kg.extract.candidates import ORGANIZATION
from kg.extract.draft import Draft, DraftEntity, DraftMention
from kg.extract.senses import class_of

_ALMOST_ALONE = 5.0
"""How many times as much as the next country the article must speak of it."""
_CONFIDENCE = 0.5
_BEFORE, _AFTER = 3, 6
"""Tokens around a name in which its title or trade stands."""
_NO_STORY = frozenset({"byline", "credit", "footer"})


def find(atlas: Atlas) -> None:
    """Add CITIZEN_OF for the people with a title whom no claim ties to a body or country."""
    draft = atlas.draft
    iso = home.main(draft, lead=_ALMOST_ALONE)
    country = atlas.written.get(iso or "")
    if iso is None or country is None:
        return
    tied = {id(c.subject) for c in draft.claims if isinstance(c.object, DraftEntity) and _tells(c.object)}
    writers = {i for zone in draft.zones if zone.kind in _NO_STORY for i in range(zone.start, zone.end)}
    for person in draft.named("Person"):
        named = [m for m in person.mentions if m.kind == "name" and m.start not in writers]
        strange = id(person) in tied or " " not in person.name or not name_origins.fits(person.name, iso)
        if named and not strange and any(_has_title(draft, m) for m in named):
            atlas.claim(
                "CITIZEN_OF", person, country, (named[0].start, named[0].end), _CONFIDENCE, "citizen.main_country"
            )


def _tells(object_: DraftEntity) -> bool:
    return object_.type == "Country" or class_of(object_.type) == ORGANIZATION


@cache
def _trades() -> frozenset[str]:
    return frozenset(title.replace("-", " ").split()[-1] for title, *_ in gazetteer.rows("offices.tsv"))


def _has_title(draft: Draft, mention: DraftMention) -> bool:
    """Whether a title or trade stands before a name or in apposition after it."""
    parse = draft.parse
    sentence = parse.sentences[parse.sentence_of[mention.start]]
    before = parse.lower[max(sentence.start, mention.start - _BEFORE) : mention.start]
    after = parse.lower[mention.end : min(sentence.end, mention.end + _AFTER + 1)]
    end = next((k for k, word in enumerate(after[1:], 1) if word in {",", ".", "who"}), len(after))
    apposed = after[1:end] if after[:1] == [","] else []
    return not _trades().isdisjoint([*before, *apposed])
