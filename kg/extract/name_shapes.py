"""Names that the shape of the words shows: "Ministry of …", "… University", "the retailer …", letters in brackets."""

from collections.abc import Iterator
from functools import cache

from kg.extract import gazetteer
from kg.extract.candidates import LINKS, ORGANIZATION, PLACE, Candidate, heads, is_capital, organization_kind
from kg.extract.parse import Parse

_CONNECTORS = frozenset({"of", "for", "the", "and", "de", "des", "der", "für", "&", "du", "la", "del"})
_OPENING = (["“"], ['"'], ["‘"], ["'"])
_LONGEST_ACRONYM = 8
_STOP_HEADS = LINKS | {"Secretary", "Minister", "Commissioner"}
_STATE_WORDS = gazetteer.word_set("candidates.state_words")


def find(parse: Parse) -> Iterator[Candidate]:
    """All names that their shape shows."""
    yield from _from_heads(parse)
    yield from _from_kinds(parse)
    yield from _from_brackets(parse)


def _from_heads(parse: Parse) -> Iterator[Candidate]:
    last, first = heads()
    words = parse.words
    for i, word in enumerate(words):
        if word in first and i + 2 < len(words) and words[i + 1] in LINKS:
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
        if (word in {"&", "-"} and start - 1 > begin and is_capital(parse.words[start - 2])) or (
            is_capital(word)
            and word.lower() not in {"the", "a", "an", "this", "that"}
            and _joins(parse, start - 1, roles)
        ):
            start -= 1
        else:
            break
    while start < i and (
        parse.words[start] in {"&", "-"} or parse.tags[start] in {"IN", "CC", "RB", "PRP", "WRB", "UH"}
    ):
        start += 1
    return start


def _joins(parse: Parse, i: int, roles: frozenset[str]) -> bool:
    word = parse.words[i]
    if word.lower() in roles and word.lower() not in _STATE_WORDS:
        return False
    return word[-1:].isalnum() or (word.endswith(".") and len(word) > 2)  # noqa: PLR2004 - no initial


def _complement_end(parse: Parse, start: int) -> int:
    # "Commerce", "Foreign Affairs", "Health and Human Services", "the Treasury".
    limit = parse.sentences[parse.sentence_of[start]].end
    end = i = start
    while i < limit:
        word = parse.words[i]
        if is_capital(word) and word[-1:].isalnum():
            end = i = i + 1
        elif (
            word in _CONNECTORS
            and i + 1 < limit
            and i - end <= 1
            and (word != "the" or i == start or parse.words[i - 1] == "of")
        ):
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
            if (
                rest in gazetteer.known()
                or parse.words[i + 1] in gazetteer.country_codes()
                or "the" in parse.words[i + 1 : i + 2]
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
    # "the retailer Amazon", "the Reichsbürger movement", "the town of Sögel": a common noun tells what the name is.
    before, after = _kinds()
    for i, word in enumerate(parse.lower):
        if word in before:
            yield from _after_noun(parse, i, before[word])
        if word in after and i and parse.words[i].islower():
            yield from _before_noun(parse, i, after[word])


def _after_noun(parse: Parse, i: int, type_: str) -> Iterator[Candidate]:
    of = type_ == PLACE and parse.lower[i + 1 : i + 2] == ["of"]
    if type_ == PLACE and not of:
        return
    k = i + 1 + of
    quoted = parse.words[k : k + 1] in _OPENING
    end = _name_run(parse, k + quoted)
    if end > k + quoted and (of or quoted or parse.deps[i] in {"compound", "nmod", "appos", "amod"}):
        yield Candidate(k + quoted, end, type_, 2.5)


def _before_noun(parse: Parse, i: int, type_: str) -> Iterator[Candidate]:
    start = end = i - (parse.words[i - 1] in {"”", '"', "’", "'"})
    while start and is_capital(parse.words[start - 1]) and parse.tags[start - 1].startswith("NNP"):
        start -= 1
    known = start < end and (
        parse.words[start] in gazetteer.country_codes() or parse.words[end - 1] in gazetteer.known()
    )
    if start < end and not known:
        yield Candidate(start, end, type_, 2.5)


def _name_run(parse: Parse, k: int) -> int:
    end, limit = k, parse.sentences[parse.sentence_of[k]].end if k < len(parse) else k
    while (
        end < limit
        and is_capital(parse.words[end])
        and parse.words[end][-1:].isalnum()
        and parse.tags[end].startswith("NNP")
    ):
        end += 1
    return end


def _from_brackets(parse: Parse) -> Iterator[Candidate]:
    # "Rwandan Patriotic Front (RPF)": letters in brackets that the words before begin with.
    for i in range(1, len(parse) - 2):
        if (
            parse.words[i] == "("
            and parse.words[i + 2] == ")"
            and _stands_for(parse.words[i + 1], parse.words[max(0, i - 9) : i])
        ):
            yield Candidate(i + 1, i + 2, ORGANIZATION, 1.5)


def _stands_for(word: str, before: list[str]) -> bool:
    initials = [w[0].upper() for w in before if w[0].isalpha()]
    if not (word[0].upper() in initials and is_capital(before[-1]) and len(word) <= _LONGEST_ACRONYM):
        return False
    return sum(map(str.isupper, word)) > 1 and _in_order(word.upper(), initials) >= len(word) - 2


def _in_order(letters: str, initials: list[str]) -> int:
    """How many of the letters are found one after the other among the initials."""
    rest = iter(initials)
    for found, letter in enumerate(letters):
        if letter not in rest:  # takes from the iterator as far as the letter
            return found
    return len(letters)
