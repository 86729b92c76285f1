"""The schema says what the design says, and what is generated from it holds."""

import json
import os
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyshacl import validate
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from kg.model import ontology as o

ROOT = Path(__file__).resolve().parents[2]
KG = Namespace(o.NAMESPACE)
ENTITY_TYPES = st.sampled_from(sorted(o.ENTITY_TYPES))
RELATIONS = st.sampled_from(sorted(o.RELATIONS))

SPEAKER_RULE = "SAID: the subject must be a Person, a Group, an Organization or a Country."
MEMBERS_RULE = (
    "MEMBER_OF: must go from a Person or a Group to an Organization or a Place; "
    "or from an Organization or a Country to an Organization."
)

GOOD = """
@prefix kg: <https://w3id.org/newskg/> .
@prefix : <https://w3id.org/newskg/id/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

:art a kg:Article, kg:Entity ; rdfs:label "Ministers talk" ; kg:mentions :ada .
:ada a kg:Person, kg:Entity ; rdfs:label "Ada Mensah" ; kg:said :sta ; kg:memberOf :ghana .
:ghana a kg:Country, kg:Place, kg:Entity ; rdfs:label "Ghana" ; kg:iso3166 "GH" ; kg:memberOf :union .
:union a kg:IntergovernmentalOrganization, kg:Organization, kg:Entity ; rdfs:label "African Union" .
:office a kg:Position, kg:Entity ; rdfs:label "Minister of Finance" .
:sta a kg:Statement, kg:Entity ; rdfs:label "talks go on" ; kg:act "say" ; kg:stance "affirm" ;
    kg:confidence 0.9 ; kg:rule "cue" ; prov:wasQuotedFrom :art .
:rel a kg:Relation ; rdf:subject :ada ; rdf:predicate kg:said ; rdf:object :sta ; kg:status "asserted" ;
    kg:support 1 ; kg:independent 1 ; kg:confidence 0.9 .
:clm a kg:Claim ; kg:relation :rel ; rdf:subject :ada ; rdf:predicate kg:said ; rdf:object :sta ;
    kg:status "asserted" ; kg:confidence 0.9 ; kg:rule "cue" ; prov:wasQuotedFrom :art ;
    oa:hasSelector <clm#quote>, <clm#position> .
<clm#quote> a oa:TextQuoteSelector ; oa:exact "said" .
<clm#position> a oa:TextPositionSelector ; oa:start 11 ; oa:end 15 .
"""


@pytest.fixture(scope="module")
def owl() -> Graph:
    return Graph().parse(ROOT / "schemas/ontology.ttl")


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return Graph().parse(ROOT / "schemas/shapes.ttl")


def messages(data: str, shapes: Graph) -> set[str]:
    """The sentences of the rules that the data breaks; empty where it keeps them all."""
    graph = Graph().parse(data=data, format="turtle", publicID=o.ID_BASE)
    conforms, report, _ = validate(graph, shacl_graph=shapes)
    assert isinstance(report, Graph)
    found = {str(m) for m in report.objects(None, URIRef("http://www.w3.org/ns/shacl#resultMessage"))}
    assert conforms == (not found)
    return found


def members(graph: Graph, node: Node) -> set[str]:
    """Local names of a class, or of the classes of a union."""
    union = graph.value(node, OWL.unionOf)
    nodes = Collection(graph, union) if union else [node]
    return {str(n).removeprefix(o.NAMESPACE) for n in nodes}


def generate(*arguments: str, root: Path = ROOT) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "schemas/generate.py", *arguments]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


def generated(seed: str) -> str:
    """All generated texts as JSON, made by a fresh interpreter with that hash seed."""
    code = "import json, pathlib, schemas.generate as g; print(json.dumps(g.generated(pathlib.Path())))"
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout


def test_types_are_those_of_the_design_with_their_whole_line_of_labels() -> None:
    assert {name: t.parents for name, t in o.ENTITY_TYPES.items()} == {
        "Person": ("Person", "Entity"),
        "Group": ("Group", "Entity"),
        "Organization": ("Organization", "Entity"),
        "PublicBody": ("PublicBody", "Organization", "Entity"),
        "Company": ("Company", "Organization", "Entity"),
        "PoliticalParty": ("PoliticalParty", "Organization", "Entity"),
        "IntergovernmentalOrganization": ("IntergovernmentalOrganization", "Organization", "Entity"),
        "MediaOutlet": ("MediaOutlet", "Organization", "Entity"),
        "Place": ("Place", "Entity"),
        "Country": ("Country", "Place", "Entity"),
        "Position": ("Position", "Entity"),
        "Policy": ("Policy", "Entity"),
        "Event": ("Event", "Entity"),
        "Instrument": ("Instrument", "Entity"),
        "Statement": ("Statement", "Entity"),
        "Article": ("Article", "Entity"),
    }


def test_relations_are_those_of_the_design_by_area() -> None:
    by_area: dict[str, str] = {}
    for name, relation in o.RELATIONS.items():
        by_area[relation.area] = f"{by_area.get(relation.area, '')} {name}".strip()
    assert by_area == {
        "office": "HOLDS_POSITION POSITION_IN HEAD_OF MINISTER_OF SPOKESPERSON_FOR MEMBER_OF EMPLOYED_BY REPRESENTS "
        "CITIZEN_OF FAMILY_OF ASSOCIATE_OF",
        "structure": "AGENCY_OF PART_OF BASED_IN LOCATED_IN",
        "business": "SUBSIDIARY_OF OWNS ACQUIRES INVESTS_IN SUPPLIES PARTNERS_WITH COMPETES_WITH FOUNDED_BY REGULATES "
        "LISTED_ON",
        "policy": "ISSUED_BY TARGETS AFFECTS CHANGES_POLICY",
        "speech": "SAID ABOUT ADDRESSED_TO REPORTED_BY ECHOES RESPONDS_TO MADE_AT",
        "action": "MEETS CONTACTS NEGOTIATES_WITH SIGNED SANCTIONS CRITICISES SUPPORTS THREATENS IN_DISPUTE_WITH "
        "PARTICIPATES_IN HOSTS",
        "market": "MOVED",
        "source": "MENTIONS PUBLISHED_BY AUTHORED_BY",
    }


def test_symmetric_relations_are_the_seven_of_the_design() -> None:
    assert {name for name, r in o.RELATIONS.items() if r.symmetric} == {
        "FAMILY_OF",
        "ASSOCIATE_OF",
        "PARTNERS_WITH",
        "COMPETES_WITH",
        "MEETS",
        "NEGOTIATES_WITH",
        "IN_DISPUTE_WITH",
    }


def test_enumerations_are_those_of_the_design() -> None:
    assert o.STATUSES == ("asserted", "alleged", "denied", "planned", "possible", "ended")
    assert o.MENTION_KINDS == ("name", "nominal", "pronoun", "demonym", "metonym")
    assert o.STANCES == ("affirm", "deny", "possible", "neutral")
    assert " ".join(o.ACTS) == (
        "say deny confirm announce pledge demand warn threaten hint propose criticise praise expect other"
    )
    assert " ".join(o.POLICY_KINDS) == (
        "tariff sanction exportControl law bill regulation executiveOrder treaty agreement subsidy monetaryPolicy "
        "programme other"
    )
    assert " ".join(o.EVENT_KINDS) == (
        "meeting talks call visit pressConference summit conference election protest attack deal marketMove other"
    )
    assert o.BODY_KINDS == ("ministry", "agency", "regulator", "centralBank", "court", "parliament", "armedForce")
    assert o.INSTRUMENT_KINDS == ("index", "commodity", "currency", "bond", "security")
    assert o.CHANGES == ("impose", "raise", "cut", "suspend", "extend", "review", "abolish")
    assert o.ROLES == ("reporter", "editor", "photographer")


def test_key_qualifiers_are_change_role_and_the_start_of_an_office() -> None:
    assert {name: r.key_qualifiers for name, r in o.RELATIONS.items() if r.key_qualifiers} == {
        "HOLDS_POSITION": ("officeStart",),
        "HEAD_OF": ("officeStart",),
        "MINISTER_OF": ("officeStart",),
        "SPOKESPERSON_FOR": ("officeStart",),
        "CHANGES_POLICY": ("change",),
        "AUTHORED_BY": ("role",),
    }


@pytest.mark.parametrize(
    ("relation", "subject", "object_", "allowed"),
    [
        ("MEMBER_OF", "Person", "Place", True),
        ("MEMBER_OF", "Company", "IntergovernmentalOrganization", True),
        ("MEMBER_OF", "Country", "Organization", True),
        ("MEMBER_OF", "Company", "Place", False),
        ("SAID", "PublicBody", "Statement", True),
        ("SAID", "Place", "Statement", False),
        ("SAID", "Position", "Statement", False),
        ("ABOUT", "Statement", "Article", True),
        ("SUPPORTS", "Group", "Policy", True),
        ("CRITICISES", "Group", "Policy", False),
        ("AGENCY_OF", "PublicBody", "Country", True),
        ("AGENCY_OF", "Company", "Country", False),
        ("REPORTED_BY", "Statement", "Organization", False),
        ("MOVED", "Company", "Event", True),
    ],
)
def test_a_relation_allows_what_one_of_its_signatures_allows(
    relation: str, subject: str, object_: str, *, allowed: bool
) -> None:
    assert o.allows(relation, subject, object_) is allowed


@given(RELATIONS, ENTITY_TYPES, ENTITY_TYPES)
def test_what_is_allowed_of_a_type_is_allowed_of_the_types_below_it(name: str, subject: str, object_: str) -> None:
    if o.allows(name, subject, object_):
        below = [t for t in o.ENTITY_TYPES if o.is_a(t, subject)]
        assert all(o.allows(name, t, object_) for t in below)


@given(RELATIONS, ENTITY_TYPES)
def test_a_group_may_stand_wherever_a_person_may(name: str, other: str) -> None:
    assert o.allows(name, "Group", other) == o.allows(name, "Person", other)
    assert o.allows(name, other, "Group") == o.allows(name, other, "Person")


@given(RELATIONS, ENTITY_TYPES, ENTITY_TYPES)
def test_a_symmetric_relation_allows_its_ends_either_way(name: str, subject: str, object_: str) -> None:
    if o.RELATIONS[name].symmetric:
        assert o.allows(name, subject, object_) == o.allows(name, object_, subject)


def test_agents_are_persons_groups_organisations_and_countries() -> None:
    agents = {name for name in o.ENTITY_TYPES if o.is_a(name, "Agent")}
    assert agents == {"Person", "Group", "Country"} | {n for n in o.ENTITY_TYPES if o.is_a(n, "Organization")}


def test_every_type_and_relation_is_explained_with_an_example() -> None:
    explained = [(t.name, t.description, t.examples) for t in o.ENTITY_TYPES.values()]
    explained += [(r.name, r.description, r.examples) for r in o.RELATIONS.values()]
    for name, description, examples in explained:
        assert description.endswith("."), name
        assert examples, name
        assert all(" → " in example for example in examples), name


def test_an_example_of_a_relation_reads_as_that_relation() -> None:
    for relation in o.RELATIONS.values():
        assert all(f" {relation.name} " in example for example in relation.examples), relation.name


def test_attributes_name_an_enumeration_or_a_datatype() -> None:
    assert o.ENTITY_TYPES["PublicBody"].attributes == {"bodyKind": "BodyKind", "country": "string"}
    assert o.ENTITY_TYPES["Company"].identifiers == ("ticker",)
    known = {"string", "decimal", "integer", "boolean", "date", "EdtfDate", "IsoDate", *o.ENUMS}
    assert {kind for t in o.ENTITY_TYPES.values() for kind in t.attributes.values()} <= known
    assert set(o.QUALIFIERS.values()) <= known


def test_qualifiers_of_relations_are_declared() -> None:
    used = {q for r in o.RELATIONS.values() for q in r.qualifiers}
    assert used == set(o.QUALIFIERS)


def test_generated_files_are_current() -> None:
    done = generate("--check")
    assert (done.returncode, done.stderr) == (0, "")


def test_generation_gives_the_same_bytes_whatever_the_hash_seed() -> None:
    texts = [generated(seed) for seed in ("1", "2")]
    assert texts[0] == texts[1]
    assert json.loads(texts[0])["schemas/context.jsonld"] == (ROOT / "schemas/context.jsonld").read_text("utf-8")


def test_check_names_a_stale_file_in_one_sentence_and_changes_nothing(tmp_path: Path) -> None:
    for folder in ("schemas", "docs/reference", "kg/model"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "schemas/shapes.ttl").write_text("# edited by hand\n", encoding="utf-8")
    done = generate("--check", root=tmp_path)
    assert done.returncode == 1
    assert done.stderr == "schemas/shapes.ttl is not as the schema says; run python schemas/generate.py.\n"
    assert (tmp_path / "schemas/shapes.ttl").read_text("utf-8") == "# edited by hand\n"


def test_the_schema_is_valid_linkml() -> None:
    lint = [str(Path(sys.executable).with_name("linkml-lint")), "--ignore-warnings", "schemas/newskg.yaml"]
    done = subprocess.run(lint, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_unknown_argument_is_wrong_usage() -> None:
    done = generate("--chekc")
    assert (done.returncode, done.stderr) == (2, "Usage: python schemas/generate.py [--check]\n")


def test_generated_files_hold_no_date_and_no_path() -> None:
    for name in ("ontology.ttl", "shapes.ttl", "context.jsonld"):
        text = (ROOT / "schemas" / name).read_text("utf-8")
        assert str(ROOT) not in text
        assert "generation_date" not in text


def test_every_relation_is_an_object_property_with_domain_and_range(owl: Graph) -> None:
    for relation in o.RELATIONS.values():
        term = KG[relation.rdf_name]
        assert (term, RDF.type, OWL.ObjectProperty) in owl
        assert (term, RDFS.subPropertyOf, KG.relatedTo) in owl
        assert (term, SKOS.notation, Literal(relation.name)) in owl
        assert ((term, RDF.type, OWL.SymmetricProperty) in owl) == relation.symmetric
        assert owl.value(term, RDFS.domain) is not None, relation.name
        assert owl.value(term, RDFS.range) is not None, relation.name


def test_domain_and_range_in_owl_are_the_union_over_all_signatures(owl: Graph) -> None:
    def ends(name: str, end: URIRef) -> set[str]:
        node = owl.value(KG[name], end)
        assert node is not None
        return members(owl, node)

    assert ends("memberOf", RDFS.domain) == {"Person", "Group", "Organization", "Country"}
    assert ends("memberOf", RDFS.range) == {"Organization", "Place"}
    assert ends("said", RDFS.domain) == {"Agent"}
    assert ends("supports", RDFS.range) == {"Agent", "Policy"}
    assert ends("about", RDFS.range) == {"Entity"}


def test_agent_is_the_union_of_its_types(owl: Graph) -> None:
    union = owl.value(KG.Agent, OWL.equivalentClass)
    assert union is not None
    assert members(owl, union) == set(o.AGENTS)


def test_mappings_use_declared_vocabularies(owl: Graph) -> None:
    assert (KG.memberOf, SKOS.exactMatch, URIRef("http://www.w3.org/ns/org#memberOf")) in owl
    assert (KG.Person, SKOS.exactMatch, URIRef("https://schema.followthemoney.tech/#Person")) in owl
    assert (KG.citizenOf, SKOS.exactMatch, URIRef("http://www.wikidata.org/prop/direct/P27")) in owl


def test_a_good_graph_keeps_the_shapes(shapes: Graph) -> None:
    assert messages(GOOD, shapes) == set()


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            ":office a kg:Position, kg:Entity",
            ":office kg:said :sta ; a kg:Position, kg:Entity",
            SPEAKER_RULE,
        ),
        ("kg:said :sta", "kg:said :ghana", "SAID: the object must be a Statement."),
        (
            ":union a kg",
            ":union kg:memberOf :ghana ; a kg",
            MEMBERS_RULE,
        ),
        (
            '\n    kg:status "asserted" ; kg:confidence',
            "\n    kg:confidence",
            "Claim: needs exactly one kg:status, one of asserted, alleged, denied, planned, possible or ended.",
        ),
        (
            '\n    kg:status "asserted" ; kg:confidence',
            '\n    kg:status "true" ; kg:confidence',
            "Claim: needs exactly one kg:status, one of asserted, alleged, denied, planned, possible or ended.",
        ),
        (
            '\n    kg:status "asserted" ; kg:confidence 0.9',
            '\n    kg:status "asserted" ; kg:confidence 1.5',
            "Claim: needs exactly one kg:confidence, an xsd:decimal of at least 0 and at most 1.",
        ),
        (
            ":rel a kg:Relation ; rdf:subject :ada",
            ":rel a kg:Relation ; rdf:subject :office",
            SPEAKER_RULE,
        ),
        (
            ":rel a kg:Relation ; rdf:subject :ada ; rdf:predicate kg:said ; rdf:object :sta",
            ":rel a kg:Relation ; rdf:subject :union ; rdf:predicate kg:memberOf ; rdf:object :ghana",
            MEMBERS_RULE,
        ),
        (
            "kg:relation :rel ; rdf:subject :ada ; rdf:predicate kg:said",
            "kg:relation :rel ; rdf:subject :ada ; rdf:predicate kg:shouted",
            "Claim: needs exactly one rdf:predicate, a relation of the ontology.",
        ),
        ('kg:iso3166 "GH"', 'kg:iso3166 "Ghana"', "Country: may have one kg:iso3166, an xsd:string like ^[A-Z]{2}$."),
        ('rdfs:label "African Union"', "rdfs:comment 0", "Entity: needs exactly one rdfs:label, an xsd:string."),
        (
            "oa:start 11 ; ",
            "",
            "TextPositionSelector: needs exactly one oa:start, an xsd:integer of at least 0.",
        ),
        (
            ":clm a kg:Claim",
            "[] a kg:Claim",
            "Claim: must have an IRI; there are no blank nodes in the graph.",
        ),
    ],
)
def test_a_bad_graph_breaks_its_rule_and_no_other(old: str, new: str, sentence: str, shapes: Graph) -> None:
    assert old in GOOD
    assert messages(GOOD.replace(old, new), shapes) == {sentence}


def test_the_context_expands_a_record_to_the_same_terms_as_the_graph() -> None:
    context = json.loads((ROOT / "schemas/context.jsonld").read_text("utf-8"))
    record = {
        "id": "clm-1",
        "type": "Claim",
        "subject": "ent-1",
        "predicate": "memberOf",
        "object": "ent-2",
        "status": "denied",
        "confidence": "0.85",
        "statedIn": "art-1",
        "selector": [{"id": "clm-1#position", "type": "TextPositionSelector", "start": 3, "end": 9}],
    }
    graph = Graph().parse(data=json.dumps(context | record), format="json-ld")
    instance, oa = Namespace(o.ID_BASE), Namespace("http://www.w3.org/ns/oa#")
    claim, position = instance["clm-1"], instance["clm-1#position"]
    assert set(graph) == {
        (claim, RDF.type, KG.Claim),
        (claim, RDF.subject, instance["ent-1"]),
        (claim, RDF.predicate, KG.memberOf),
        (claim, RDF.object, instance["ent-2"]),
        (claim, KG.status, Literal("denied")),
        (claim, KG.confidence, Literal(Decimal("0.85"))),
        (claim, URIRef("http://www.w3.org/ns/prov#wasQuotedFrom"), instance["art-1"]),
        (claim, oa.hasSelector, position),
        (position, RDF.type, oa.TextPositionSelector),
        (position, oa.start, Literal(3)),
        (position, oa.end, Literal(9)),
    }


def test_the_context_knows_every_type_relation_and_property() -> None:
    terms = json.loads((ROOT / "schemas/context.jsonld").read_text("utf-8"))["@context"]
    names = {*o.ENTITY_TYPES, *(r.rdf_name for r in o.RELATIONS.values()), *o.PROPERTY_IRIS, "Claim", "Relation"}
    assert names <= set(terms)


def test_neo4j_has_a_unique_id_for_entities_and_claims_and_an_index_for_each_type() -> None:
    lines = (ROOT / "schemas/neo4j/constraints.cypher").read_text("utf-8").splitlines()
    assert "CREATE CONSTRAINT entity_id IF NOT EXISTS FOR (n:Entity) REQUIRE n.id IS UNIQUE;" in lines
    assert "CREATE CONSTRAINT claim_id IF NOT EXISTS FOR (n:Claim) REQUIRE n.id IS UNIQUE;" in lines
    assert all(any(f"(n:{label}) ON (n.name);" in line for line in lines) for label in o.ENTITY_TYPES)


def test_the_reference_page_describes_every_type_and_relation() -> None:
    page = (ROOT / "docs/reference/ontology.md").read_text("utf-8")
    assert all(f"### {name}\n\n{t.description}\n" in page for name, t in o.ENTITY_TYPES.items())
    assert all(f"#### {name}\n\n{r.description}\n" in page for name, r in o.RELATIONS.items())


def test_constants_need_neither_linkml_nor_yaml() -> None:
    code = "import sys, kg.model.ontology; sys.exit(bool({'linkml_runtime', 'yaml', 'rdflib'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
