"""Quads as records again: what `kg.store.rdf` made, read out of an Oxigraph store."""

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import TypeVar
from urllib.parse import unquote

import msgspec
import pyoxigraph as ox

from kg.errors import SourceError
from kg.model.graph import GraphArticle, GraphClaim, GraphEntity, GraphMention, GraphRelation
from kg.model.ontology import ENTITY_TYPES, ID_BASE, IDENTIFIERS, NAMESPACE, PROPERTY_IRIS, QUALIFIERS, RELATIONS
from kg.model.records import Record, Time
from kg.store.rdf_rest import ENTITY_NAMES, STATEMENT_NAMES

R = TypeVar("R", bound=Record)
Texts = dict[str, str]
Fields = dict[str, object]

_NAME_OF = {iri: name for name, iri in PROPERTY_IRIS.items()}
_RELATION_OF = {NAMESPACE + relation.rdf_name: name for name, relation in RELATIONS.items()}
_TYPE_OF = {NAMESPACE + name: name for name in ENTITY_TYPES}
_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_REDIRECT = ox.NamedNode(PROPERTY_IRIS["redirectsTo"])
_TIME = {"timeText": "text"} | {name: name for name in ("edtf", "earliest", "latest", "anchor", "precision")}
_SNAKE = {
    "firstSeen": "first_seen",
    "lastSeen": "last_seen",
    "validFrom": "valid_from",
    "validTo": "valid_to",
    "sentenceStart": "sentence_start",
    "sentenceEnd": "sentence_end",
    "attributedTo": "attributed_to",
    "exact": "quote",
    "statedIn": "article",
    "mentioned": "entity",
}
_NO_PLACE = {"start": "0", "end": "0", "quote": "", "sentence": "", "sentence_start": "0", "sentence_end": "0"}
_NOT_ATTRIBUTES = ENTITY_NAMES | {*IDENTIFIERS, "asRecorded"}


class Reading:
    """The records of a graph in RDF; those of its graphs are taken together.

    `base` is what the ids in its IRIs come after. A record that is not whole raises `SourceError`.
    """

    def __init__(self, store: ox.Store, base: str = ID_BASE) -> None:
        self._store = store
        self._base = base

    def articles(self) -> Iterator[GraphArticle]:
        """Articles, in no order."""
        for subject in self._of("Article"):
            said = self._said(subject)
            fields = said.texts("title", "source", "url", "publisher", "published", "modified", "language")
            extractor = self._extractor(subject)
            authors = said.all("authors")
            yield self._record(GraphArticle, said, fields | {"authors": authors, "extractor": extractor})

    def entities(self) -> Iterator[GraphEntity]:
        """Canonical entities, statements among them."""
        for subject in self._of("Entity"):
            said = self._said(subject)
            types = [_TYPE_OF[type_] for type_ in said.types if type_ in _TYPE_OF]
            if "Article" in types:
                continue
            if not types:
                raise SourceError(f"{subject.value} is of no type that the ontology has; `kg schema` lists them.")
            statement = self._statement(said) if said.links["statedIn"] else None
            skipped = _NOT_ATTRIBUTES | STATEMENT_NAMES if statement else _NOT_ATTRIBUTES
            fields: Fields = {
                "type": max(types, key=lambda name: len(ENTITY_TYPES[name].parents)),
                "aliases": said.all("aliases"),
                "identifiers": said.texts(*IDENTIFIERS),
                "attributes": said.texts(*(said.literals.keys() - skipped)),
                "members": sorted(self._members(subject)),
                "statement": statement,
            }
            yield self._record(GraphEntity, said, fields | said.texts("name", "articles", "firstSeen", "lastSeen"))

    def relations(self) -> Iterator[GraphRelation]:
        """Relations with their figures."""
        names = ("status", "support", "independent", "confidence")
        for subject in self._of("Relation"):
            said = self._said(subject)
            fields = said.texts(*names, "firstSeen", "lastSeen", "validFrom", "validTo", "inferred")
            yield self._record(GraphRelation, said, fields | self._joined(said))

    def claims(self) -> Iterator[GraphClaim]:
        """Claims with their evidence."""
        for subject in self._of("Claim"):
            said = self._said(subject)
            fields = said.texts("status", "confidence", "rule", "inferred", "validFrom", "validTo")
            links = said.ids("relation", "statedIn", "attributedTo") | {"premises": said.all_ids("premise")}
            yield self._record(GraphClaim, said, fields | links | self._joined(said) | self._evidence(said))

    def mentions(self) -> Iterator[GraphMention]:
        """What articles mention."""
        for subject in self._of("Mention"):
            said = self._said(subject)
            fields = said.texts("count", "start", "exact") | said.ids("statedIn", "mentioned")
            end = int(fields.get("start", 0)) + len(fields.get("quote", ""))
            yield self._record(GraphMention, said, {"end": end, **fields})

    def _of(self, class_: str) -> Iterator[ox.NamedNode]:
        """What is of a class, each once, though several graphs may say so."""
        found = self._store.quads_for_pattern(None, _TYPE, ox.NamedNode(NAMESPACE + class_), None)
        seen: set[object] = set()
        for quad in found:
            if quad.subject not in seen and isinstance(quad.subject, ox.NamedNode):
                seen.add(quad.subject)
                yield quad.subject

    def _said(self, subject: ox.NamedNode) -> "_Said":
        said = _Said(subject, self._base)
        for quad in self._store.quads_for_pattern(subject, None, None, None):
            said.add(quad)
        return said

    def _members(self, subject: ox.NamedNode) -> Iterator[str]:
        for quad in self._store.quads_for_pattern(None, _REDIRECT, subject, None):
            yield _id_of(quad.subject, self._base)

    def _extractor(self, article: ox.NamedNode) -> str | None:
        reading = self._said(ox.NamedNode(f"{article.value}-extraction"))
        for agent in reading.links["extractor"]:
            return self._said(agent).texts("version").get("version")
        return None

    def _joined(self, said: "_Said") -> Fields:
        """The ends and the type of a claim or relation, and its qualifiers."""
        ends = said.triple()
        if ends is None or ends[1] not in _RELATION_OF:
            raise SourceError(f"{said.subject.value} has no subject, predicate and object that the ontology knows.")
        subject, predicate, object_ = ends
        type_, qualifiers = _RELATION_OF[predicate], said.texts(*QUALIFIERS)
        return {"type": type_, "subject": subject, "object": object_, "qualifiers": qualifiers}

    def _evidence(self, said: "_Said") -> Fields:
        """The words that something stands on, and its time."""
        place = said.texts("sentence", "sentenceStart", "sentenceEnd")
        for selector in said.links["selector"]:
            place |= self._said(selector).texts("exact", "start", "end")
        time = {_TIME[name]: text for name, text in said.texts(*_TIME).items()}
        return _NO_PLACE | place | {"time": msgspec.convert(time, Time) if "text" in time else None}

    def _statement(self, said: "_Said") -> Fields:
        fields = said.texts("text", "quoted", "act", "stance", "confidence", "rule") | said.ids("statedIn")
        return fields | self._evidence(said)

    def _record(self, kind: type[R], said: "_Said", fields: Fields) -> R:
        rest = json.loads(said.texts("asRecorded").get("asRecorded", "{}"))
        if isinstance(fields.get("statement"), dict):
            rest["statement"] = fields["statement"] | rest.get("statement", {})
        own = {} if kind is GraphMention else {"id": _id_of(said.subject, self._base)}
        try:
            return msgspec.convert(own | fields | rest, kind, strict=False)
        except msgspec.ValidationError as error:
            raise SourceError(f"{said.subject.value} is no whole {kind.__name__[5:].lower()}: {error}.") from error


class _Said:
    """What is said of one subject: texts and IRIs under the names of the ontology."""

    def __init__(self, subject: ox.NamedNode, base: str) -> None:
        self.subject = subject
        self.types: list[str] = []
        self.literals: defaultdict[str, list[str]] = defaultdict(list)
        self.links: defaultdict[str, list[ox.NamedNode]] = defaultdict(list)
        self._base = base

    def add(self, quad: ox.Quad) -> None:
        """Take in one quad."""
        predicate, value = quad.predicate.value, quad.object
        name = _NAME_OF.get(predicate, "")
        if quad.predicate == _TYPE and isinstance(value, ox.NamedNode):
            self.types.append(value.value)
        elif isinstance(value, ox.Literal):
            self.literals[name].append(value.value)
        elif isinstance(value, ox.NamedNode):
            self.links[name].append(value)

    def texts(self, *names: str) -> Texts:
        """The literals of these names that are there, under the names of the record's fields."""
        return {_SNAKE.get(name, name): self.literals[name][0] for name in names if name in self.literals and name}

    def all(self, name: str) -> list[str]:
        """All literals of a name, in alphabetical order."""
        return sorted(set(self.literals.get(name, ())))

    def ids(self, *names: str) -> Texts:
        """The ids that these names lead to, under the names of the record's fields."""
        return {_SNAKE.get(name, name): found[0] for name in names if (found := self.all_ids(name))}

    def all_ids(self, name: str) -> list[str]:
        """All ids that a name leads to, in alphabetical order."""
        return sorted({_id_of(node, self._base) for node in self.links.get(name, ())})

    def triple(self) -> tuple[str, str, str] | None:
        """The subject's id, the predicate's IRI and the object's id."""
        found = [self.links[name] for name in ("subject", "predicate", "object")]
        parts = [nodes[0] for nodes in found if nodes]
        if len(parts) != len(found):
            return None
        subject, predicate, object_ = parts
        return _id_of(subject, self._base), predicate.value, _id_of(object_, self._base)


def _id_of(node: object, base: str) -> str:
    if not isinstance(node, ox.NamedNode) or not node.value.startswith(base):
        raise SourceError(f"{node} does not begin with {base}; name the IRI that its ids come after with --base.")
    return unquote(node.value[len(base) :])
