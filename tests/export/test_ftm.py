import io
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from kg.export.ftm import ftm
from kg.store.base import GraphReader
from tests.listed_graph import ListedGraph, article, claim, entity, relation, story

Lines = dict[str, dict[str, Any]]


def written(graph: GraphReader) -> bytes:
    output = io.BytesIO()
    ftm(graph, output)
    return output.getvalue()


def lines(graph: GraphReader) -> Lines:
    found = [json.loads(line) for line in written(graph).splitlines()]
    assert len({line["id"] for line in found}) == len(found)
    return {line["id"]: line for line in found}


def cabinet() -> ListedGraph:
    """A minister, her ministry, its country, a company with owners, and what ties them."""
    graph = ListedGraph()
    graph.put(
        article("art-1", url="https://courier.example/1", authors=("Lotte Visser",)),
        entity("ent-mensah", "Person", "Ada Mensah", aliases=("Mensah",)),
        entity("ent-kofi", "Person", "Kofi Mensah"),
        entity("ent-ministry", "PublicBody", "Ministry of Finance", attributes={"bodyKind": "court", "country": "GH"}),
        entity("ent-post", "Position", "Minister of Finance"),
        entity("ent-ghana", "Country", "Ghana", identifiers={"iso3166": "GH"}),
        entity("ent-tema", "Place", "Tema"),
        entity("ent-okumi", "Company", "Okumi Mining", identifiers={"ticker": "OKM"}),
        entity("ent-union", "Organization", "Harbour Union"),
        entity("ent-officials", "Group", "two officials"),
        entity("ent-summit", "Event", "Tema summit", attributes={"eventKind": "summit", "earliest": "2025-04-01"}),
    )
    holds = relation("rel-holds", "HOLDS_POSITION", ("ent-mensah", "ent-post"), valid_from="2021")
    graph.put(
        holds,
        claim("clm-1", holds, "art-1", "has been"),
        relation("rel-head", "HEAD_OF", ("ent-mensah", "ent-okumi"), qualifiers={"officeTitle": "chairwoman"}),
        relation("rel-land", "HEAD_OF", ("ent-mensah", "ent-ghana")),
        relation("rel-in", "POSITION_IN", ("ent-post", "ent-ministry")),
        relation("rel-citizen", "CITIZEN_OF", ("ent-mensah", "ent-ghana")),
        relation("rel-guess", "CITIZEN_OF", ("ent-kofi", "ent-ghana"), inferred=True),
        relation("rel-family", "FAMILY_OF", ("ent-kofi", "ent-mensah"), qualifiers={"kinship": "brother"}),
        relation("rel-owns", "OWNS", ("ent-kofi", "ent-okumi"), qualifiers={"share": "30"}),
        relation("rel-owns2", "OWNS", ("ent-kofi", "ent-union")),
        relation("rel-seat", "BASED_IN", ("ent-okumi", "ent-tema")),
        relation("rel-denied", "MEMBER_OF", ("ent-kofi", "ent-union"), "denied"),
        relation("rel-ended", "MEMBER_OF", ("ent-mensah", "ent-union"), "ended", valid_to="2024-05"),
        relation("rel-group", "MEMBER_OF", ("ent-officials", "ent-union")),
        relation("rel-sanction", "SANCTIONS", ("ent-ghana", "ent-okumi")),
        relation("rel-there", "PARTICIPATES_IN", ("ent-mensah", "ent-summit")),
    )
    return graph


def test_an_office_is_an_occupancy_with_its_proof() -> None:
    assert lines(cabinet())["rel-holds"] == {
        "id": "rel-holds",
        "schema": "Occupancy",
        "properties": {
            "holder": ["ent-mensah"],
            "post": ["ent-post"],
            "startDate": ["2021"],
            "proof": ["art-1"],
            "sourceUrl": ["https://courier.example/1"],
            "publisher": ["Baltic Courier"],
            "description": ["Heliant has been to Norvik “Shipping”."],
        },
    }


def test_entities_have_the_schema_and_the_properties_of_their_type() -> None:
    found = lines(cabinet())
    assert found["ent-mensah"]["properties"] == {"name": ["Ada Mensah"], "alias": ["Mensah"], "citizenship": ["gh"]}
    assert found["ent-ministry"]["properties"] == {
        "name": ["Ministry of Finance"],
        "topics": ["gov.judicial"],
        "country": ["gh"],
    }
    assert found["ent-okumi"] == {
        "id": "ent-okumi",
        "schema": "Company",
        "properties": {"name": ["Okumi Mining"], "ticker": ["OKM"], "address": ["Tema"]},
    }
    assert found["ent-post"]["properties"]["organization"] == ["ent-ministry"]
    assert found["ent-summit"]["properties"]["involved"] == ["ent-mensah"]
    assert found["art-1"]["properties"] == {
        "title": ["Title of art-1"],
        "sourceUrl": ["https://courier.example/1"],
        "publisher": ["Baltic Courier"],
        "author": ["Lotte Visser"],
        "publishedAt": ["2025-04-24"],
        "language": ["eng"],
    }


def test_relationships_keep_what_qualifies_them() -> None:
    found = lines(cabinet())
    assert found["rel-head"]["properties"]["role"] == ["chairwoman"]
    assert found["rel-family"]["properties"] == {
        "person": ["ent-kofi"],
        "relative": ["ent-mensah"],
        "relationship": ["brother"],
    }
    assert found["rel-owns"]["properties"]["percentage"] == ["30"]
    assert found["rel-ended"]["properties"]["status"] == ["ended"]
    assert found["rel-sanction"]["properties"] == {"authority": ["Ghana"], "entity": ["ent-okumi"]}


def test_an_end_that_does_not_fit_makes_it_a_link() -> None:
    assert lines(cabinet())["rel-owns2"] == {
        "id": "rel-owns2",
        "schema": "UnknownLink",
        "properties": {"subject": ["ent-kofi"], "object": ["ent-union"], "role": ["owns"]},
    }


def test_what_is_denied_inferred_or_has_no_schema_is_left_out() -> None:
    found = lines(cabinet())
    assert not {"rel-denied", "rel-group", "rel-land", "ent-officials", "ent-ghana"} & set(found)
    assert "citizenship" not in found["ent-kofi"]["properties"]


def test_mentions_lead_from_articles_to_people_and_bodies() -> None:
    mentions = [line for line in lines(story()).values() if line["schema"] == "Mention"]
    assert [(m["properties"]["document"], m["properties"]["resolved"]) for m in mentions] == [
        (["art-1"], ["ent-heliant"]),
        (["art-2"], ["ent-heliant"]),
    ]


def test_names_stand_on_one_line() -> None:
    heliant = lines(story())["ent-heliant"]["properties"]
    assert heliant["alias"] == ["Heliant Inc.", 'the "sun" maker']


def kept_by_ftm(exported: bytes) -> list[str]:
    """What FollowTheMoney's model says against the lines; nothing is all it should say."""
    followthemoney = pytest.importorskip("followthemoney", reason="followthemoney (group interop) is not installed")
    model = followthemoney.model
    read = [json.loads(line) for line in exported.splitlines()]
    schemata = {line["id"]: line["schema"] for line in read}
    found = []
    for line in read:
        schema = model.get(line["schema"])
        schema.validate(line)
        found += [f"{line['id']} needs {name}" for name in schema.required if name not in line["properties"]]
        for name, values in line["properties"].items():
            own = schema.get(name)
            found += [f"{line['id']} has {name} {value!r}" for value in values if own.type.clean(value) != value]
            if own.type.name == "entity":
                ends = {model.get(schemata[value]) for value in values}
                found += [f"{line['id']} {name} {end.name}" for end in ends if not end.is_a(own.range)]
    return found


@pytest.mark.parametrize("graph", [cabinet(), story()], ids=["cabinet", "story"])
def test_followthemoney_knows_every_schema_property_value_and_end(graph: GraphReader) -> None:
    assert kept_by_ftm(written(graph)) == []


def test_ftm_validate_gives_back_what_it_was_given(tmp_path: Path) -> None:
    pytest.importorskip("followthemoney", reason="followthemoney (group interop) is not installed")
    (tmp_path / "in.json").write_bytes(written(cabinet()))
    command = [str(Path(sys.executable).with_name("ftm")), "validate", "-i", "in.json", "-o", "out.json"]
    subprocess.run(command, cwd=tmp_path, check=True)
    given, kept = (
        [json.loads(line) for line in (tmp_path / name).read_text().splitlines()] for name in ("in.json", "out.json")
    )
    assert Counter(line["schema"] for line in kept) == Counter(line["schema"] for line in given)
    assert all(_same(one["properties"], other["properties"]) for one, other in zip(given, kept, strict=True))


def _same(given: dict[str, list[str]], kept: dict[str, list[str]]) -> bool:
    return all(set(values) == set(kept[name]) for name, values in given.items())
