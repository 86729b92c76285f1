"""A graph under construction whose Turtle is the same bytes each time: blank nodes are counted, never random."""

from collections.abc import Iterable, Sequence

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import IdentifiedNode, Node

from schemas.generators.reading import Ontology

HEAD = "# Generated from schemas/*.yaml by schemas/generate.py; do not edit.\n\n"


class Triples:
    """Takes CURIEs for terms, `Literal`s for values, and lists of pairs for what has no name."""

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology
        self._graph = Graph(bind_namespaces="none")
        self._blanks = 0
        for prefix, iri in ontology.prefixes.items():
            self._graph.bind(prefix, iri)

    def term(self, curie: str) -> URIRef:
        """A CURIE as an IRI."""
        return URIRef(self._ontology.expand(curie))

    def blank(self) -> BNode:
        """A fresh blank node; ids are counted in order of making."""
        self._blanks += 1
        return BNode(f"b{self._blanks:05}")

    def add(self, subject: IdentifiedNode | str, *pairs: tuple[str, Node | str]) -> None:
        """Say of the subject each predicate (a CURIE) and object (a CURIE, or a node)."""
        node = self.term(subject) if isinstance(subject, str) and not isinstance(subject, IdentifiedNode) else subject
        for predicate, value in pairs:
            self._graph.add((node, self.term(predicate), self._node(value)))

    def nameless(self, *pairs: tuple[str, Node | str]) -> BNode:
        """A blank node of which these pairs hold."""
        node = self.blank()
        self.add(node, *pairs)
        return node

    def list(self, items: Iterable[Node | str]) -> Node:
        """An RDF list."""
        nodes = [self._node(item) for item in items]
        head = self.blank()
        cells = [head, *(self.blank() for _ in nodes[1:])]
        for cell, node, rest in zip(cells, nodes, [*cells[1:], self.term("rdf:nil")], strict=True):
            self._graph.add((cell, self.term("rdf:first"), node))
            self._graph.add((cell, self.term("rdf:rest"), rest))
        return head

    def turtle(self) -> str:
        """The graph in Turtle, under a line that says where it comes from."""
        return HEAD + self._graph.serialize(format="turtle").strip() + "\n"

    def _node(self, value: Node | str) -> Node:
        return value if isinstance(value, Node) else self.term(value)


def text(value: str) -> Literal:
    """A string without a language."""
    return Literal(value)


def phrase(names: Sequence[str]) -> str:
    """`A, B or C`."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def a(name: str) -> str:
    """The name with `a` or `an` before it."""
    return f"{'an' if name[0] in 'AEIOUaeioux' else 'a'} {name}"
