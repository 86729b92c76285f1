"""Spans that the model takes for names, with their boundaries mended."""

import re
from collections.abc import Iterator
from functools import cache

from kg.extract import gazetteer
from kg.extract.candidates import (
    NAMED_TITLES,
    ORGANIZATION,
    PARTICLES,
    PERSON,
    PLACE,
    RUN_ON,
    Candidate,
    is_capital,
    is_hyphened,
    organization_kind,
    repeats,
)
from kg.extract.parse import Parse

_LABELS = {"PERSON": PERSON, "ORG": ORGANIZATION, "GPE": PLACE, "LOC": PLACE, "FAC": "Facility", "NORP": "Norp"}
_EDGE = frozenset("'\"“”‘’.,:;!?()[]-–—/&*|…`/#@") | {"'s", "’s", "``", "''", "s'", "--"}
_DETERMINERS = frozenset({"the", "a", "an", "this", "that", "its", "their", "his", "her", "our", "both", "all"})
_OFFICERS = frozenset(
    {"commissioner", "minister", "secretary", "envoy", "ambassador", "chief", "president", "chairman", "director"}
)
_COMMON_OF_STATES = (["government"], ["market"], ["trade"], ["economy"], ["constitution"], ["dollar"], ["flag"])
_TAGGED = re.compile(r"[a-z]{2}\d{4}")
_SURNAMES_TOO = frozenset({"May", "March", "August", "Will", "April", "June"})
_WEEKDAYS = frozenset({"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"})
_SEAT = re.compile(r"[DRI]-[A-Z]")
_BARE_BODIES = frozenset({"ministry", "department", "party", "company", "group", "agency", "committee"})
_LEGAL = frozenset({"LLC", "Inc", "Inc.", "Corp", "Corp.", "Ltd", "Ltd.", "Co", "Co.", "AG", "GmbH", "PLC", "Plc"})


def find(parse: Parse) -> Iterator[Candidate]:
    """The model's people, bodies and places without articles, titles and other words that are no part of a name."""
    for span in parse.named:
        type_ = _LABELS.get(span.label)
        if type_ is None:
            continue
        sentence = parse.sentence_of[span.start]
        start, end = span.start, min(span.end, parse.sentences[sentence].end)
        for a, b in _pieces(parse, start, end, type_):
            yield from _mended(parse, a, b, type_)


def _pieces(parse: Parse, start: int, end: int, type_: str) -> Iterator[tuple[int, int]]:
    # Two people or places joined by "and" or a comma are two names.
    if type_ in {PERSON, PLACE}:
        for i in range(start, end):
            if parse.lower[i] in {"and", "or", ",", "/", ";", "with", "vs", ":"}:
                yield start, i
                start = i + 1
    yield start, end


def _mended(parse: Parse, start: int, end: int, type_: str) -> Iterator[Candidate]:
    start, end = _trimmed(parse, start, end, type_)
    if type_ == PERSON:
        start, end = _person_cut(parse, start, end)
    elif type_ == ORGANIZATION:
        start, end = _organization_cut(parse, start, end)
    if start < end and not _is_no_name(parse, start, end) and _has_shape(parse, start, end, type_):
        yield Candidate(start, end, type_, 1.0)


def _trimmed(parse: Parse, start: int, end: int, type_: str) -> tuple[int, int]:
    while start < end and (parse.words[start] in _EDGE or parse.lower[start] in _DETERMINERS):
        start += 1
    while end > start and (parse.words[end - 1] in _EDGE or (parse.words[end - 1][:1].islower() and type_ != "Norp")):
        end -= 1
    return start, end


@cache
def _titles() -> frozenset[str]:
    return frozenset(title for title, *_ in gazetteer.rows("offices.tsv"))


def _is_no_name(parse: Parse, start: int, end: int) -> bool:
    if " ".join(parse.lower[start:end]) in _titles():
        return True  # "the Prime Minister": whoever holds the office
    return (end - start == 1 and _is_common(parse, start)) or bool(_SEAT.match(parse.text, parse.starts[start]))


def _has_shape(parse: Parse, start: int, end: int, type_: str) -> bool:
    if parse.lower[start] in gazetteer.words("role_words.txt"):
        return end - start > 1 and type_ == ORGANIZATION and is_capital(parse.words[start])
    return any(is_capital(word) for word in parse.words[start:end])


def _is_common(parse: Parse, i: int) -> bool:
    # A word that has its capital only from the sentence that begins with it, or an adjective ("Islamic").
    word = parse.words[i]
    if parse.lower[i] in _BARE_BODIES or word in gazetteer.words("not_names.txt"):
        return True  # "Ministry Spokesman": a body named elsewhere
    if parse.tags[i] in {"JJ", "LS"} or word in _LEGAL:
        return word not in gazetteer.known()
    first = parse.sentences[parse.sentence_of[i]].start
    begins = i == first or (i == first + 1 and not parse.words[first][:1].isalnum())
    return begins and (not parse.tags[i].startswith("NNP") or word.lower() in parse.vocabulary)


def _organization_cut(parse: Parse, start: int, end: int) -> tuple[int, int]:
    # "French National Front" is a demonym and a name; in "EU Energy Commissioner" only the first word is one.
    known = gazetteer.known()
    if any(word in {"MORE", "|"} or _TAGGED.search(word) for word in parse.words[start:end]):
        return start, start  # a list of links run into the text
    end = next((i for i in range(start + 1, end - 1) if _is_before_holder(parse, i)), end)
    while end - start > 1 and parse.tags[start] in {"IN", "CC", "TO", "RB"} and parse.words[start].islower():
        start += 1
    if end - start <= 1:
        return start, end
    common = parse.words[start] in gazetteer.country_codes() and parse.lower[start + 1 : end] in _COMMON_OF_STATES
    if common or _is_run_on(parse, start, end):
        return start, start
    rest = " ".join(parse.words[start + 1 : end])
    if parse.words[start] in gazetteer.demonyms() and rest in known:
        return start + 1, end
    following = parse.lower[end] if end < len(parse) else ""
    if parse.words[start] in known and following in _OFFICERS:
        return start, start + 1
    return start, end


def _is_run_on(parse: Parse, start: int, end: int) -> bool:
    """Whether a caption ends in a place where the next begins: "Attacks in Oslo Passengers leave the airport"."""
    words = parse.words[start:end]
    place = words[0] in gazetteer.cities() or words[0] in gazetteer.country_codes()
    after = start > 0 and parse.lower[start - 1] == "in"
    return place and after and " ".join(words) not in gazetteer.known() and organization_kind(words) is None


def _is_before_holder(parse: Parse, i: int) -> bool:
    """Whether the name of a body ends at a title and a given name: "Dock Workers Union President Ada Brandt"."""
    return parse.lower[i] in _OFFICERS and parse.words[i + 1] in gazetteer.given_names()


def _person_cut(parse: Parse, start: int, end: int) -> tuple[int, int]:
    roles, people = gazetteer.words("role_words.txt"), gazetteer.demonyms()
    while end - start > 1 and (parse.lower[start] in roles or parse.words[start] in people):
        start += 1
    end = next((i for i in range(start, end) if _ends_person(parse, i) or repeats(parse, start, i)), end)
    whole = end
    while whole < len(parse) and is_hyphened(parse, whole):
        whole += 1  # "Jang Eun" and "-sol"
    if whole > end and start and parse.words[start - 1] in gazetteer.words("surnames_first.txt"):
        start -= 1  # "So" before "Yun-chae"
    end = whole
    end += _is_surname_like_a_month(parse, start, end)
    while end - start > 1 and parse.lower[end - 1] in NAMED_TITLES:
        end -= 1
    if any(RUN_ON.search(word) and not word.startswith("Mac") for word in parse.words[start:end]):
        return start, start  # "Paul RyanDemocrats": a caption run into a headline
    return start, end


def _is_surname_like_a_month(parse: Parse, start: int, end: int) -> bool:
    """Whether a given name is followed by "May" or "Will" as a surname, with a capital and no number behind it."""
    if end - start != 1 or end + 1 >= len(parse) or parse.words[start] not in gazetteer.given_names():
        return False
    return parse.words[end] in _SURNAMES_TOO and parse.tags[end + 1] != "CD"


def _ends_person(parse: Parse, i: int) -> bool:
    word = parse.words[i]
    if is_hyphened(parse, i):
        return False
    if word in _WEEKDAYS:
        return True  # "told Jane Doe Wednesday"
    return word in {"'s", "’s", "“", '"', "(", "of", "the"} or (word[:1].islower() and parse.lower[i] not in PARTICLES)
