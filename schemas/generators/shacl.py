"""Writes schemas/shapes.ttl: what the RDF form of the graph must hold to, each broken rule with its own sentence."""

from collections.abc import Sequence

from rdflib import Literal
from rdflib.term import Node

from schemas.generators.owl import XSD
from schemas.generators.reading import AGENT, ENTITY, Class, Ontology, Property, Relation
from schemas.generators.triples import Triples, phrase, text

Pair = tuple[str, Node | str]
Types = tuple[str, ...]


def shacl(ontology: Ontology) -> str:
    """The shapes in Turtle."""
    triples = Triples(ontology)
    parents = {c.name: c for c in (ontology.root, *ontology.entities)}
    for definition in (ontology.root, *ontology.entities, *_graph_records(ontology)):
        inherited = {p.name for parent in definition.line[1:] for p in parents[parent].properties}
        _class(triples, ontology, definition, [p for p in definition.properties if p.name not in inherited])
    for relation in ontology.relations:
        _relation(triples, ontology, relation)
    _signatures(triples, ontology)
    return triples.turtle()


def _graph_records(ontology: Ontology) -> list[Class]:
    return [c for c in ontology.records if c.name != "Mention"]


def _class(triples: Triples, ontology: Ontology, definition: Class, attributes: list[Property]) -> None:
    qualified = ontology.qualifiers if any(p.name == "predicate" for p in attributes) else ()
    stated = [p for p in (*attributes, *qualified) if p.name != "id"]
    triples.add(
        f"kgshape:{definition.name}",
        ("rdf:type", "sh:NodeShape"),
        ("sh:targetClass", definition.curie),
        ("sh:nodeKind", "sh:IRI"),
        ("sh:message", text(f"{definition.name}: must have an IRI; there are no blank nodes in the graph.")),
        *(("sh:property", _property(triples, ontology, definition.name, p)) for p in stated),
    )


def _property(triples: Triples, ontology: Ontology, owner: str, attribute: Property) -> Node:
    counts: list[Pair] = [] if attribute.multivalued else [("sh:maxCount", Literal(1))]
    if attribute.required:
        counts.append(("sh:minCount", Literal(1)))
    constraint, wording = _value(triples, ontology, attribute)
    number = "exactly one" if attribute.required else "any number of" if attribute.multivalued else "at most one"
    return triples.nameless(
        ("sh:path", attribute.curie),
        *counts,
        *constraint,
        *_limits(attribute),
        ("sh:message", text(f"{owner}: needs {number} {attribute.curie}, {wording}.")),
    )


def _value(triples: Triples, ontology: Ontology, attribute: Property) -> tuple[list[Pair], str]:
    """What a value must be, as SHACL and in words."""
    name = attribute.ranges[0]
    enum = next((e for e in ontology.enums if e.name == name), None)
    if enum:
        return [("sh:in", triples.list(map(text, enum.values)))], f"one of {phrase(list(enum.values))}"
    if name == "uriorcurie":
        relations = triples.list(f"kg:{r.rdf_name}" for r in ontology.relations)
        return [("sh:in", relations)], "a relation of the ontology"
    if name in XSD:
        return [("sh:datatype", XSD[name])], f"an {XSD[name]}"
    curies = {c.name: c.curie for c in ontology.records}
    classes = [curies.get(r, f"kg:{r}") for r in attribute.ranges]
    return _one_of(triples, classes), f"a {phrase(classes)}"


def _limits(attribute: Property) -> list[Pair]:
    found: list[Pair] = []
    if attribute.minimum is not None:
        found.append(("sh:minInclusive", Literal(attribute.minimum)))
    if attribute.maximum is not None:
        found.append(("sh:maxInclusive", Literal(attribute.maximum)))
    if attribute.pattern:
        found.append(("sh:pattern", text(attribute.pattern)))
    return found


def _relation(triples: Triples, ontology: Ontology, relation: Relation) -> None:
    """The bare triples of a relation: what stands at each end, and, with several signatures, what goes with what."""
    path = f"kg:{relation.rdf_name}"
    subjects, objects = _ends(ontology, relation, 0), _ends(ontology, relation, 1)
    triples.add(
        f"kgshape:{relation.name}",
        ("rdf:type", "sh:NodeShape"),
        ("sh:targetSubjectsOf", path),
        ("sh:message", text(f"{relation.name}: the subject must be {_words(subjects)}.")),
        *_one_of(triples, _curies(subjects)),
        ("sh:property", _end(triples, path, objects, f"{relation.name}: the object must be {_words(objects)}.")),
    )
    if len(relation.signatures) > 1:
        _pairs(triples, ontology, relation, path)


def _pairs(triples: Triples, ontology: Ontology, relation: Relation, path: str) -> None:
    pairs = [(_agents(ontology, s), _agents(ontology, o)) for s, o in relation.signatures]
    options = [
        triples.nameless(
            *_one_of(triples, _curies(subjects)),
            ("sh:property", triples.nameless(("sh:path", path), *_one_of(triples, _curies(objects)))),
        )
        for subjects, objects in pairs
    ]
    said = "; or ".join(f"from {_words(subjects)} to {_words(objects)}" for subjects, objects in pairs)
    triples.add(
        f"kgshape:{relation.name}-signatures",
        ("rdf:type", "sh:NodeShape"),
        ("sh:targetSubjectsOf", path),
        ("sh:or", triples.list(options)),
        ("sh:message", text(f"{relation.name}: must go {said}.")),
    )


def _signatures(triples: Triples, ontology: Ontology) -> None:
    """A kg:Relation, whatever its status: its ends fit its predicate. One option a signature of each relation."""
    options = [
        triples.nameless(
            ("sh:property", triples.nameless(("sh:path", "rdf:predicate"), ("sh:hasValue", f"kg:{relation.rdf_name}"))),
            ("sh:property", _end(triples, "rdf:subject", _agents(ontology, subjects))),
            ("sh:property", _end(triples, "rdf:object", _agents(ontology, objects))),
        )
        for relation in ontology.relations
        for subjects, objects in relation.signatures
    ]
    triples.add(
        "kgshape:Relation-signatures",
        ("rdf:type", "sh:NodeShape"),
        ("sh:targetClass", "kg:Relation"),
        ("sh:or", triples.list(options)),
        ("sh:message", text("Relation: rdf:subject and rdf:object must be of types that its rdf:predicate may join.")),
    )


def _end(triples: Triples, path: str, types: Types, message: str | None = None) -> Node:
    explained = [("sh:message", text(message))] if message else []
    return triples.nameless(("sh:path", path), *_one_of(triples, _curies(types)), *explained)


def _one_of(triples: Triples, classes: Sequence[str]) -> list[Pair]:
    if len(classes) == 1:
        return [("sh:class", classes[0])]
    return [("sh:or", triples.list([triples.nameless(("sh:class", c)) for c in classes]))]


def _ends(ontology: Ontology, relation: Relation, end: int) -> Types:
    return _agents(ontology, tuple(t for signature in relation.signatures for t in signature[end]))


def _agents(ontology: Ontology, types: Types) -> Types:
    """Agent is no type of the data, so that it is spelled out; Entity is one."""
    return tuple(dict.fromkeys(name for t in types for name in (ontology.agents if t == AGENT else (t,))))


def _curies(types: Types) -> list[str]:
    return [f"kg:{t}" for t in types]


def _words(types: Types) -> str:
    return "any entity" if types == (ENTITY,) else phrase([f"a {t}" for t in types])
