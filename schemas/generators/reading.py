"""Reads the LinkML files into plain values, so that every generator walks the same small model."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from linkml_runtime import SchemaView

ENTITY = "Entity"
AGENT = "Agent"
RELATION_ROOT = "relatedTo"


@dataclass(frozen=True)
class Property:
    """One attribute of a class. `ranges` are classes, enumerations or datatypes; `curie` is its name in RDF."""

    name: str
    curie: str
    description: str
    ranges: tuple[str, ...]
    required: bool
    multivalued: bool
    minimum: int | None
    maximum: int | None
    mappings: dict[str, tuple[str, ...]]
    pattern: str | None
    key: bool
    identifier: bool
    edge: str | None


@dataclass(frozen=True)
class Enumeration:
    """A closed list of values with their meaning; `plover` gives the PLOVER code of those that have one."""

    name: str
    description: str
    values: dict[str, str]
    meanings: dict[str, str]
    plover: dict[str, str]


@dataclass(frozen=True)
class Class:
    """A type of entity or a record. `line` goes from the class itself to its root; `colour` and `size` draw it."""

    name: str
    curie: str
    line: tuple[str, ...]
    description: str
    examples: tuple[str, ...]
    properties: tuple[Property, ...]
    mappings: dict[str, tuple[str, ...]]
    colour: str | None
    size: int | None


@dataclass(frozen=True)
class Relation:
    """A relation; `signatures` as written (with Agent and Entity), before unions are spelled out."""

    name: str
    rdf_name: str
    area: str
    description: str
    examples: tuple[str, ...]
    signatures: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    symmetric: bool
    qualifiers: tuple[str, ...]
    mappings: dict[str, tuple[str, ...]]
    colour: str


@dataclass(frozen=True)
class Ontology:
    """All that the schema files define, in the order in which they define it."""

    prefixes: dict[str, str]
    title: str
    description: str
    root: Class
    entities: tuple[Class, ...]
    records: tuple[Class, ...]
    agents: tuple[str, ...]
    relations: tuple[Relation, ...]
    qualifiers: tuple[Property, ...]
    loose: tuple[Property, ...]
    enums: tuple[Enumeration, ...]

    def expand(self, curie: str) -> str:
        """The whole IRI of `kg:memberOf` and the like."""
        prefix, local = curie.split(":", 1)
        return self.prefixes[prefix] + local

    @property
    def properties(self) -> dict[str, Property]:
        """Every attribute of any class and every qualifier, by name."""
        found = {p.name: p for c in (self.root, *self.entities, *self.records) for p in c.properties}
        return found | {p.name: p for p in (*self.qualifiers, *self.loose)}

    def spelled_out(self, types: tuple[str, ...]) -> tuple[str, ...]:
        """The types with Agent and Entity replaced by the types that they stand for."""
        tops = tuple(c.name for c in self.entities if len(c.line) == 2)  # noqa: PLR2004 - itself and Entity
        unions = {AGENT: self.agents, ENTITY: tops}
        return tuple(dict.fromkeys(name for t in types for name in unions.get(t, (t,))))

    def ends(self, relation: Relation, end: int) -> tuple[str, ...]:
        """What may stand at one end (0 the subject's, 1 the object's) in any signature, spelled out."""
        return self.spelled_out(tuple(t for signature in relation.signatures for t in signature[end]))


def upper_snake(name: str) -> str:
    """`memberOf` and `PolicyKind` as Neo4j and Python write them: MEMBER_OF, POLICY_KIND."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).upper()


def read(root: Path) -> Ontology:
    """Read the schema whose root file is `root`."""
    view = SchemaView(str(root))
    schema = view.schema
    classes = {name: _class(view, name) for name in view.all_classes() if not view.get_class(name).mixin}
    entities = [c for c in classes.values() if c.line[-1] == ENTITY and c.name != ENTITY]
    records = [c for c in classes.values() if c.line[-1] != ENTITY and c.name != AGENT]
    return Ontology(
        prefixes={p.prefix_prefix: p.prefix_reference for p in schema.prefixes.values()},
        title=schema.title,
        description=_sentence(schema.description),
        root=classes[ENTITY],
        entities=tuple(entities),
        records=tuple(records),
        agents=tuple(view.get_class(AGENT).union_of),
        relations=tuple(_relation(view, name) for name in view.slot_children(RELATION_ROOT)),
        qualifiers=tuple(_property(view, view.get_slot(name)) for name in view.slot_children("qualifier")),
        loose=tuple(_property(view, view.get_slot(name)) for name in ("redirectsTo", "asRecorded")),
        enums=tuple(_enum(e) for e in view.all_enums().values()),
    )


def _class(view: SchemaView, name: str) -> Class:
    definition = view.get_class(name)
    return Class(
        name=name,
        curie=view.get_uri(definition),
        line=tuple(view.class_ancestors(name, mixins=False)),
        description=_sentence(definition.description),
        examples=tuple(_example(e) for e in definition.examples),
        properties=tuple(_property(view, slot) for slot in view.class_induced_slots(name)),
        mappings=_mappings(definition),
        colour=_annotation(definition, "colour"),
        size=_annotation(definition, "size"),
    )


def _property(view: SchemaView, slot: Any) -> Property:
    return Property(
        name=slot.name,
        curie=view.get_uri(slot),
        description=_sentence(slot.description),
        ranges=tuple(e.range for e in slot.any_of) or (slot.range or view.schema.default_range,),
        required=bool(slot.required),
        multivalued=bool(slot.multivalued),
        minimum=slot.minimum_value,
        maximum=slot.maximum_value,
        mappings=_mappings(slot),
        pattern=slot.pattern,
        key=bool(_annotation(slot, "key")),
        identifier=slot.is_a == "identifier",
        edge=_annotation(slot, "neo4j"),
    )


def _relation(view: SchemaView, name: str) -> Relation:
    slot = view.get_slot(name)
    return Relation(
        name=upper_snake(name),
        rdf_name=name,
        area=view.in_schema(name).removesuffix("_relations"),
        description=_sentence(slot.description),
        examples=tuple(_example(e) for e in slot.examples),
        signatures=tuple(_signature(text) for text in _annotation(slot, "signatures").split("; ")),
        symmetric=bool(slot.symmetric),
        qualifiers=tuple((_annotation(slot, "qualifiers") or "").split()),
        mappings=_mappings(slot),
        colour=_annotation(slot, "colour") or _annotation(_file_of(view, name), "colour"),
    )


def _file_of(view: SchemaView, slot: str) -> Any:
    """The schema file that defines a slot."""
    return next(schema for schema in view.schema_map.values() if schema.name == view.in_schema(slot))


def _enum(definition: Any) -> Enumeration:
    values = definition.permissible_values.values()
    return Enumeration(
        name=definition.name,
        description=_sentence(definition.description),
        values={v.text: _sentence(v.description) for v in values},
        meanings={v.text: v.meaning for v in values if v.meaning},
        plover={v.text: code for v in values if (code := _annotation(v, "plover"))},
    )


def _signature(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    subjects, objects = text.split(" -> ")
    return tuple(subjects.split("|")), tuple(objects.split("|"))


def _example(example: Any) -> str:
    return f"{example.value} → {example.description}"


def _mappings(element: Any) -> dict[str, tuple[str, ...]]:
    kinds = {kind: tuple(getattr(element, f"{kind}_mappings")) for kind in ("exact", "close", "related")}
    return {kind: curies for kind, curies in kinds.items() if curies}


def _annotation(element: Any, tag: str) -> Any:
    return element.annotations[tag].value if tag in element.annotations else None


def _sentence(text: str) -> str:
    return " ".join(text.split())
