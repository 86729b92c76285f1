"""Writes schemas/ontology.ttl: classes, object and datatype properties in OWL 2."""

from collections.abc import Iterable

from rdflib import Literal
from rdflib.term import Node

from schemas.generators.reading import AGENT, ENTITY, RELATION_ROOT, Class, Enumeration, Ontology, Property, Relation
from schemas.generators.triples import Triples, text

XSD = {
    "string": "xsd:string",
    "decimal": "xsd:decimal",
    "integer": "xsd:integer",
    "boolean": "xsd:boolean",
    "date": "xsd:date",
    "EdtfDate": "loc:EDTF",
}
ISO_DATE = "IsoDate"
ISO_DATES = ("xsd:date", "xsd:dateTime", "xsd:gYearMonth", "xsd:gYear", "xsd:string")
"""What an ISO date is of: the datatype of its form, and a string where its form has none (a time without seconds)."""
_NO_OWL = {ISO_DATE, "date", "EdtfDate"}
"""OWL 2 has no dates without a time: a reasoner may refuse them, so that no range is stated; the shapes do."""


def owl(ontology: Ontology) -> str:
    """The ontology in Turtle."""
    triples = Triples(ontology)
    _header(triples, ontology)
    for definition in (ontology.root, *ontology.entities, *ontology.records):
        _class(triples, definition)
    _agent(triples, ontology)
    for enum in ontology.enums:
        _enum(triples, enum)
    _relation_root(triples)
    for relation in ontology.relations:
        _relation(triples, relation)
    for attribute in ontology.properties.values():
        _property(triples, ontology, attribute)
    return triples.turtle()


def _header(triples: Triples, ontology: Ontology) -> None:
    triples.add(
        "kg:",
        ("rdf:type", "owl:Ontology"),
        ("dcterms:title", text(ontology.title)),
        ("dcterms:description", text(ontology.description)),
    )
    tops = [f"kg:{name}" for name in ontology.spelled_out((ENTITY,))]
    triples.nameless(("rdf:type", "owl:AllDisjointClasses"), ("owl:members", triples.list(tops)))


def _class(triples: Triples, definition: Class) -> None:
    if not definition.curie.startswith("kg:"):
        return
    triples.add(
        definition.curie,
        ("rdf:type", "owl:Class"),
        *_explained(definition.name, definition.description, definition.examples, definition.mappings),
        *(("rdfs:subClassOf", f"kg:{parent}") for parent in definition.line[1:2]),
    )


def _agent(triples: Triples, ontology: Ontology) -> None:
    union = triples.nameless(
        ("rdf:type", "owl:Class"), ("owl:unionOf", triples.list(f"kg:{name}" for name in ontology.agents))
    )
    triples.add(
        f"kg:{AGENT}",
        ("rdf:type", "owl:Class"),
        ("rdfs:label", text(AGENT)),
        ("rdfs:comment", text("Whoever can act or speak.")),
        ("rdfs:subClassOf", f"kg:{ENTITY}"),
        ("owl:equivalentClass", union),
    )


def _enum(triples: Triples, enum: Enumeration) -> None:
    values = triples.nameless(("rdf:type", "rdfs:Datatype"), ("owl:oneOf", triples.list(map(text, enum.values))))
    triples.add(
        f"kg:{enum.name}",
        ("rdf:type", "rdfs:Datatype"),
        ("rdfs:label", text(enum.name)),
        ("rdfs:comment", text(enum.description)),
        ("owl:equivalentClass", values),
    )


def _relation_root(triples: Triples) -> None:
    triples.add(
        f"kg:{RELATION_ROOT}",
        ("rdf:type", "owl:ObjectProperty"),
        ("rdfs:label", text(RELATION_ROOT)),
        ("rdfs:comment", text("The root of all relations.")),
        ("rdfs:domain", f"kg:{ENTITY}"),
        ("rdfs:range", f"kg:{ENTITY}"),
    )


def _relation(triples: Triples, relation: Relation) -> None:
    symmetric = [("rdf:type", "owl:SymmetricProperty")] if relation.symmetric else []
    triples.add(
        f"kg:{relation.rdf_name}",
        ("rdf:type", "owl:ObjectProperty"),
        *symmetric,
        ("rdfs:subPropertyOf", f"kg:{RELATION_ROOT}"),
        ("skos:notation", text(relation.name)),
        ("rdfs:domain", _union(triples, [t for subjects, _ in relation.signatures for t in subjects])),
        ("rdfs:range", _union(triples, [t for _, objects in relation.signatures for t in objects])),
        *_explained(relation.rdf_name, relation.description, relation.examples, relation.mappings),
    )


def _property(triples: Triples, ontology: Ontology, attribute: Property) -> None:
    if not attribute.curie.startswith("kg:") or attribute.name == "id":
        return
    ranges = [_range(ontology, name) for name in attribute.ranges if name not in _NO_OWL]
    kind = "owl:DatatypeProperty" if _is_literal(ontology, attribute.ranges[0]) else "owl:ObjectProperty"
    triples.add(
        attribute.curie,
        ("rdf:type", kind),
        *(("rdfs:domain", _union(triples, holders)) for holders in [_holders(ontology, attribute)] if holders),
        *(("rdfs:range", r) for r in ranges),
        *_explained(attribute.name, attribute.description, (), attribute.mappings),
    )


def _holders(ontology: Ontology, attribute: Property) -> list[str]:
    """The topmost classes that state the attribute; a qualifier may stand on any claim and relation."""
    classes = (ontology.root, *ontology.entities, *ontology.records)
    having = [c for c in classes if any(p.name == attribute.name for p in c.properties)]
    tops = [c.name for c in having if not any(other.name in c.line[1:] for other in having)]
    return tops + (["Claim", "Relation"] if attribute in ontology.qualifiers else [])


def _is_literal(ontology: Ontology, range_: str) -> bool:
    return range_ in XSD or range_ == ISO_DATE or any(e.name == range_ for e in ontology.enums)


def _range(ontology: Ontology, name: str) -> str:
    curies = {c.name: c.curie for c in ontology.records}
    return XSD.get(name) or curies.get(name, f"kg:{name}")


def _union(triples: Triples, types: Iterable[str]) -> Node | str:
    names = [f"kg:{t}" for t in dict.fromkeys(types)]
    if len(names) == 1:
        return names[0]
    return triples.nameless(("rdf:type", "owl:Class"), ("owl:unionOf", triples.list(names)))


def _explained(
    label: str, description: str, examples: tuple[str, ...], mappings: dict[str, tuple[str, ...]]
) -> list[tuple[str, Literal | str]]:
    matches = [(f"skos:{kind}Match", curie) for kind, curies in mappings.items() for curie in curies]
    return [
        ("rdfs:label", text(label)),
        ("rdfs:comment", text(description)),
        *(("skos:example", text(example)) for example in examples),
        *matches,
    ]
