"""JSON-LD, compacted with the ontology's context: the dataset as it is, or a tree an article."""

import json
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import chain, groupby
from operator import attrgetter
from typing import Any, BinaryIO

from kg.errors import UsageError
from kg.export.rdf.lines import write
from kg.export.rdf.stream import ArticleReader, Options, Told, article_quads, by_article, quads, under
from kg.export.rdf.terms import Written, split
from kg.model.ontology import ID_BASE
from kg.paths import data_folder
from kg.store import rdf
from kg.store.rdf import Quad

Json = dict[str, Any]

_XSD = rdf.PREFIXES["xsd"]
_TREE = {
    "says": {"@reverse": "prov:wasQuotedFrom", "@container": "@set"},
    "readBy": {"@reverse": "prov:used", "@container": "@set"},
}
_CARD = ("id", "type", "name")  # what a tree tells of an entity


@cache
def _context() -> Json:
    found: Json = json.loads((data_folder("schemas") / "context.jsonld").read_text("utf-8"))["@context"]
    return found


def jsonld(graph: ArticleReader, output: BinaryIO, options: Options) -> None:
    """`@graph` with an object a named graph, or, in the default graph, a subject; each on lines of its own."""
    compact = _Compact(options.base)
    write(output, _document(_context(), options, _graphs(quads(graph, options), compact)))


def framed(graph: ArticleReader, output: BinaryIO, options: Options) -> None:
    """A tree an article: its metadata, and under `says` its claims, statements and mentions with their evidence.

    What they tell of is there with type and name, statements and relations whole. There are no named graphs.
    """
    if options.profile != "claims":
        raise UsageError("jsonld-framed is made of the claims; leave out --profile.")
    context = _context() | _TREE
    trees = (_tree(graph, told, _Compact(options.base)) for told in by_article(graph))
    write(output, _document(context, options, map(_json, trees)))


def _document(context: Json, options: Options, items: Iterable[str]) -> Iterator[str]:
    if options.profile == "rdf12":
        raise UsageError("JSON-LD has no triple terms; write the profile rdf12 as turtle, trig, ntriples or nquads.")
    yield f'{{"@context":{_json(context | {"@base": options.base})},\n"@graph":['
    for n, item in enumerate(items):
        yield f",\n{item}" if n else f"\n{item}"
    yield "\n]}\n"


def _graphs(found: Iterable[Quad], compact: "_Compact") -> Iterator[str]:
    """One JSON object after the other; a large graph is cut into pieces by its subjects."""
    for (name, _), inside in groupby(found, key=attrgetter("graph", "subject")):
        node = compact.node(inside)
        yield _json({"id": compact.iri(name[1:-1]), "@graph": [node]} if name else node)


def _json(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


class _Compact:
    """IRIs and literals under the terms of the context, ids relative to the base."""

    def __init__(self, base: str) -> None:
        self.base = base
        self._terms = _terms()

    def node(self, found: Iterable[Quad]) -> Json:
        """The node object of quads of one subject."""
        node: Json = {}
        for quad in found:
            if not node:
                node["id"] = self.iri(quad.subject[1:-1])
            self._add(node, quad)
        return node

    def iri(self, iri: str) -> str:
        """An IRI relative to the base where it is below it; one with "%" whole, as readers may unescape it."""
        return iri if "%" in iri else iri.removeprefix(self.base)

    def _add(self, node: Json, quad: Quad) -> None:
        if quad.predicate == rdf.TYPE:
            value: Any = self._class(quad.object[1:-1])
            name, many = "type", True
        else:
            predicate = quad.predicate[1:-1]
            name, definition = self._terms.get(predicate, (predicate, {}))
            value, many = self._value(split(quad.object), definition), "@container" in definition
        if many:
            _append(node.setdefault(name, []), value)
        elif name not in node:
            node[name] = value
        elif node[name] != value:
            node[name] = [*(node[name] if isinstance(node[name], list) else [node[name]]), value]

    def _class(self, iri: str) -> str:
        return str(self._terms.get(iri, (iri, {}))[0])

    def _value(self, value: Written, definition: Json) -> Any:
        wanted = definition.get("@type")
        if value.iri is not None:
            if wanted == "@vocab":
                return self._class(value.iri)
            return self.iri(value.iri) if wanted == "@id" else {"@id": self.iri(value.iri)}
        if value.datatype is None:
            return value.text if wanted is None else {"@value": value.text}
        if wanted is None or _expanded(wanted) != value.datatype:
            return {"@value": value.text, "@type": value.datatype}
        native = _NATIVE.get(value.datatype)
        return native(value.text) if native else value.text


_NATIVE: dict[str, Callable[[str], object]] = {_XSD + "integer": int, _XSD + "boolean": "true".__eq__}


@cache
def _terms() -> dict[str, tuple[str, Json]]:
    """The term of each IRI, and how the context defines it."""
    found: dict[str, tuple[str, Json]] = {}
    for name, definition in _context().items():
        iri = definition["@id"] if isinstance(definition, dict) else definition
        if not name.startswith("@") and not iri.startswith("@") and ":" in iri and not iri.endswith(("/", "#")):
            found[_expanded(iri)] = (name, definition if isinstance(definition, dict) else {})
    return found


@cache
def _expanded(curie: str) -> str:
    prefix, _, local = curie.partition(":")
    return f"{_context()[prefix]}{local}" if prefix in _context() else curie


def _append(values: list[Any], value: Any) -> None:
    if value not in values:
        values.append(value)


# Trees


def _tree(graph: ArticleReader, told: Told, compact: _Compact) -> Json:
    article, claims, mentions = told[0], list(told[1]), list(told[2])
    ends = {end for claim in claims for end in (claim.subject, claim.object)} | {m.entity for m in mentions}
    nodes = _nodes(_under_base(article_quads(article, claims, mentions), compact), compact)
    cards = {}
    for entity in graph.entities(ends | {claim.attributed_to for claim in claims if claim.attributed_to}):
        own = _nodes(_under_base(rdf.entity_quads(entity), compact), compact)
        card = own.pop(compact.iri(under(rdf.iri(entity.id), compact.base)[1:-1]))
        keep = card if entity.statement and entity.statement.article == article.id else _only(card)
        cards[card["id"]] = keep
        nodes |= {name: node for name, node in own.items() if keep is card}
    root = nodes.pop(compact.iri(under(rdf.iri(article.id), compact.base)[1:-1]))
    relations = graph.relations({claim.relation for claim in claims})
    behind = chain.from_iterable(map(rdf.relation_quads, relations))
    cards |= _nodes(_under_base(behind, compact), compact)
    said = [node for node in (*nodes.values(), *cards.values()) if node.get("statedIn") == root["id"]]
    root["says"] = [_grown(node, nodes, cards) for node in said]
    root["readBy"] = [_read_by(node, nodes) for node in nodes.values() if node.get("extractedFrom") == root["id"]]
    return root


def _read_by(node: Json, nodes: dict[str, Json]) -> Json:
    """The extraction with its program; what it read is told by where it stands."""
    grown = {name: value for name, value in node.items() if name != "extractedFrom"}
    return grown | {"extractor": nodes[node["extractor"]]} if "extractor" in node else grown


def _nodes(found: Iterable[Quad], compact: _Compact) -> dict[str, Json]:
    nodes = (compact.node(about) for _, about in groupby(found, key=attrgetter("subject")))
    merged: dict[str, Json] = {}
    for node in nodes:
        merged.setdefault(node["id"], {}).update(node)
    return merged


def _under_base(found: Iterable[Quad], compact: _Compact) -> Iterator[Quad]:
    return (quad if compact.base == ID_BASE else Quad(*(under(term, compact.base) for term in quad)) for quad in found)


def _only(card: Json) -> Json:
    return {name: card[name] for name in _CARD if name in card}


def _grown(node: Json, nodes: dict[str, Json], cards: dict[str, Json]) -> Json:
    """A node with what it leads to in the place of ids; `statedIn` is told by where it stands."""
    grown = {name: value for name, value in node.items() if name != "statedIn"}
    for name in ("subject", "object", "mentioned", "attributedTo"):
        if name in grown and grown[name] in cards:
            grown[name] = _only(cards[grown[name]])
    if "relation" in grown:
        grown["relation"] = cards.get(grown["relation"], grown["relation"])
    if "selector" in grown:
        grown["selector"] = [nodes.get(one, one) for one in grown["selector"]]
    return grown
