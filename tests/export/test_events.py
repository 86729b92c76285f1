import csv
import io
from typing import Any

import duckdb
import pytest

from kg.export.actors import rules
from kg.export.events import COLUMNS, events
from kg.model.ontology import ACTS, CHANGES, PLOVER_CODES, POLICY_KINDS, RELATIONS, allows
from kg.model.records import Time
from kg.store.base import GraphReader
from tests.listed_graph import ListedGraph, article, claim, entity, relation, statement, story

Rows = dict[str, dict[str, str]]


def written(graph: GraphReader) -> str:
    output = io.BytesIO()
    events(graph, output)
    return output.getvalue().decode()


def rows(graph: GraphReader) -> Rows:
    return {row["GlobalEventID"]: row for row in csv.DictReader(io.StringIO(written(graph)))}


def talks() -> ListedGraph:
    """Two countries, a minister, a company and an outlet; a tariff, a demand, a summit and a treaty."""
    graph = ListedGraph()
    graph.put(
        article("art-1", url="https://courier.example/1", published="2025-04-24T09:00:00Z"),
        article("art-2", published=None),
        entity("ent-ghana", "Country", "Ghana", identifiers={"iso3166": "GH"}),
        entity("ent-norway", "Country", "Norway", identifiers={"iso3166": "NO"}),
        entity("ent-mensah", "Person", "Ada Mensah"),
        entity("ent-okumi", "Company", "Okumi Mining"),
        entity("ent-haugland", "Person", "Per Haugland"),
        entity("ent-post", "Position", "Minister of Finance"),
        entity("ent-levy", "Policy", "levy on cocoa", attributes={"policyKind": "tariff"}),
        entity("ent-law", "Policy", "cocoa law", attributes={"policyKind": "law"}),
        entity("ent-pact", "Policy", "fisheries pact", attributes={"policyKind": "agreement"}),
        entity("ent-summit", "Event", "summit", attributes={"eventKind": "summit", "plover": "CONSULT"}),
        entity("ent-attack", "Event", "attack", attributes={"eventKind": "attack", "plover": "ASSAULT"}),
        entity("sta-1", "Statement", "lift the levy", statement=statement(act="demand")),
    )
    state(graph, "HOLDS_POSITION", "ent-mensah", "ent-post")
    state(graph, "POSITION_IN", "ent-post", "ent-ghana")
    state(graph, "HEAD_OF", "ent-haugland", "ent-okumi")
    state(graph, "TARGETS", "ent-levy", "ent-ghana")
    state(graph, "TARGETS", "ent-law", "ent-ghana")
    state(graph, "SAID", "ent-mensah", "sta-1")
    state(graph, "ADDRESSED_TO", "sta-1", "ent-norway")
    state(graph, "CHANGES_POLICY", "ent-norway", "ent-levy", qualifiers={"change": "impose"})
    state(graph, "CHANGES_POLICY", "ent-norway", "ent-law", qualifiers={"change": "impose"})
    for name in ("ghana", "norway"):
        state(graph, "SIGNED", f"ent-{name}", "ent-pact")
        state(graph, "PARTICIPATES_IN", f"ent-{name}", "ent-summit", status="denied" if name == "ghana" else "planned")
        state(graph, "PARTICIPATES_IN", f"ent-{name}", "ent-attack")
    state(graph, "CRITICISES", "ent-haugland", "ent-norway", article_id="art-2")
    return graph


def state(graph: ListedGraph, type_: str, one: str, other: str, article_id: str = "art-1", **fields: Any) -> None:
    """Put a relation and its one claim, named after its type and its ends."""
    name = f"{type_}-{one[4:]}-{other[4:]}".lower()
    status = fields.pop("status", "asserted")
    told = relation(f"rel-{name}", type_, (one, other), status, **fields)
    graph.put(told, claim(f"clm-{name}", told, article_id, "did so", **fields))


def test_the_rows_are_the_events_between_two_actors() -> None:
    found = {id_: (row["Actor1Name"], row["EventCode"], row["Actor2Name"]) for id_, row in rows(talks()).items()}
    assert found == {
        "clm-addressed_to-1-norway": ("Ada Mensah", "REQUEST", "Norway"),
        "clm-changes_policy-norway-levy": ("Norway", "SANCTION", "Ghana"),
        "clm-criticises-haugland-norway": ("Per Haugland", "ACCUSE", "Norway"),
        "clm-signed-ghana-pact": ("Ghana", "AGREE", "Norway"),
    }


def test_a_row_has_actors_codes_date_status_source_and_quote() -> None:
    row = rows(talks())["clm-addressed_to-1-norway"]
    assert row == {
        "GlobalEventID": "clm-addressed_to-1-norway",
        "SQLDATE": "20250424",
        "DateFrom": "article",
        "EventDate": "",
        "Actor1ID": "ent-mensah",
        "Actor1Name": "Ada Mensah",
        "Actor1CountryCode": "GHA",
        "Actor1Type1Code": "GOV",
        "Actor2ID": "ent-norway",
        "Actor2Name": "Norway",
        "Actor2CountryCode": "NOR",
        "Actor2Type1Code": "",
        "EventCode": "REQUEST",
        "EventRootCode": "10",
        "QuadClass": "3",
        "Status": "asserted",
        "Confidence": "0.8",
        "NumMentions": "1",
        "NumSources": "1",
        "Relation": "ADDRESSED_TO",
        "RelationID": "rel-addressed_to-1-norway",
        "Quote": "did so",
        "Sentence": "Heliant did so to Norvik “Shipping”.",
        "SourceName": "Baltic Courier",
        "SOURCEURL": "https://courier.example/1",
        "ArticleID": "art-1",
        "DATEADDED": "20250424",
    }


def test_the_head_of_a_company_is_of_business() -> None:
    row = rows(talks())["clm-criticises-haugland-norway"]
    assert (row["Actor1CountryCode"], row["Actor1Type1Code"]) == ("", "BUS")


def test_an_article_without_a_date_gives_no_date() -> None:
    row = rows(talks())["clm-criticises-haugland-norway"]
    assert (row["SQLDATE"], row["DateFrom"], row["DATEADDED"]) == ("", "", "")


def test_the_date_is_the_text_s_own_where_it_tells_one() -> None:
    week = Time(text="this week", edtf="2025-04-21/2025-04-27", earliest="2025-04-21", latest="2025-04-27")
    graph = story()
    (meets,) = graph.relations(["rel-meets"])
    graph.put(claim("clm-3", meets, "art-1", "met", time=week))
    row = rows(graph)["clm-3"]
    assert (row["SQLDATE"], row["DateFrom"], row["EventDate"]) == ("20250421", "text", "2025-04-21/2025-04-27")


def test_what_is_denied_says_so() -> None:
    assert [(row["EventCode"], row["Status"]) for row in rows(story()).values()] == [
        ("CONSULT", "asserted"),
        ("CONSULT", "denied"),
    ]


def test_someone_of_two_countries_has_no_code_of_one() -> None:
    graph = talks()
    state(graph, "CITIZEN_OF", "ent-mensah", "ent-norway")
    assert rows(graph)["clm-addressed_to-1-norway"]["Actor1CountryCode"] == ""


def test_three_who_meet_are_three_pairs() -> None:
    graph = talks()
    state(graph, "PARTICIPATES_IN", "ent-mensah", "ent-summit")
    state(graph, "HOSTS", "ent-haugland", "ent-summit")
    pairs = [(r["Actor1Name"], r["Actor2Name"]) for r in rows(graph).values() if r["EventCode"] == "CONSULT"]
    assert sorted(pairs) == [
        ("Ada Mensah", "Norway"),
        ("Per Haugland", "Ada Mensah"),
        ("Per Haugland", "Norway"),
    ]


def test_duckdb_reads_the_rows(tmp_path: Any) -> None:
    (tmp_path / "events.csv").write_text(written(talks()), encoding="utf-8")
    read = duckdb.read_csv(str(tmp_path / "events.csv"), all_varchar=True)
    assert tuple(read.columns) == COLUMNS
    counts = read.aggregate("Actor1Name, QuadClass, count(*)").order("ALL").fetchall()
    assert counts == [("Ada Mensah", "3", 1), ("Ghana", "1", 1), ("Norway", "4", 1), ("Per Haugland", "3", 1)]


def test_the_codes_are_those_of_the_schema() -> None:
    assert tuple(sorted(rules()["codes"])) == tuple(sorted(PLOVER_CODES))
    used = [*rules()["relations"].values(), *rules()["acts"].values(), *rules()["changes"].values()]
    assert {*used, *rules()["together"], rules()["signed"]} <= set(PLOVER_CODES)
    assert set(rules()["acts"]) <= set(ACTS)
    assert set(rules()["changes"]) <= set(CHANGES)
    assert set(rules()["policies"]) <= set(POLICY_KINDS)
    assert {*rules()["countries"], *rules()["bodies"]} <= set(RELATIONS)


@pytest.mark.parametrize("name", rules()["relations"])
def test_relations_that_are_events_join_two_actors(name: str) -> None:
    assert allows(name, "Company", "Company")
