"""SHACL shapes as SPARQL queries, one a rule: what breaks a rule is what its query finds.

A store on disk answers them, where a validator holds the graph in memory. What our shapes use of SHACL is known here,
and nothing else: a shape that says more is refused, never passed over.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.errors import StoreError

_SH = "http://www.w3.org/ns/shacl#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_CAST = {f"<{_XSD}{name}>" for name in ("integer", "decimal", "boolean", "date", "dateTime")}

Node = ox.NamedNode | ox.BlankNode
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: what it demands, in a sentence, and the SELECT of what breaks it.

    `?this` is what breaks it, `?value` the value that does so with its `?datatype`, `?record` the claim or relation
    that joins both; all but the first may be unbound.
    """

    message: str
    query: str


def rules(path: Path) -> list[Rule]:
    """The rules of a file of shapes, in the order of their sentences; raises `StoreError` for what is not known."""
    shapes = _Shapes(path)
    found = [rule for shape in shapes.targeted() for rule in _rules(shapes, shape)]
    return sorted(found, key=lambda rule: (rule.message, rule.query))


def disjoint(path: Path) -> list[Rule]:
    """The rules of an ontology that nothing may be of two types."""
    shapes = _Shapes(path, base="http://www.w3.org/2002/07/owl#")
    found = []
    for axiom in shapes.of("AllDisjointClasses"):
        members = [str(member) for member in shapes.listed(shapes.one(axiom, "members"))]
        pairs = " ".join(f"({one} {other})" for n, one in enumerate(members) for other in members[n + 1 :])
        query = f"SELECT DISTINCT ?this ?value {{ VALUES (?one ?value) {{ {pairs} }} ?this a ?one , ?value }}"
        names = ", ".join(sorted(member.rpartition("/")[2].rstrip(">") for member in members))
        found.append(Rule(f"Ontology: nothing can be two of {names}.", f"{query} ORDER BY ?this ?value"))
    return found


class _Shapes:
    """A file of shapes, read node by node."""

    def __init__(self, path: Path, base: str = _SH) -> None:
        self._base = base
        self._store = ox.Store()
        self._store.load(path.read_bytes(), ox.RdfFormat.TURTLE)

    def targeted(self) -> Iterator[Node]:
        """The shapes that say what they are about."""
        return self.of("NodeShape")

    def of(self, type_: str) -> Iterator[Node]:
        """What is of a type of the vocabulary."""
        wanted = ox.NamedNode(self._base + type_)
        for quad in self._store.quads_for_pattern(None, ox.NamedNode(f"{_RDF}type"), wanted, None):
            if isinstance(quad.subject, Node):
                yield quad.subject

    def all(self, node: Term, name: str) -> list[Term]:
        """The values of a property of the vocabulary."""
        return self._objects(node, self._base + name)

    def one(self, node: Term, name: str) -> Term:
        """Its one value."""
        (found,) = self.all(node, name)
        return found

    def names(self, node: Term) -> set[str]:
        """The properties of the vocabulary that a node has."""
        quads = self._store.quads_for_pattern(_node(node), None, None, None)
        return {quad.predicate.value.removeprefix(self._base) for quad in quads} - {f"{_RDF}type"}

    def listed(self, node: Term) -> list[Term]:
        """The members of an RDF list."""
        found = []
        while (first := self._objects(node, f"{_RDF}first")) and (rest := self._objects(node, f"{_RDF}rest")):
            found += first
            node = rest[0]
        return found

    def _objects(self, node: Term, predicate: str) -> list[Term]:
        found = self._store.quads_for_pattern(_node(node), ox.NamedNode(predicate), None, None)
        return [quad.object for quad in found]


def _node(term: Term) -> Node:
    if not isinstance(term, Node):
        raise StoreError(f"The shapes have {term} where a shape should be.")
    return term


_OF_TARGET = {"targetClass", "targetSubjectsOf", "targetNode"}
_OF_NODE = {"nodeKind", "class", "datatype", "in", "minInclusive", "maxInclusive", "pattern", "or"}
_OF_PROPERTY = {"path", "minCount", "maxCount"}


def _rules(shapes: _Shapes, shape: Node) -> Iterator[Rule]:
    """The rules of a shape: on its targets themselves, and on each of their properties."""
    target = _target(shapes, shape)
    own = _broken(shapes, shape, "?this", {"property", *_OF_TARGET})
    if own:
        yield _rule(shapes, shape, f"{target} FILTER({' || '.join(own)})")
    for property_ in shapes.all(shape, "property"):
        yield from _of_property(shapes, property_, target)


def _of_property(shapes: _Shapes, property_: Term, target: str) -> Iterator[Rule]:
    path = shapes.one(property_, "path")
    meant = "" if target == _along(shapes, path, "any") else f"FILTER EXISTS {{ {target} }}"
    for most in shapes.all(property_, "maxCount"):
        _must_be_one(most)
        # The same triple may stand in thousands of named graphs: it is met with itself once.
        one = f"{{ SELECT DISTINCT ?this ?a {{ {_along(shapes, path, 'a')} }} }}"
        yield _rule(shapes, property_, f"{one} {_along(shapes, path, 'b')} FILTER(!sameTerm(?a, ?b)) {meant}")
    for least in shapes.all(property_, "minCount"):
        _must_be_one(least)
        yield _rule(shapes, property_, f"{target} FILTER NOT EXISTS {{ {_along(shapes, path, 'value')} }}")
    own = _broken(shapes, property_, "?value", _OF_PROPERTY)
    if own and target.startswith("VALUES"):
        yield _rule(shapes, property_, f"{target} {_along(shapes, path, 'value')} FILTER({' || '.join(own)})")
    elif own:
        yield _rule(shapes, property_, f"{_along(shapes, path, 'value')} FILTER({' || '.join(own)}) {meant}")


def _must_be_one(count: Term) -> None:
    if not (isinstance(count, ox.Literal) and count.value == "1"):
        raise StoreError(f"The shapes count to {count}; only 1 is known.")


def _rule(shapes: _Shapes, shape: Term, pattern: str) -> Rule:
    (message,) = shapes.all(shape, "message")
    query = f"SELECT DISTINCT ?this ?value ?record ?datatype {{ {pattern} BIND(DATATYPE(?value) AS ?datatype) }}"
    query += " ORDER BY ?this ?value ?record"
    return Rule(message.value if isinstance(message, ox.Literal) else str(message), query)


def _target(shapes: _Shapes, shape: Node) -> str:
    """A pattern that binds `?this` to each thing that a shape is about."""
    for class_ in shapes.all(shape, "targetClass"):
        return f"?this a {class_} ."
    for predicate in shapes.all(shape, "targetSubjectsOf"):
        return f"?this {predicate} ?any ."
    return f"VALUES ?this {{ {shapes.one(shape, 'targetNode')} }}"


def _along(shapes: _Shapes, path: Term, end: str) -> str:
    """A pattern from `?this` along a path to a variable; a claim or relation on the way is `?record`."""
    steps = shapes.listed(path) or [path]
    names = ["this", *("record" if len(steps) > 1 else end for _ in steps[1:]), end]
    return " ".join(_step(shapes, step, names[n], names[n + 1]) for n, step in enumerate(steps))


def _step(shapes: _Shapes, step: Term, one: str, other: str) -> str:
    for inverse in shapes.all(step, "inversePath") if isinstance(step, Node) else ():
        return f"?{other} {inverse} ?{one} ."
    return f"?{one} {step} ?{other} ."


def _broken(shapes: _Shapes, shape: Term, value: str, known: set[str]) -> list[str]:
    """Conditions of which each tells that a value breaks a shape."""
    unknown = shapes.names(shape) - known - _OF_NODE - {"message"}
    if unknown:
        raise StoreError(f"The shapes use sh:{min(unknown)}, which is not known here.")
    found = [f"NOT EXISTS {{ {value} a {class_} }}" for class_ in shapes.all(shape, "class")]
    found += [_not_of(value, datatype) for datatype in shapes.all(shape, "datatype")]
    found += [f"!isIRI({value})" for _ in shapes.all(shape, "nodeKind")]
    found += [f"{value} NOT IN ({_terms(shapes.listed(values))})" for values in shapes.all(shape, "in")]
    found += [f"!COALESCE({value} >= {least}, false)" for least in shapes.all(shape, "minInclusive")]
    found += [f"!COALESCE({value} <= {most}, false)" for most in shapes.all(shape, "maxInclusive")]
    found += [f"!COALESCE(REGEX(STR({value}), {pattern}), false)" for pattern in shapes.all(shape, "pattern")]
    return found + [_none_of(shapes, shapes.listed(options), value) for options in shapes.all(shape, "or")]


def _none_of(shapes: _Shapes, options: list[Term], value: str) -> str:
    """That a value keeps none of several shapes; one of them may ask of its properties."""
    none = []
    for option in options:
        broken = _broken(shapes, option, value, {"property", "path"})
        for property_ in shapes.all(option, "property"):
            inner = _broken(shapes, property_, "?inner", {"path"})
            path = _step(shapes, shapes.one(property_, "path"), value[1:], "inner")
            broken.append(f"EXISTS {{ {path} FILTER({' || '.join(inner)}) }}")
        none.append(f"({' || '.join(broken)})")
    return f"({' && '.join(none)})"


def _not_of(value: str, datatype: Term) -> str:
    """That a literal is not of a datatype, or not written as one."""
    cast = f"{datatype}(STR({value}))"
    written = f" && {cast} = {cast}" if str(datatype) in _CAST else ""
    return f"!COALESCE(DATATYPE({value}) = {datatype}{written}, false)"


def _terms(terms: list[Term]) -> str:
    return ", ".join(map(str, terms))
