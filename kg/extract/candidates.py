"""Spans that may be names: what the lexicons know, and people by their titles and given names."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from kg.extract import gazetteer
from kg.extract.gazetteer import Known
from kg.extract.parse import Parse

PERSON, ORGANIZATION, PLACE = "Person", "Organization", "Place"
NAMED_TITLES = gazetteer.word_set("candidates.named_titles")
_LONGEST_NAME = 4
RUN_ON = re.compile(r"[a-z]{2}[A-Z]")
"""A caption run into the next word: "RyanDemocrats"."""
PARTICLES = gazetteer.word_set("candidates.particles")
LINKS = frozenset({"of", "for", "on", "against", "der", "für", "de", "to"})


class Candidate(NamedTuple):
    """A token span with the type it speaks for, how strongly, and what the lexicon knows of it."""

    start: int
    end: int
    type: str
    weight: float
    known: Known | None = None


def is_capital(word: str) -> bool:
    """Whether a word starts with a capital letter."""
    return word[:1].isupper()


@cache
def heads() -> tuple[dict[str, tuple[str, str]], dict[str, tuple[str, str]]]:
    """Words that end, and words that begin, an organisation's name, to the type and kind of body they show."""
    last: dict[str, tuple[str, str]] = {}
    first: dict[str, tuple[str, str]] = {}
    for word, type_, kind, where, *_ in gazetteer.rows("organization_heads.tsv"):
        if where != "phrase":
            (last if where == "last" else first)[word] = (type_, kind)
    return last, first


def organization_kind(words: list[str]) -> tuple[str, str] | None:
    """Type and kind of body that an organisation's own words show, as ("PublicBody", "court"); None if they do not."""
    last, first = heads()
    if "Central Bank" in " ".join(words) or (words[0] == "Bank" and words[-1] in gazetteer.country_codes()):
        return "PublicBody", "centralBank"
    for k, word in enumerate(words[:-1]):
        if word in first and words[k + 1].lower() in LINKS:
            return first[word]
    if words[-1] in last:
        return last[words[-1]]
    return ("Company", "") if {"Co", "Inc", "Corp", "Ltd"} & set(words[1:-1]) else None


def find(parse: Parse) -> Iterator[Candidate]:
    """What the lexicons know, and people that a title or a given name shows."""
    yield from _from_lexicon(parse)
    yield from _from_titles(parse)


def _from_lexicon(parse: Parse) -> Iterator[Candidate]:
    plain = parse.text.replace("’", "'").replace("\n", " ")
    at = {end: i + 1 for i, end in enumerate(parse.ends)}
    seen = {i for span in parse.named for i in range(span.start, span.end)}
    i = 0
    while i < len(parse):
        hit = gazetteer.at(plain, parse.starts[i], at) or gazetteer.in_capitals(parse.words[i])
        if hit is not None and _is_split_by_title(parse, i, at.get(parse.starts[i] + len(hit[0]), i + 1)):
            hit = parse.words[i], gazetteer.known()[parse.words[i]]
        if hit is None:
            i += 1
            continue
        text, known = hit
        end = at.get(parse.starts[i] + len(text), i + 1)
        if not known.unsure or i in seen:
            weight = 2.0 if known.unsure or end - i == 1 else 4.0
            yield Candidate(i, end, known.type, weight, known)
        i = end


def _is_split_by_title(parse: Parse, start: int, end: int) -> bool:
    # "U.S. Treasury Secretary": the country, and a part of the office, not "U.S. Treasury".
    return (
        end - start > 1
        and parse.lower[end : end + 1] in (["secretary"], ["minister"])
        and parse.words[start] in gazetteer.country_codes()
    )


def _from_titles(parse: Parse) -> Iterator[Candidate]:
    roles = gazetteer.words("role_words.txt")
    for i in range(len(parse)):
        if i and is_capital(parse.words[i]) and _is_title(parse, i - 1, roles) and parse.lower[i] not in roles:
            end = _person_end(parse, i)
            if end > i + (not is_capital(parse.words[i - 1])):
                yield Candidate(i, end, PERSON, 2.0)
        elif parse.words[i] in gazetteer.given_names() and not (i and is_capital(parse.words[i - 1])):
            end = _person_end(parse, i)
            if end > i + 1 and organization_kind(parse.words[i:end]) is None:
                yield Candidate(i, end, PERSON, 1.0 + (parse.lower[end : end + 2] == [",", "who"]))


def _is_title(parse: Parse, i: int, roles: frozenset[str]) -> bool:
    word = parse.lower[i]
    if is_capital(parse.words[i]):
        return word in NAMED_TITLES
    return word in roles and parse.deps[i] == "compound" and parse.tags[i] == "NN"


def _person_end(parse: Parse, start: int) -> int:
    # Two to four capitalised words, the first of which may look like a pronoun ("Spokesman He Yadong").
    end, sentence = start, parse.sentences[parse.sentence_of[start]]
    end += parse.words[start] in gazetteer.given_names()  # the tagger takes "Per" for a preposition
    while (
        end < sentence.end
        and not repeats(parse, start, end)
        and (end - start < _LONGEST_NAME or is_hyphened(parse, end))
        and _is_name_part(parse, end)
    ):
        end += 1
        if len(parse.words[end - 1]) > 3 and parse.words[end - 1].endswith("."):  # noqa: PLR2004 - more than an initial
            break
    while end > start and parse.lower[end - 1] in PARTICLES:
        end -= 1
    return end if end - start > 1 or (end > start and parse.tags[start] == "NNP") else start


def repeats(parse: Parse, start: int, i: int) -> bool:
    """Whether token i begins again the name that begins at `start`: "Jane Doe Jane", two links run together."""
    word = parse.words[i]
    return i > start + 1 and word == parse.words[start] and not word.endswith(".")


def is_hyphened(parse: Parse, i: int) -> bool:
    """Whether token i is a hyphen inside a name, or what follows one ("Tae-gyeom")."""
    k = i if parse.words[i] == "-" else i - 1
    inside = 0 < k < len(parse) - 1 and parse.words[k] == "-" and parse.ends[k] == parse.starts[k + 1]
    return inside and parse.ends[k - 1] == parse.starts[k] and is_capital(parse.words[k - 1])


def _is_name_part(parse: Parse, i: int) -> bool:
    word = parse.words[i]
    if parse.lower[i] in PARTICLES or is_hyphened(parse, i):
        return True
    return (
        is_capital(word)
        and not RUN_ON.search(word.removeprefix("Mac"))
        and word[-1:].isalpha() | word.endswith(".")
        and (parse.tags[i].startswith("NNP") or word == "He")
    )
