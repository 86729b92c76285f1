"""Writes schemas/context.jsonld: the JSON-LD context of the graph."""

import json
from typing import Any

from schemas.generators.owl import ISO_DATE, XSD
from schemas.generators.reading import Ontology, Property

PREFIXES = ("kg", "schema", "prov", "oa", "dcterms", "skos", "rdf", "rdfs", "xsd", "loc")


def context(ontology: Ontology) -> str:
    """The context as JSON. Decimals want their value as a string, since JSON's numbers become doubles."""
    terms: dict[str, Any] = {"@base": ontology.prefixes["kgid"]}
    terms |= {prefix: ontology.prefixes[prefix] for prefix in PREFIXES}
    terms |= {"id": "@id", "type": "@type"}
    terms |= {c.name: c.curie for c in (ontology.root, *ontology.entities, *ontology.records)}
    terms |= {name: _term(ontology, p) for name, p in sorted(ontology.properties.items()) if name != "id"}
    terms |= {r.rdf_name: {"@id": f"kg:{r.rdf_name}", "@type": "@id"} for r in ontology.relations}
    return json.dumps({"@context": terms}, indent=2, ensure_ascii=False) + "\n"


def _term(ontology: Ontology, attribute: Property) -> dict[str, str]:
    term = {"@id": attribute.curie}
    name = attribute.ranges[0]
    if name == "uriorcurie":
        term["@type"] = "@vocab"
    elif name in XSD:
        term |= {} if name == "string" else {"@type": XSD[name]}
    elif name != ISO_DATE and not any(e.name == name for e in ontology.enums):
        term["@type"] = "@id"
    return term | ({"@container": "@set"} if attribute.multivalued else {})
