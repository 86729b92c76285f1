"""Spans that may be names: what the model sees, what the lexicons know, and what the shape of the words shows."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from kg.extract import gazetteer
from kg.extract.gazetteer import Known
from kg.extract.parse import Parse

PERSON, ORGANIZATION, PLACE = "Person", "Organization", "Place"
_LABELS = {"PERSON": PERSON, "ORG": ORGANIZATION, "GPE": PLACE, "LOC": PLACE, "FAC": "Facility", "NORP": "Norp"}
_EDGE = frozenset("'\"“”‘’.,:;!?()[]-–—/&*|…`/#@") | {"'s", "’s", "``", "''", "s'", "--"}
_DETERMINERS = frozenset({"the", "a", "an", "this", "that", "its", "their", "his", "her", "our", "both", "all"})
PARTICLES = frozenset(
    "de del della der den di da dos das du la le van von zu zur ten ter bin ibn al el abu ben bint y e ul".split()
)
_CONNECTORS = frozenset({"of", "for", "the", "and", "de", "des", "der", "für", "&", "du", "la", "del"})
_LINKS = frozenset({"of", "for", "on", "against", "der", "für", "de", "to"})

_STOP_HEADS = _LINKS | {"Secretary", "Minister"}


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
def _heads() -> tuple[dict[str, tuple[str, str]], dict[str, tuple[str, str]]]:
    last: dict[str, tuple[str, str]] = {}
    first: dict[str, tuple[str, str]] = {}
    for word, type_, kind, where, *_ in gazetteer.rows("organization_heads.tsv"):
        if where != "phrase":
            (last if where == "last" else first)[word] = (type_, kind)
    return last, first


def organization_kind(words: list[str]) -> tuple[str, str] | None:
    """Type and kind of body that an organisation's own words show, e.g. ("PublicBody", "court"); None if they do not."""
    last, first = _heads()
    if "Central Bank" in " ".join(words) or (words[0] == "Bank" and words[-1] in gazetteer.country_codes()):
        return "PublicBody", "centralBank"
    for k, word in enumerate(words[:-1]):
        if word in first and words[k + 1].lower() in _LINKS:
            return first[word]
    if words[-1] in last:
        return last[words[-1]]
    if len(words) > 2 and words[-2] in {"Co", "Inc", "Corp", "Ltd"}:
        return "Company", ""
    return None


def collect(parse: Parse) -> list[Candidate]:
    """All candidates of an article; they may overlap."""
    return [
        *_from_lexicon(parse), *_from_titles(parse), *_from_heads(parse), *_from_model(parse), *_from_kinds(parse),
        *_from_brackets(parse),
    ]  # fmt: skip


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
    for i in range(1, len(parse)):
        if is_capital(parse.words[i]) and _is_title(parse, i - 1, roles) and parse.lower[i] not in roles:
            end = _person_end(parse, i)
            if end > i + (not is_capital(parse.words[i - 1])):
                yield Candidate(i, end, PERSON, 2.0)
        elif parse.words[i] in gazetteer.given_names() and not (i and is_capital(parse.words[i - 1])):
            end = _person_end(parse, i)
            if end > i + 1 and organization_kind(parse.words[i:end]) is None:
                yield Candidate(i, end, PERSON, 1.0 + (parse.lower[end : end + 2] == [",", "who"]))


_OFFICERS = frozenset({"commissioner", "minister", "secretary", "envoy", "ambassador", "chief", "president"})
_NAMED_TITLES = frozenset(
    "president chancellor premier minister secretary senator sen. rep. governor gov. mayor spokesman spokeswoman "
    "spokesperson chairman chairwoman ambassador mr. mrs. ms. dr. congressman congresswoman commissioner".split()
)


def _is_title(parse: Parse, i: int, roles: frozenset[str]) -> bool:
    word = parse.lower[i]
    if is_capital(parse.words[i]):
        return word in _NAMED_TITLES
    return word in roles and parse.deps[i] == "compound" and parse.tags[i] == "NN"


def _person_end(parse: Parse, start: int) -> int:
    # Two to four capitalised words, the first of which may look like a pronoun ("Spokesman He Yadong").
    end, sentence = start, parse.sentences[parse.sentence_of[start]]
    while end < sentence.end and end - start < 4 and _is_name_part(parse, end):
        end += 1
        if len(parse.words[end - 1]) > 3 and parse.words[end - 1].endswith("."):  # noqa: PLR2004 - more than an initial
            break
    while end > start and parse.lower[end - 1] in PARTICLES:
        end -= 1
    return end if end - start > 1 or (end > start and parse.tags[start] == "NNP") else start


def _is_name_part(parse: Parse, i: int) -> bool:
    word = parse.words[i]
    if parse.lower[i] in PARTICLES:
        return True
    return is_capital(word) and word[-1:].isalpha() | word.endswith(".") and (parse.tags[i].startswith("NNP") or word == "He")


def _from_heads(parse: Parse) -> Iterator[Candidate]:
    last, first = _heads()
    words = parse.words
    for i, word in enumerate(words):
        if word in first and i + 2 < len(words) and words[i + 1] in _LINKS:
            end = _complement_end(parse, i + 2)
            if end > i + 2:
                yield _body(parse, _run_start(parse, i), end)
        if word in last and i and (i + 1 == len(words) or words[i + 1] not in _STOP_HEADS):
            start = _run_start(parse, i)
            if start < i:
                yield _body(parse, start, i + 1)


def _body(parse: Parse, start: int, end: int) -> Candidate:
    kind = organization_kind(parse.words[start:end])
    return Candidate(start, end, kind[0] if kind else ORGANIZATION, 3.0)


def _run_start(parse: Parse, i: int) -> int:
    # Capitalised words to the left belong to the name; demonyms only to a body of the state.
    start, roles = i, gazetteer.words("role_words.txt")
    begin = parse.sentences[parse.sentence_of[i]].start
    while start > begin:
        word = parse.words[start - 1]
        if word in {"&", "-"} and start - 1 > begin and is_capital(parse.words[start - 2]):
            start -= 1
        elif is_capital(word) and word.lower() not in _DETERMINERS and _joins(parse, start - 1, roles):
            start -= 1
        else:
            break
    while start < i and (parse.words[start] in {"&", "-"} or parse.tags[start] in {"IN", "CC", "RB", "PRP", "WRB", "UH"}):
        start += 1
    return start


_STATE_WORDS = frozenset("foreign interior defense defence finance justice labor labour health trade commerce treasury state national federal security economy environment first general prosecutor transport agriculture development economics".split())


def _joins(parse: Parse, i: int, roles: frozenset[str]) -> bool:
    word = parse.words[i]
    if word.lower() in roles and word.lower() not in _STATE_WORDS:
        return False
    return word[-1:].isalnum() or word.endswith(".") and len(word) > 2


def _complement_end(parse: Parse, start: int) -> int:
    # "Commerce", "Foreign Affairs", "Health and Human Services", "the Treasury".
    limit = parse.sentences[parse.sentence_of[start]].end
    end = i = start
    while i < limit:
        word = parse.words[i]
        if is_capital(word) and word[-1:].isalnum():
            end = i = i + 1
        elif word in _CONNECTORS and i + 1 < limit and i - end < 2 and (word != "the" or i == start or parse.words[i - 1] == "of"):
            i += 1
        else:
            break
    if end > start and "and" in parse.words[start:end]:
        end = _cut_conjunct(parse, start, end)
    return end


def _cut_conjunct(parse: Parse, start: int, end: int) -> int:
    # "the Bank of England and Germany": a known name after "and" is another name.
    for i in range(start + 1, end - 1):
        if parse.words[i] == "and":
            rest = " ".join(parse.words[i + 1 : end])
            if rest in gazetteer.known() or parse.words[i + 1] in gazetteer.country_codes() or "the" in parse.words[i + 1 : i + 2]:
                return i
    return end


def _from_model(parse: Parse) -> Iterator[Candidate]:
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
    roles = gazetteer.words("role_words.txt")
    people = gazetteer.demonyms()
    while start < end and (parse.words[start] in _EDGE or parse.lower[start] in _DETERMINERS):
        start += 1
    while end > start and (parse.words[end - 1] in _EDGE or (parse.words[end - 1][:1].islower() and type_ != "Norp")):
        end -= 1
    if type_ == PERSON:
        while end - start > 1 and (parse.lower[start] in roles or parse.words[start] in people):
            start += 1
        end = _person_cut(parse, start, end)
        if any(_RUN_ON.search(word) and not word.startswith("Mac") for word in parse.words[start:end]):
            return  # "Paul RyanDemocrats": a caption run into a headline
        while end - start > 1 and parse.lower[end - 1] in _NAMED_TITLES:
            end -= 1
    elif type_ == ORGANIZATION:
        while end - start > 1 and parse.tags[start] in {"IN", "CC", "TO", "RB"} and parse.words[start].islower():
            start += 1
        start, end = _organization_cut(parse, start, end)
    if start < end and (end - start == 1 and _is_common(parse, start)) | bool(_SEAT.match(parse.text, parse.starts[start])):
        return
    if start < end and any(is_capital(word) for word in parse.words[start:end]) and parse.lower[start] not in roles:
        yield Candidate(start, end, type_, 1.0)
    elif start < end and end - start > 1 and type_ == ORGANIZATION and is_capital(parse.words[start]):
        yield Candidate(start, end, type_, 1.0)


def _is_common(parse: Parse, i: int) -> bool:
    # A word that has its capital only from the sentence that begins with it, or an adjective ("Islamic").
    word = parse.words[i]
    if parse.tags[i] in {"JJ", "LS"} or word in _LEGAL:
        return word not in gazetteer.known()
    first = parse.sentences[parse.sentence_of[i]].start
    begins = i == first or (i == first + 1 and not parse.words[first][:1].isalnum())
    return begins and (not parse.tags[i].startswith("NNP") or word.lower() in parse.vocabulary)


_LEGAL = frozenset({"LLC", "Inc", "Inc.", "Corp", "Corp.", "Ltd", "Ltd.", "Co", "Co.", "AG", "GmbH", "PLC", "Plc"})


_COMMON_OF_STATES = (["government"], ["market"], ["trade"], ["economy"], ["constitution"], ["dollar"], ["flag"])
_RUN_ON = re.compile(r"[a-z]{2}[A-Z]")
_SEAT = re.compile(r"[DRI]-[A-Z]")


def _organization_cut(parse: Parse, start: int, end: int) -> tuple[int, int]:
    # "French National Front" is a demonym and a name; in "EU Energy Commissioner" only the first word is one.
    known = gazetteer.known()
    if parse.words[start] in gazetteer.country_codes() and parse.lower[start + 1 : end] in _COMMON_OF_STATES:
        return start, start
    rest = " ".join(parse.words[start + 1 : end])
    if end - start > 1 and parse.words[start] in gazetteer.demonyms() and rest in known:
        return start + 1, end
    following = parse.lower[end] if end < len(parse) else ""
    if end - start > 1 and parse.words[start] in known and following in _OFFICERS:
        return start, start + 1
    return start, end


def _person_cut(parse: Parse, start: int, end: int) -> int:
    for i in range(start, end):
        word = parse.words[i]
        if word in {"'s", "’s", "“", '"', "(", "of", "the"} or (
            word[:1].islower() and parse.lower[i] not in PARTICLES
        ):
            return i
    return end


@cache
def _kinds() -> tuple[dict[str, str], dict[str, str]]:
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    for word, type_, where, *_ in gazetteer.rows("kind_words.tsv"):
        (before if where == "before" else after)[word] = type_
    return before, after


def _from_kinds(parse: Parse) -> Iterator[Candidate]:
    """ "the retailer Amazon", "the Reichsbürger movement", "the town of Sögel": a common noun tells what the name is."""
    before, after = _kinds()
    for i, word in enumerate(parse.lower):
        if word in before:
            k = i + 1
            if k < len(parse) and parse.lower[k] == "of" and before[word] == PLACE:
                k += 1
            k += parse.words[k : k + 1] in (["“"], ['"'], ["‘"], ["'"])
            if k == i + 1 and before[word] == PLACE:
                continue
            end = _name_run(parse, k)
            if end > k and (before[word] == PLACE or parse.deps[i] in {"compound", "nmod", "appos", "amod"} or parse.words[k - 1] in "“\"‘'"):
                yield Candidate(k, end, before[word], 2.5)
        if word in after and i and parse.words[i].islower():
            k = i - 1 if parse.words[i - 1] in {"”", '"', "’", "'"} else i
            start = k
            while start and is_capital(parse.words[start - 1]) and parse.tags[start - 1].startswith("NNP"):
                start -= 1
            if start < k and parse.words[start] not in gazetteer.country_codes() and parse.words[k - 1] not in gazetteer.known():
                yield Candidate(start, k, after[word], 2.5)


def _name_run(parse: Parse, k: int) -> int:
    end, limit = k, parse.sentences[parse.sentence_of[k]].end if k < len(parse) else k
    while end < limit and is_capital(parse.words[end]) and parse.words[end][-1:].isalnum() and parse.tags[end].startswith("NNP"):
        end += 1
    return end


def _from_brackets(parse: Parse) -> Iterator[Candidate]:
    """ "Rwandan Patriotic Front (RPF)": letters in brackets that the words before begin with."""
    for i in range(1, len(parse) - 2):
        word = parse.words[i + 1]
        if parse.words[i] == "(" and parse.words[i + 2] == ")" and 2 <= sum(map(str.isupper, word)) <= len(word) <= 8:  # noqa: PLR2004 - acronyms
            initials = [w[0].upper() for w in parse.words[max(0, i - 9) : i] if w[0].isalpha()]
            if is_capital(parse.words[i - 1]) and word[0].upper() in initials and _in_order(word.upper(), initials) >= len(word) - 2:
                yield Candidate(i + 1, i + 2, ORGANIZATION, 1.5)


def _in_order(letters: str, initials: list[str]) -> int:
    """How many of the letters are found one after the other among the initials."""
    found, rest = 0, iter(initials)
    for letter in letters:
        position = next((True for initial in rest if initial == letter), False)
        if not position:
            break
        found += position
    return found
