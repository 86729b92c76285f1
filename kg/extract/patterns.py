"""Who does what to whom, read off the parse: arguments of verbs and nouns, and patterns over them that are data.

A pattern names its trigger words, where its subject and object stand, and the relation it gives:

    - rule: action.meets          # which rule a claim names
      relation: MEETS
      verbs: [meet]               # or nouns: […]
      subject: [subject]          # slots, the first that is filled counts
      object: [object, with]      # "object", "subject", "possessor", "modifier", "apposed", a preposition,
                                  # "object.on": a preposition of the object; "clause.on", "clause.object":
                                  # a slot of the infinitive under it ("threatened to sue X")
      confidence: 0.9

An active and a passive clause, a relative clause, a participle and an infinitive all have the same slots.
"""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import yaml

from kg.extract.draft import Draft, DraftEntity
from kg.extract.parse import Parse, Tokens
from kg.model.ontology import allows

_LEXICONS = Path(__file__).parent / "lexicons"
_RELATIVE = frozenset({"WP", "WDT"})
_PAIR = 2
_DEPTH = 6
"""Steps up the tree that an unspoken subject is looked for."""


@cache
def lexicon(name: str) -> Any:
    """The data of `lexicons/<name>.yaml`."""
    return yaml.load((_LEXICONS / f"{name}.yaml").read_text(encoding="utf-8"), _LOADER)  # noqa: S506 - a safe loader


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Pattern(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One row of a pattern file; see the module's docstring.

    `with_object` lists words of which one must be the trigger's object ("impose" *sanctions* on …), `particle`
    a word that must follow ("reach *out*"), `manner` nouns of which one must stand behind a preposition ("spoke by
    *phone*"), `alone` that
    nothing is said of the object ("called him *a liar*"), `mutual` says that conjoined subjects alone suffice
    ("A and B met").
    """

    rule: str
    relation: str
    confidence: float
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    subject: tuple[str, ...] = ("subject",)
    object: tuple[str, ...] = ("object",)
    with_object: tuple[str, ...] = ()
    particle: str | None = None
    manner: tuple[str, ...] = ()
    mutual: bool = False
    alone: bool = False
    status: str = "asserted"
    subject_types: tuple[str, ...] = ()
    object_types: tuple[str, ...] = ()


class Patterns:
    """The patterns of a file, by trigger word."""

    def __init__(self, rows: list[Any]) -> None:
        self.verbs: dict[str, list[Pattern]] = {}
        self.nouns: dict[str, list[Pattern]] = {}
        for row in rows:
            pattern = msgspec.convert(row, Pattern)
            for words, index in ((pattern.verbs, self.verbs), (pattern.nouns, self.nouns)):
                for word in words:
                    index.setdefault(word, []).append(pattern)


@cache
def patterns(name: str) -> Patterns:
    """The patterns of `lexicons/<name>.yaml`."""
    return Patterns(lexicon(name))


# ---- arguments ---------------------------------------------------------------------------------------------


def conjuncts(parse: Parse, i: int) -> list[int]:
    """Token i and all that is coordinated with it, left to right."""
    found, todo = [], [i]
    while todo:
        j = todo.pop(0)
        found.append(j)
        todo.extend(c for c in parse.children[j] if parse.deps[c] == "conj" or _is_joined(parse, c))
        if any(parse.deps[c] == "case" for c in parse.children[j]) and j != i:
            found.remove(j)  # "X and Y's Z": Y is but the possessor of Z
    return sorted(found)


def _is_joined(parse: Parse, c: int) -> bool:
    """Whether the parser took the first of two coordinated names for a part of the second ("X and Y Bank")."""
    return parse.deps[c] in {"nmod", "compound"} and any(parse.deps[d] == "cc" for d in parse.children[c])


def first_conjunct(parse: Parse, i: int) -> int:
    """The head of the coordination that token i is in."""
    while parse.deps[i] == "conj":
        i = parse.heads[i]
    return i


def is_passive(parse: Parse, v: int) -> bool:
    """Whether the verb v takes its logical object as its subject."""
    if any(parse.deps[c] in {"auxpass", "nsubjpass"} for c in parse.children[v]):
        return True
    if parse.tags[v] != "VBN" or any(parse.deps[c] in {"aux", "nsubj"} for c in parse.children[v]):
        return False
    if parse.deps[v] == "conj":
        return is_passive(parse, parse.heads[v])
    return parse.deps[v] in {"acl", "advcl"}


def prepositional(parse: Parse, i: int, preposition: str) -> list[int]:
    """The objects of the prepositions with this word that hang on token i, also after a particle ("out to")."""
    found: list[int] = []
    for c in parse.children[i]:
        if parse.deps[c] not in {"prep", "dative", "agent", "prt", "advmod"}:
            continue
        if parse.lower[c] == preposition:
            found += _noun_objects(parse, c)
        elif parse.deps[c] in {"prep", "prt", "advmod"}:
            for d in parse.children[c]:
                if parse.deps[d] == "prep" and parse.lower[d] == preposition:
                    found += _noun_objects(parse, d)
    return found


def _noun_objects(parse: Parse, preposition: int) -> list[int]:
    return [t for c in parse.children[preposition] if parse.deps[c] == "pobj" for t in conjuncts(parse, c)]


def subjects(parse: Parse, v: int) -> list[int]:
    """The logical subject of a verb, also where it is unspoken; coordinated ones all."""
    if is_passive(parse, v):
        return prepositional(parse, v, "by")
    return _surface(parse, v, _DEPTH)


def surface_subjects(parse: Parse, v: int) -> list[int]:
    """The grammatical subject of a verb, active or passive, also where it is unspoken."""
    return _surface(parse, v, _DEPTH)


def objects(parse: Parse, v: int) -> list[int]:
    """The logical object of a verb; coordinated ones all."""
    if is_passive(parse, v):
        return _surface(parse, v, _DEPTH)
    own = [t for c in parse.children[v] if parse.deps[c] in {"dobj", "obj"} for t in conjuncts(parse, c)]
    return [_antecedent(parse, v) if parse.tags[t] in _RELATIVE else t for t in own]


def _surface(parse: Parse, v: int, depth: int) -> list[int]:
    for c in parse.children[v]:
        if parse.deps[c] in {"nsubj", "nsubjpass"} and parse.lower[c] != "there":
            return [_antecedent(parse, v)] if parse.tags[c] in _RELATIVE else conjuncts(parse, c)
    return _unspoken(parse, v, depth - 1) if depth else []


def _antecedent(parse: Parse, v: int) -> int:
    """What "which" or "who" under the verb v means: the noun that the relative clause above it hangs on."""
    while parse.deps[v] in {"xcomp", "ccomp", "conj"}:
        v = parse.heads[v]
    return parse.heads[v]


def _unspoken(parse: Parse, v: int, depth: int) -> list[int]:
    dep, head = parse.deps[v], parse.heads[v]
    if dep == "acl":
        return _of_noun(parse, v, head, depth)
    if dep == "pcomp":
        return _of_preposition(parse, head, depth)
    if dep == "xcomp":
        controller = [c for c in parse.children[head] if parse.deps[c] == "dobj"]
        return conjuncts(parse, controller[0]) if controller else _surface(parse, head, depth)
    if dep == "conj" and parse.tags[head].startswith("VB"):
        return _surface(parse, head, depth)
    if dep == "advcl" and parse.tags[v] in {"VBG", "VBN", "VB"}:
        return _surface(parse, head, depth)
    return []


def _of_noun(parse: Parse, v: int, noun: int, depth: int) -> list[int]:
    """The subject of "X's plan to …", "announced plans to …", else the noun itself ("a firm selling …")."""
    if not any(parse.lower[c] == "to" for c in parse.children[v]):
        return [noun]
    owner = parse.child(noun, "poss")
    if owner is not None:
        return conjuncts(parse, owner)
    governor = parse.heads[noun]
    if parse.deps[noun] == "dobj" and parse.tags[governor].startswith("VB"):
        return _surface(parse, governor, depth)
    return []


def _of_preposition(parse: Parse, preposition: int, depth: int) -> list[int]:
    governor = parse.heads[preposition]
    if not parse.tags[governor].startswith("VB"):
        return []
    if parse.lower[preposition] in {"of", "for", "from", "against"}:  # "accused X of …ing"
        held = [c for c in parse.children[governor] if parse.deps[c] == "dobj"]
        return conjuncts(parse, held[0]) if held else []
    return _surface(parse, governor, depth)


def modifiers(parse: Parse, noun: int) -> list[int]:
    """The nouns and adjectives before a noun, as heads of their own phrases ("China" in "the China talks")."""
    return [c for c in parse.children[noun] if c < noun and parse.deps[c] in {"compound", "amod", "nmod"}]


def noun_agents(parse: Parse, noun: int) -> list[int]:
    """Who does what a noun of action names: its possessor, "by …", or the subject of the verb it is the object of."""
    owner = parse.child(noun, "poss")
    if owner is not None:
        return conjuncts(parse, owner)
    by = prepositional(parse, noun, "by")
    return by or governing_subjects(parse, noun)


def governing_verb(parse: Parse, noun: int) -> int | None:
    """The verb of which a noun is the object, directly or behind a preposition."""
    top = first_conjunct(parse, noun)
    if parse.deps[top] == "pobj":
        top = parse.heads[top]
    elif parse.deps[top] not in {"dobj", "nsubjpass"}:
        return None
    verb = parse.heads[top]
    return verb if verb != top and parse.tags[verb].startswith("VB") else None


def governing_subjects(parse: Parse, noun: int) -> list[int]:
    """The logical subject of the verb that governs a noun."""
    verb = governing_verb(parse, noun)
    return [] if verb is None else subjects(parse, verb)


# ---- entities ----------------------------------------------------------------------------------------------

_RULERS = frozenset({"government", "administration", "authorities", "regime", "cabinet"})


def entity_at(draft: Draft, i: int) -> DraftEntity | None:
    """The entity that a noun phrase with head i names; a country's government is the country."""
    entity = draft.cover[i]
    if entity is not None:
        return None if _is_adjective(draft.parse, i) else entity
    if draft.parse.lower[i] not in _RULERS:
        return _described(draft, i)
    for c in draft.parse.children[i]:
        owner = draft.cover[c]
        if owner is not None and draft.parse.deps[c] in {"poss", "amod", "compound", "nmod"}:
            return owner
    return None


def _is_adjective(parse: Parse, i: int) -> bool:
    """Whether a name's word but modifies the next ("Ukrainian officials"), whatever the parser hangs on it."""
    return parse.tags[i] == "JJ" and i + 1 < len(parse) and parse.tags[i + 1] in {"NN", "NNS"}


def _described(draft: Draft, i: int) -> DraftEntity | None:
    """Whom a common noun describes that stands beside a name or is said of it: "X, a firm", "X is a firm"."""
    parse = draft.parse
    beside = parse.heads[i] if parse.deps[i] == "appos" else parse.child(i, "appos")
    if beside is not None:
        return draft.cover[beside]
    if parse.deps[i] == "attr" and parse.lemma(parse.heads[i]) == "be":
        said_of = parse.child(parse.heads[i], "nsubj")
        return None if said_of is None else draft.cover[said_of]
    return None


def examples(draft: Draft, i: int) -> list[int]:
    """The names that a common noun is an example list of: "retailers including X and Y", "firms such as X"."""
    parse = draft.parse
    if draft.cover[i] is not None or parse.tags[i] not in {"NNS", "NN"}:
        return []
    return [
        t
        for c in parse.children[i]
        if parse.deps[c] == "prep" and (parse.lower[c] == "including" or parse.lower[c - 1 : c + 1] == ["such", "as"])
        for t in _noun_objects(parse, c)
    ]


def apposed(parse: Parse, noun: int) -> list[int]:
    """What a noun of role is said of: "X, the owner of Y", "Y's owner, X", "owner X", "X is the owner of Y"."""
    noun = first_conjunct(parse, noun)
    dep, head = parse.deps[noun], parse.heads[noun]
    if dep in {"appos", "compound", "amod", "nmod"}:
        return [head]
    if dep == "attr":
        return subjects(parse, head)
    if dep == "pobj" and parse.lower[head] == "as":  # "operates as a subsidiary of"
        return subjects(parse, parse.heads[head])
    beside = parse.child(noun, "appos")
    return [] if beside is None else conjuncts(parse, beside)


def the_two(draft: Draft, i: int) -> list[DraftEntity]:
    """The two people, countries or companies named last before "the two ministers", "both countries"."""
    parse = draft.parse
    covered = draft.cover[i]
    if parse.tags[i] != "NNS" or (covered is not None and covered.type != "Group"):
        return []
    if not any(parse.lower[c] in {"two", "both"} for c in parse.children[i]):
        return []
    type_ = next((t for t, nouns in lexicon("pairs").items() if parse.lemma(i) in nouns), None)
    last = [
        (max((m.start for m in entity.mentions if m.start < i), default=-1), entity)
        for entity in (draft.named(type_) if type_ else ())
    ]
    named = sorted((pair for pair in last if pair[0] >= 0), key=lambda pair: -pair[0])[:_PAIR]
    return [entity for _, entity in named] if len(named) == _PAIR else []


def entities_at(draft: Draft, tokens: list[int], *types: str) -> list[tuple[DraftEntity, int]]:
    """The entities that these heads name, each once with its token, where their type is one that `allows` takes."""
    found: dict[int, tuple[DraftEntity, int]] = {}
    for i in [t for token in tokens for t in (token, *examples(draft, token))]:
        single = entity_at(draft, i)
        for entity in the_two(draft, i) or ([single] if single is not None else []):
            if not types or entity.type in types:
                found.setdefault(id(entity), (entity, i))
    return list(found.values())


def extent(draft: Draft, i: int) -> Tokens:
    """The tokens around i that the same entity covers; i alone where none does."""
    owner, start, end = draft.cover[i], i, i + 1
    if owner is not None:
        while start > 0 and draft.cover[start - 1] is owner:
            start -= 1
        while end < len(draft.parse) and draft.cover[end] is owner:
            end += 1
    return Tokens(start, end)


def where(draft: Draft, *tokens: int) -> tuple[int, int]:
    """The range of tokens from the first to the last of these, with the names they are in."""
    spans = [extent(draft, i) for i in tokens]
    return min(span.start for span in spans), max(span.end for span in spans)


# ---- matching ----------------------------------------------------------------------------------------------


def apply(draft: Draft, name: str) -> None:
    """Add the claims that the patterns of `lexicons/<name>.yaml` find."""
    table = patterns(name)
    parse = draft.parse
    told: set[tuple[int, str]] = set()  # nouns that a verb with them has told: "voiced her support for X"
    for i, tag in enumerate(parse.tags):
        index = table.verbs if tag[0] == "V" else table.nouns if tag in {"NN", "NNS"} else None
        if index is None:
            continue
        for pattern in index.get(parse.lemma(i), ()):
            if (i, pattern.relation) not in told and _fits(parse, pattern, i) and _apply(draft, pattern, i):
                told |= {(o, pattern.relation) for o in objects(parse, i) if pattern.with_object}


def _apply(draft: Draft, pattern: Pattern, i: int) -> bool:
    """Add the claims of a pattern at its trigger; whether there are any."""
    before = len(draft.claims)
    for (subject, a), (object_, b) in _pairs(draft, pattern, i):
        if allows(pattern.relation, subject.type, object_.type):
            claim = draft.claim(
                pattern.relation, subject, object_, where(draft, a, i, b), pattern.confidence, pattern.rule
            )
            claim.status = pattern.status
    return len(draft.claims) > before


def _fits(parse: Parse, pattern: Pattern, i: int) -> bool:
    if pattern.particle and not any(parse.lower[c] == pattern.particle for c in parse.children[i]):
        return False
    if pattern.alone and any(parse.deps[c] in {"oprd", "xcomp", "ccomp"} for c in parse.children[i]):
        return False
    if pattern.manner and not any(
        parse.lemma(t) in pattern.manner for c in parse.children[i] for t in _noun_objects(parse, c)
    ):
        return False
    return not pattern.with_object or any(parse.lemma(t) in pattern.with_object for t in objects(parse, i))


def _pairs(draft: Draft, pattern: Pattern, i: int) -> Iterator[tuple[tuple[DraftEntity, int], tuple[DraftEntity, int]]]:
    slot, left = _filled(draft, i, pattern.subject, pattern.subject_types)
    _, right = _filled(draft, i, pattern.object, pattern.object_types)
    together = slot == "between" or draft.parse.tags[i][0] == "V"
    if pattern.mutual and not right and together and len(left) > 1:
        yield from ((a, b) for n, a in enumerate(left) for b in left[n + 1 :])
        return
    yield from ((a, b) for a in left for b in right if a[0] is not b[0])


def _filled(
    draft: Draft, i: int, slots: tuple[str, ...], types: tuple[str, ...]
) -> tuple[str, list[tuple[DraftEntity, int]]]:
    """The first slot that entities of these types fill, and the entities."""
    for slot in slots:
        found = entities_at(draft, _slot(draft.parse, i, slot), *types)
        if found:
            return slot, found
    return "", []


def _slot(parse: Parse, i: int, slot: str) -> list[int]:
    if slot.startswith("object."):
        nouns = [t for o in objects(parse, i) for t in (o, *prepositional(parse, o, "of"))]
        return [t for noun in nouns for t in prepositional(parse, noun, slot.removeprefix("object."))]
    if slot.startswith("clause."):
        inner = [c for c in parse.children[i] if parse.deps[c] == "xcomp"]
        return [t for c in inner for t in _slot(parse, c, slot.removeprefix("clause."))]
    found = _SLOTS.get(slot)
    return prepositional(parse, i, slot) if found is None else found(parse, i)


def _subjects_or_governing(parse: Parse, i: int) -> list[int]:
    return subjects(parse, i) if parse.tags[i][0] == "V" else governing_subjects(parse, i)


def possessors(parse: Parse, noun: int) -> list[int]:
    """The possessor of a noun, or of the noun that it is coordinated with ("X's director and owner")."""
    owner = parse.child(noun, "poss")
    if owner is None:
        owner = parse.child(first_conjunct(parse, noun), "poss")
    return [] if owner is None else conjuncts(parse, owner)


_SLOTS: dict[str, Callable[[Parse, int], list[int]]] = {
    "subject": _subjects_or_governing,
    "object": objects,
    "possessor": possessors,
    "apposed": apposed,
    "modifier": modifiers,
}
