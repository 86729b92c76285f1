"""What a type of entity and a type of relation are; `kg.model.ontology` holds the values, generated from schemas/."""

from dataclasses import dataclass, field

Ends = tuple[tuple[str, ...], tuple[str, ...]]
"""The types that may stand at the subject's and at the object's end of a relation, together."""


@dataclass(frozen=True, slots=True)
class EntityType:
    """One type of entity.

    `parents` is the full line of labels, the type itself first and "Entity" last. `attributes` are what the type
    and its parents may state, each with its enumeration ("BodyKind") or datatype ("string", "decimal", "integer",
    "boolean"); `identifiers` are the codes others gave it. An example is a sentence and what it names.
    """

    name: str
    parents: tuple[str, ...]
    description: str
    examples: tuple[str, ...] = ()
    attributes: dict[str, str] = field(default_factory=dict)
    identifiers: tuple[str, ...] = ()
    mappings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RelationType:
    """One type of relation, from subject to object.

    A claim must fit one of `signatures`; `domain` and `range` are what stands at either end of any of them.
    `qualifiers` are what a claim may say more; `key_qualifiers`, among them, are part of the relation's identity.
    An example is a sentence and its reading.
    """

    name: str
    rdf_name: str
    area: str
    description: str
    signatures: tuple[Ends, ...]
    domain: tuple[str, ...]
    range: tuple[str, ...]
    symmetric: bool = False
    qualifiers: tuple[str, ...] = ()
    key_qualifiers: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    mappings: tuple[str, ...] = ()
