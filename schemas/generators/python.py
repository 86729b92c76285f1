"""Writes kg/model/ontology.py: the constants that the library runs on."""

import json
from collections.abc import Iterable

from schemas.generators.reading import Class, Enumeration, Ontology, Property, Relation, upper_snake

DATES = {"date", "EdtfDate", "IsoDate"}
DATATYPES = {"string", "decimal", "integer", "boolean", "uriorcurie", *DATES}

HEAD = '''"""The ontology as constants. Generated from schemas/ by schemas/generate.py; do not edit."""

from functools import cache

from kg.model.schema_types import EntityType, RelationType

'''

TAIL = '''

@cache
def is_a(type_name: str, ancestor: str) -> bool:
    """Whether a type of entity is `ancestor` or one of the types below it; "Agent" and "Entity" are known too."""
    line = ENTITY_TYPES[type_name].parents
    return ancestor in line or (ancestor == "Agent" and any(agent in line for agent in AGENTS))


@cache
def allows(relation: str, subject_type: str, object_type: str) -> bool:
    """Whether a relation may go from an entity of the one type to an entity of the other."""
    return any(
        any(is_a(subject_type, t) for t in subjects) and any(is_a(object_type, t) for t in objects)
        for subjects, objects in RELATIONS[relation].signatures
    )
'''


def python(ontology: Ontology) -> str:
    """The module's text."""
    kg, kgid = ontology.prefixes["kg"], ontology.prefixes["kgid"]
    parts = [
        f"NAMESPACE = {_text(kg)}\nID_BASE = {_text(kgid)}\n",
        *(_enum(e) for e in ontology.enums),
        f"AGENTS = {_tuple(ontology.agents)}\n",
        f"STATUS_MEANINGS: dict[str, str] = {_mapping(_enum_named(ontology, 'Status').values)}\n",
        f"PLOVER_OF_EVENT_KIND: dict[str, str] = {_mapping(_enum_named(ontology, 'EventKind').plover)}\n",
        f"ENUMS: dict[str, tuple[str, ...]] = {_enums(ontology.enums)}\n",
        f"QUALIFIERS: dict[str, str] = {_mapping({q.name: q.ranges[0] for q in ontology.qualifiers})}\n",
        f"IDENTIFIERS = {_tuple(_identifiers(ontology))}\n",
        f"DATES: dict[str, str] = {_mapping(_dates(ontology))}\n",
        f"PROPERTY_IRIS: dict[str, str] = {_mapping(_iris(ontology))}\n",
        _table("ENTITY_TYPES", "EntityType", {c.name: _entity(ontology, c) for c in ontology.entities}),
        _table("RELATIONS", "RelationType", {r.name: _relation(ontology, r) for r in ontology.relations}),
    ]
    return HEAD + "\n".join(parts) + TAIL


def constant(enum: str) -> str:
    """The name of an enumeration's tuple: BodyKind is BODY_KINDS, Status is STATUSES."""
    name = upper_snake(enum)
    return name + ("ES" if name.endswith("S") else "S")


def attributes(ontology: Ontology, entity: Class) -> dict[str, str]:
    """What an entity of this type may state, each with its enumeration or datatype."""
    own = [p for p in entity.properties if p not in ontology.root.properties and not p.identifier]
    return {p.name: p.ranges[0] for p in own if _is_value(ontology, p)}


def identifiers(entity: Class) -> tuple[str, ...]:
    """The codes that others gave to entities of this type."""
    return tuple(p.name for p in entity.properties if p.identifier)


def _is_value(ontology: Ontology, attribute: Property) -> bool:
    return attribute.ranges[0] in DATATYPES | {e.name for e in ontology.enums}


def _dates(ontology: Ontology) -> dict[str, str]:
    return {p.name: p.ranges[0] for _, p in sorted(ontology.properties.items()) if p.ranges[0] in DATES}


def _identifiers(ontology: Ontology) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for c in ontology.entities for name in identifiers(c)))


def _iris(ontology: Ontology) -> dict[str, str]:
    curies = {name: p.curie for name, p in ontology.properties.items()}
    return {name: ontology.expand(curie) for name, curie in sorted(curies.items()) if name != "id"}


def _enum_named(ontology: Ontology, name: str) -> Enumeration:
    return next(e for e in ontology.enums if e.name == name)


def _enum(enum: Enumeration) -> str:
    return f"{constant(enum.name)} = {_tuple(enum.values)}"


def _enums(enums: Iterable[Enumeration]) -> str:
    return "{\n" + "".join(f"    {_text(e.name)}: {constant(e.name)},\n" for e in enums) + "}"


def _entity(ontology: Ontology, entity: Class) -> dict[str, str]:
    return {
        "name": _text(entity.name),
        "parents": _tuple(entity.line),
        "description": _text(entity.description),
        "examples": _tuple(entity.examples),
        "attributes": _mapping(attributes(ontology, entity), indent=8),
        "identifiers": _tuple(identifiers(entity)),
        "mappings": _tuple(mappings(entity.mappings)),
    }


def _relation(ontology: Ontology, relation: Relation) -> dict[str, str]:
    return {
        "name": _text(relation.name),
        "rdf_name": _text(relation.rdf_name),
        "area": _text(relation.area),
        "description": _text(relation.description),
        "signatures": _signatures(ontology, relation),
        "domain": _tuple(ontology.ends(relation, 0)),
        "range": _tuple(ontology.ends(relation, 1)),
        "symmetric": str(relation.symmetric),
        "qualifiers": _tuple(relation.qualifiers),
        "key_qualifiers": _tuple(key_qualifiers(ontology, relation)),
        "examples": _tuple(relation.examples),
        "mappings": _tuple(mappings(relation.mappings)),
    }


def _signatures(ontology: Ontology, relation: Relation) -> str:
    ends = [
        (ontology.spelled_out(subjects), ontology.spelled_out(objects)) for subjects, objects in relation.signatures
    ]
    return f"({', '.join(f'({_tuple(subjects)}, {_tuple(objects)})' for subjects, objects in ends)},)"


def key_qualifiers(ontology: Ontology, relation: Relation) -> tuple[str, ...]:
    """The qualifiers that are part of the relation's identity."""
    keys = {q.name for q in ontology.qualifiers if q.key}
    return tuple(name for name in relation.qualifiers if name in keys)


def mappings(by_kind: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The terms of other vocabularies that mean the same, or nearly; related ones are left to the OWL file."""
    return by_kind.get("exact", ()) + by_kind.get("close", ())


def _table(name: str, kind: str, rows: dict[str, dict[str, str]]) -> str:
    body = "".join(f"    {_text(key)}: {kind}(\n{_fields(row)}    ),\n" for key, row in rows.items())
    return f"{name}: dict[str, {kind}] = {{\n{body}}}\n"


def _fields(row: dict[str, str]) -> str:
    return "".join(f"        {key}={value},\n" for key, value in row.items() if value not in {"()", "{}", "False"})


def _mapping(values: dict[str, str], indent: int = 0) -> str:
    if not values:
        return "{}"
    pad = " " * indent
    return "{\n" + "".join(f"{pad}    {_text(k)}: {_text(v)},\n" for k, v in values.items()) + pad + "}"


def _tuple(values: Iterable[str]) -> str:
    items = [_text(v) for v in values]
    return f"({items[0]},)" if len(items) == 1 else f"({', '.join(items)})"


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)
