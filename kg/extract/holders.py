"""Who holds an office that the text names: before it, after it, in apposition, or joined by a verb."""

from kg.extract import gazetteer
from kg.extract.draft import Draft, DraftEntity
from kg.extract.titles import Title

_LINKING = frozenset({"be", "become", "remain", "serve"})
_NAMING = frozenset({"name", "appoint", "elect", "make", "nominate", "call", "swear", "choose", "pick", "select"})
_PLANNED = frozenset({"nominate", "pick", "choose", "select"})
_DETERMINERS = frozenset({"the", "a", "an", "its", "his", "her", "their"})
_POST_NOMINALS = frozenset({"MP", "MEP", "QC", "KC", "SC", "AO", "AC", "OBE", "CBE", "MBE"})
_LISTS = frozenset({",", "and", "&"})
_TITLES = gazetteer.word_set("candidates.named_titles")
_ENDS = frozenset({",", ".", ";", "(", ")", "–", "—", "-", "of", "from"})
_REST_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS", "JJ", "IN", "DT", "HYPH", "POS", "CD", "''"})
_REST = 9
"""Tokens after a title and its body in which the comma before the name must come."""

Holder = tuple[DraftEntity, int, int, str]
"""A person, the tokens of the mention, and the name of the shape in which it was found."""


def find(draft: Draft, title: Title) -> list[Holder]:
    """The people who hold an office, most telling shape first; an empty list where the text names nobody."""
    after = _after(draft, title)
    if after:
        return after
    for shape in (_apposition, _comma_after, _copula, _naming):
        holder = shape(draft, title)
        if holder is not None:
            return [holder]
    return []


def _person(draft: Draft, i: int) -> tuple[DraftEntity, int, int] | None:
    """The person (or group) mentioned at token i, with the mention's range."""
    if not 0 <= i < len(draft.cover):
        return None
    entity = draft.cover[i]
    if entity is None or entity.type != "Person":
        return None
    mention = next((m for m in entity.mentions if m.start <= i < m.end), None)
    return None if mention is None else (entity, mention.start, mention.end)


def _after(draft: Draft, title: Title) -> list[Holder]:
    """Of the form "Chancellor Angela Merkel"; for a plural also "senators A, B and C"."""
    parse = draft.parse
    k = title.end + (parse.words[title.end : title.end + 1] in (["“"], ['"']))
    first = _person(draft, k)
    if first is None or first[1] != k or parse.sentence_of[k] != parse.sentence_of[title.at]:
        return []
    if any(m.kind == "pronoun" for m in first[0].mentions if m.start == k):
        return []
    found: list[Holder] = [(*first, "office.title_before_name")]
    if (parse.lower[title.at].endswith("s") and parse.tags[title.at] in {"NNS", "NNPS"}) or parse.lower[
        title.at
    ].endswith("s."):
        found += _listed(draft, first[2])
    return found


def _listed(draft: Draft, k: int) -> list[Holder]:
    found: list[Holder] = []
    while k < len(draft.cover) and draft.parse.lower[k] in _LISTS:
        while k < len(draft.cover) and draft.parse.lower[k] in _LISTS:
            k += 1
        person = _person(draft, k)
        if person is None or person[1] != k:
            break
        found.append((*person, "office.title_before_list"))
        k = person[2]
    return found


def _apposition(draft: Draft, title: Title) -> Holder | None:
    """Of the form "Jane Doe, head of the bank", "Jane Doe (head of the bank)", "founder and head of the bank"."""
    lower = draft.parse.lower
    k = title.start - 1
    k -= k > 0 and lower[k] in _DETERMINERS
    if k < 1 or draft.parse.tags[title.at] in {"NNS", "NNPS"}:
        return None
    if lower[k] == "(":
        return _named(_person(draft, k - 1), "office.name_bracket_title")
    if lower[k] in {"and", "&"}:
        return _conjunct(draft, title, k)
    return _after_comma(draft, title, k) if lower[k] in {",", "–", "-", "—"} else None


def _after_comma(draft: Draft, title: Title, k: int) -> Holder | None:
    lower, sentence_of = draft.parse.lower, draft.parse.sentence_of
    if _after_comma_is_subject(draft, title) or sentence_of[k - 1] != sentence_of[title.at]:
        return None
    if k > 2 and lower[k - 1].isdigit() and lower[k - 2] == ",":  # noqa: PLR2004 - "Jane Doe, 52, head of"
        k -= 2
    return _named(_person(draft, k - 1), "office.name_comma_title")


def _after_comma_is_subject(draft: Draft, title: Title) -> bool:
    # "For Merkel, the head of the SPD is no partner": what follows the comma is a subject of its own.
    return draft.parse.deps[title.at] in {"nsubj", "nsubjpass"} and draft.parse.heads[title.at] > title.at


def _conjunct(draft: Draft, title: Title, k: int) -> Holder | None:
    """Of the form "X, founder and chief executive of Y": the second of two offices of one person."""
    parse = draft.parse
    first = parse.heads[title.at]
    if parse.deps[title.at] != "conj" or first >= k or _person(draft, first) is not None:
        return None
    j = parse.edges[first].start - 1
    if parse.deps[first] == "appos":
        return _named(_person(draft, parse.heads[first]), "office.name_comma_title")
    return _named(_person(draft, j - 1) if j > 0 and parse.words[j] == "," else None, "office.name_comma_title")


def _named(person: tuple[DraftEntity, int, int] | None, rule: str) -> Holder | None:
    return None if person is None else (*person, rule)


def _comma_after(draft: Draft, title: Title) -> Holder | None:
    """Of the form "the bank's chief executive, Jane Doe, said": the phrase, a comma, a person, and an end."""
    words = draft.parse.words
    if title.start == title.at and title.scope is None and title.country is None:
        return None
    k = _closing_comma(draft, title)
    if k is None:
        return None
    k += len(words[k + 1 : k + 3]) if words[k + 1 : k + 3] in (["the", "Hon"], ["the", "Hon."]) else 0
    k += words[k + 1] in {'"', "”"} or draft.parse.lower[k + 1] in _TITLES
    person = _person(draft, k + 1)
    if person is None or person[1] != k + 1 or person[2] >= len(words) - 1:
        return None
    person = (*person[:2], person[2] + (words[person[2]] in _POST_NOMINALS))
    if words[person[2]] not in _ENDS:
        return None
    following = _person(draft, person[2] + 1)
    if following is not None or words[person[2] + 1 : person[2] + 2] == ["and"]:
        return None  # a list of people, not an apposition
    return _named(person, "office.title_comma_name")


def _closing_comma(draft: Draft, title: Title) -> int | None:
    """The comma that ends the phrase: right after it, or after the rest of its noun phrase ("of the bank in Oslo,")."""
    parse = draft.parse
    for k in range(title.end, min(title.end + _REST, len(parse) - 2)):
        if parse.words[k] == ",":
            if parse.lower[k - 3 : k] == ["at", "the", "time"]:
                title.status = "ended"
            return k
        if parse.tags[k] not in _REST_TAGS or _person(draft, k) is not None:
            return None
    return None


def _copula(draft: Draft, title: Title) -> Holder | None:
    """Of the form "Jane Doe is the head of the bank", "who became chancellor"."""
    parse = draft.parse
    verb = parse.heads[title.at]
    if parse.deps[title.at] == "pobj" and parse.lower[verb] == "as":
        return _serving(draft, title, verb)
    if parse.deps[title.at] not in {"attr", "oprd"} or parse.lemma(verb) not in _LINKING:
        return None
    subject = parse.child(verb, "nsubj", "nsubjpass")
    if subject is None:
        return None
    if any(c for c in parse.children[verb] if parse.tags[c] == "MD") and parse.lemma(verb) == "become":
        title.status = "planned"
    elif (
        parse.lemma(verb) == "be"
        and parse.tags[verb] == "VBD"
        and title.status == "asserted"
        and parse.lower[subject] == "who"
    ):
        title.status = "ended"
    if parse.lower[subject] in {"who", "which"} and parse.deps[verb] == "relcl":
        subject = parse.heads[verb]
    return _named(_person(draft, subject), "office.copula")


def _serving(draft: Draft, title: Title, preposition: int) -> Holder | None:
    parse = draft.parse
    verb = parse.heads[preposition]
    if parse.lemma(verb) in _NAMING:
        return _object(draft, title, verb)
    if parse.lemma(verb) not in {
        "serve",
        "work",
        "act",
        "resign",
        "retire",
        "step",
        "quit",
        "continue",
        "take",
        "remain",
    }:
        return None
    subject = parse.child(verb, "nsubj")
    if subject is None:
        return None
    if parse.lemma(verb) in {"resign", "retire", "step", "quit"}:
        title.status = "ended"
    if parse.lower[subject] == "who" and parse.deps[verb] == "relcl":
        subject = parse.heads[verb]
    return _named(_person(draft, subject), "office.served_as")


def _naming(draft: Draft, title: Title) -> Holder | None:
    """Of the form "appointed Jane Doe head of", "Jane Doe was elected president"."""
    parse = draft.parse
    verb = parse.heads[title.at]
    if parse.lemma(verb) not in _NAMING or parse.deps[title.at] not in {"oprd", "attr", "dobj", "dep"}:
        return None
    return _object(draft, title, verb)


def _object(draft: Draft, title: Title, verb: int) -> Holder | None:
    parse = draft.parse
    passive = parse.child(verb, "nsubjpass")
    person = passive if passive is not None else parse.child(verb, "dobj")
    if person is None:
        return None
    if parse.lemma(verb) in _PLANNED:
        title.status = "planned"
    return _named(_person(draft, person), "office.named_to")
