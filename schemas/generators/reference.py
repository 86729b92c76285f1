"""Writes docs/reference/ontology.md: every type, relation, enumeration and property, with examples."""

from collections.abc import Iterable, Sequence

from schemas.generators.python import attributes, identifiers, key_qualifiers
from schemas.generators.reading import AGENT, ENTITY, Class, Enumeration, Ontology, Property, Relation
from schemas.generators.triples import phrase

HEAD = """<!-- Generated from schemas/*.yaml by schemas/generate.py; do not edit. -->

# The ontology

"""

RDF_FORM = """## The graph in RDF

Terms are in `https://w3id.org/newskg/` (`kg:`), instances in `https://w3id.org/newskg/id/`. There are no blank nodes.
Enumerated values and times are plain strings.

- An entity has the whole line of its types: `a kg:Company, kg:Organization, kg:Entity`.
- A member of a cluster leads to its canonical entity by `dcterms:isReplacedBy`.
- A bare triple `:s kg:memberOf :o` stands only for an asserted relation; of a symmetric one, in one direction.
- `rdf:predicate` of a claim or a relation is the relation's IRI, such as `kg:memberOf`.
- A claim and a statement have two `oa:hasSelector`: an `oa:TextQuoteSelector` with the words
  and an `oa:TextPositionSelector` with the offsets.
- Any qualifier may stand on a claim and on a relation, under the name given above.
- Attributes and qualifiers are strings in the output contract; a graph gives them the datatype stated here.

"""


def reference(ontology: Ontology) -> str:
    """The page in Markdown."""
    areas = list(dict.fromkeys(r.area for r in ontology.relations))
    parts = [
        HEAD + ontology.description + "\n\n",
        "## Types of entities\n\n",
        f"*{AGENT}* stands for {phrase(ontology.agents)}, and *any* for every type.\n\n",
        *(_entity(ontology, c) for c in ontology.entities),
        "## Relations\n\n",
        "`A → B` is the direction; `A ↔ B` is symmetric. Qualifiers in **bold** are part of its identity.\n\n",
        *(_area(ontology, area) for area in areas),
        "## Qualifiers\n\n",
        _property_table(ontology.qualifiers),
        "## Enumerations\n\n",
        *(_enum(e) for e in ontology.enums),
        RDF_FORM,
        *(_record(ontology, c) for c in (ontology.root, *ontology.entities, *ontology.records)),
        "### Redirects\n\n",
        _property_table(ontology.loose),
    ]
    return "".join(parts).rstrip("\n") + "\n"


def _entity(ontology: Ontology, entity: Class) -> str:
    stated = [f"`{name}` ({kind})" for name, kind in attributes(ontology, entity).items()]
    stated += [f"`{name}` (identifier)" for name in identifiers(entity)]
    lines = [
        f"### {entity.name}\n\n{entity.description}\n\n",
        f"- Labels: `:{':'.join(entity.line)}`\n",
        f"- States: {', '.join(stated)}\n" if stated else "",
        *(f"- Example: {example}\n" for example in entity.examples),
        _mapping_line(entity.mappings),
    ]
    return "".join(lines) + "\n"


def _area(ontology: Ontology, area: str) -> str:
    relations = [_relation(ontology, r) for r in ontology.relations if r.area == area]
    return f"### {area.capitalize()}\n\n" + "".join(relations)


def _relation(ontology: Ontology, relation: Relation) -> str:
    keys = key_qualifiers(ontology, relation)
    qualifiers = [f"**`{q}`**" if q in keys else f"`{q}`" for q in relation.qualifiers]
    arrow = "↔" if relation.symmetric else "→"
    signatures = [f"{_types(subjects)} {arrow} {_types(objects)}" for subjects, objects in relation.signatures]
    lines = [
        f"#### {relation.name}\n\n{relation.description}\n\n",
        f"- {'; '.join(signatures)}\n",
        f"- RDF: `kg:{relation.rdf_name}`\n",
        f"- Qualifiers: {', '.join(qualifiers)}\n" if qualifiers else "",
        *(f"- Example: {example}\n" for example in relation.examples),
        _mapping_line(relation.mappings),
    ]
    return "".join(lines) + "\n"


def _types(types: Sequence[str]) -> str:
    named = {AGENT: "*agent*", ENTITY: "*any*"}
    return " or ".join(named.get(t, t) for t in types)


def _mapping_line(mappings: dict[str, tuple[str, ...]]) -> str:
    kinds = [f"{kind} {', '.join(f'`{c}`' for c in curies)}" for kind, curies in mappings.items()]
    return f"- Mapped: {'; '.join(kinds)}\n" if kinds else ""


def _enum(enum: Enumeration) -> str:
    rows = "".join(f"| `{value}` | {meaning}{_code(enum, value)} |\n" for value, meaning in enum.values.items())
    return f"### {enum.name}\n\n{enum.description}\n\n| value | meaning |\n|---|---|\n{rows}\n"


def _code(enum: Enumeration, value: str) -> str:
    return f" PLOVER `{enum.plover[value]}`." if value in enum.plover else ""


def _record(ontology: Ontology, definition: Class) -> str:
    """A class with its own properties; nothing where all of them are inherited."""
    inherited = ontology.root.properties if definition.line[1:] else ()
    own = [p for p in definition.properties if p.name != "id" and p not in inherited]
    head = f"### `{definition.curie}`\n\n{definition.description}\n\n"
    return head + _property_table(own) if own else ""


def _property_table(properties: Iterable[Property]) -> str:
    rows = "".join(_row(p) for p in properties)
    return f"| name | RDF | value | count | meaning |\n|---|---|---|---|---|\n{rows}\n"


def _row(attribute: Property) -> str:
    count = f"{'1' if attribute.required else '0'}..{'n' if attribute.multivalued else '1'}"
    edge = f" Neo4j: `{attribute.edge}`." if attribute.edge else ""
    key = " Part of the relation's identity." if attribute.key else ""
    value = " or ".join(attribute.ranges).replace("uriorcurie", "a relation")
    return f"| `{attribute.name}` | `{attribute.curie}` | {value} | {count} | {attribute.description}{edge}{key} |\n"
