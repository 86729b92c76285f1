"""To whom a statement is directed: "urged Norway to …", "told Mensah that …", "called on the U.S. to …"."""

from kg.extract.acts import demanded_of
from kg.extract.attribution import Attribution
from kg.extract.draft import Draft, DraftEntity
from kg.extract.lexicon import words
from kg.extract.parse import Parse, Tokens
from kg.extract.said import Said
from kg.model.ontology import is_a


def find(draft: Draft, one: Said) -> DraftEntity | None:
    """The agent addressed; outlets that were told something pass it on instead (see `reporting`)."""
    for i in (_of_cue(draft.parse, one.found.head), demanded_of(draft.parse, one.found)):
        entity = None if i is None else draft.cover[i]
        if entity is None or entity is one.speaker or entity.type == "MediaOutlet":
            continue
        if is_a(entity.type, "Agent"):
            return entity
    return None


def without_addressee(parse: Parse, found: Attribution) -> list[Tokens]:
    """The content without a piece that only names the addressee: "…," he told reporters, "…"."""
    addressee = _of_cue(parse, found.head)
    if addressee is None:
        return found.content
    start, end = parse.edges[addressee]
    rest = [piece for piece in found.content if not all(start <= i < end for i in _words(parse, piece))]
    return rest or found.content


def _words(parse: Parse, piece: Tokens) -> list[int]:
    """The tokens of a piece that are words: `"Accra Tonight."` may hold a stop that is not the addressee's."""
    return [i for i in range(*piece) if parse.words[i][:1].isalnum()]


def _of_cue(parse: Parse, cue: int) -> int | None:
    lemma = parse.lemma(cue)
    if lemma in words("addressing_verbs.txt"):
        direct = parse.child(cue, "dobj", "dative")
        if direct is not None and direct > cue:
            return direct
        # "urged Norway to lift …" is read as a clause with Norway as its subject.
        clause = parse.child(cue, "ccomp", "xcomp")
        if clause is not None and not any(parse.deps[c] == "mark" for c in parse.children[clause]):
            subject = parse.child(clause, "nsubj")
            return subject if subject is not None and cue < subject < clause else None
        return None
    for c in parse.children[cue]:
        if parse.deps[c] == "prep" and f"{lemma} {parse.lower[c]}" in words("addressing_verbs.txt"):
            return parse.child(c, "pobj")
    return None
