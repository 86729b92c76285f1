"""Writes schemas/shapes.ttl: what the RDF form of the graph must hold to, each broken rule with its own sentence."""

from collections.abc import Callable, Sequence

from rdflib import Literal
from rdflib.term import Node

from schemas.generators.owl import ISO_DATE, ISO_DATES, XSD
from schemas.generators.reading import AGENT, ENTITY, Class, Ontology, Property, Relation
from schemas.generators.triples import Triples, a, phrase, text

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
        _bare(triples, ontology, relation)
        _reified(triples, ontology, relation)
    return triples.turtle()


def _graph_records(ontology: Ontology) -> list[Class]:
    return list(ontology.records)


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
    return triples.nameless(
        ("sh:path", attribute.curie),
        *counts,
        *constraint,
        *_limits(attribute),
        ("sh:message", text(f"{owner}: {_demand(attribute)}{wording}{_bounds(attribute)}.")),
    )


def _demand(attribute: Property) -> str:
    if attribute.multivalued:
        return f"each {attribute.curie} must be "
    return f"{'needs exactly' if attribute.required else 'may have'} one {attribute.curie}, "


def _bounds(attribute: Property) -> str:
    """The limits of a value, in words."""
    least = f" of at least {attribute.minimum}" if attribute.minimum is not None else ""
    most = f" and at most {attribute.maximum}" if attribute.maximum is not None else ""
    return least + most + (f" like {attribute.pattern}" if attribute.pattern else "")


def _value(triples: Triples, ontology: Ontology, attribute: Property) -> tuple[list[Pair], str]:
    """What a value must be, as SHACL and in words."""
    name = attribute.ranges[0]
    enum = next((e for e in ontology.enums if e.name == name), None)
    if enum:
        return [("sh:in", triples.list(map(text, enum.values)))], f"one of {phrase(list(enum.values))}"
    if name == "uriorcurie":
        relations = triples.list(f"kg:{r.rdf_name}" for r in ontology.relations)
        return [("sh:in", relations)], "a relation of the ontology"
    if name == ISO_DATE:
        forms = triples.list(triples.nameless(("sh:datatype", datatype)) for datatype in ISO_DATES)
        return [("sh:or", forms)], "a date, date and time, month or year"
    if name in XSD:
        return [("sh:datatype", XSD[name])], a(XSD[name])
    curies = {c.name: c.curie for c in ontology.records}
    classes = [curies.get(r, f"kg:{r}") for r in attribute.ranges]
    return _one_of(triples, classes), phrase([a(c) for c in classes])


def _limits(attribute: Property) -> list[Pair]:
    found: list[Pair] = []
    if attribute.minimum is not None:
        found.append(("sh:minInclusive", Literal(attribute.minimum)))
    if attribute.maximum is not None:
        found.append(("sh:maxInclusive", Literal(attribute.maximum)))
    if attribute.pattern:
        found.append(("sh:pattern", text(attribute.pattern)))
    return found


def _bare(triples: Triples, ontology: Ontology, relation: Relation) -> None:
    """The bare triples of a relation: what stands at each end, and, with several signatures, what goes with what."""
    path = f"kg:{relation.rdf_name}"
    subjects, objects = _ends(ontology, relation, 0), _ends(ontology, relation, 1)
    triples.add(
        f"kgshape:{relation.name}",
        ("rdf:type", "sh:NodeShape"),
        ("sh:targetSubjectsOf", path),
        ("sh:message", text(_rule(relation, "subject", subjects))),
        *_one_of(triples, _curies(subjects)),
        ("sh:property", _end(triples, path, objects, _rule(relation, "object", objects))),
    )
    if len(relation.signatures) > 1:
        triples.add(
            f"kgshape:{relation.name}-signatures",
            ("rdf:type", "sh:NodeShape"),
            ("sh:targetSubjectsOf", path),
            *_fitting(triples, ontology, relation, lambda types: _one_of(triples, _curies(types)), path),
        )


def _reified(triples: Triples, ontology: Ontology, relation: Relation) -> None:
    """The claims and relations of a predicate, whatever their status.

    The focus is the predicate, from which a path leads back to them: a rule on every claim that tries all
    predicates in turn takes many times as long.
    """
    ends = {"subject": _ends(ontology, relation, 0), "object": _ends(ontology, relation, 1)}
    rules: list[Pair] = [
        (
            "sh:property",
            _end(triples, triples.list([_back(triples), f"rdf:{end}"]), types, _rule(relation, end, types)),
        )
        for end, types in ends.items()
    ]
    if len(relation.signatures) > 1:
        fitting = _fitting(
            triples, ontology, relation, lambda types: [_typed(triples, "rdf:subject", types)], "rdf:object"
        )
        rules.append(("sh:property", triples.nameless(("sh:path", _back(triples)), *fitting)))
    triples.add(
        f"kgshape:{relation.name}-claims",
        ("rdf:type", "sh:NodeShape"),
        ("sh:targetNode", f"kg:{relation.rdf_name}"),
        *rules,
    )


def _back(triples: Triples) -> Node:
    return triples.nameless(("sh:inversePath", "rdf:predicate"))


def _fitting(
    triples: Triples, ontology: Ontology, relation: Relation, subject: Callable[[Types], list[Pair]], path: str
) -> list[Pair]:
    """That one of several signatures fits: what `subject` says of its subjects, and its objects along `path`."""
    pairs = [(_agents(ontology, s), _agents(ontology, o)) for s, o in relation.signatures]
    options = [triples.nameless(*subject(subjects), _typed(triples, path, objects)) for subjects, objects in pairs]
    said = "; or ".join(f"from {_words(subjects)} to {_words(objects)}" for subjects, objects in pairs)
    return [("sh:or", triples.list(options)), ("sh:message", text(f"{relation.name}: must go {said}."))]


def _typed(triples: Triples, path: str, types: Types) -> Pair:
    return "sh:property", triples.nameless(("sh:path", path), *_one_of(triples, _curies(types)))


def _rule(relation: Relation, end: str, types: Types) -> str:
    return f"{relation.name}: the {end} must be {_words(types)}."


def _end(triples: Triples, path: Node | str, types: Types, message: str) -> Node:
    return triples.nameless(("sh:path", path), *_one_of(triples, _curies(types)), ("sh:message", text(message)))


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
    return "any entity" if types == (ENTITY,) else phrase([a(t) for t in types])
