"""What is told of a SPARQL text by its keywords alone, and what is set into it."""

import pyoxigraph as ox
import pytest

from kg.errors import QueryError
from kg.store import sparql


@pytest.mark.parametrize(
    ("text", "update"),
    [
        ("PREFIX insert: <http://e/> SELECT * { ?s ?p ?o }", False),
        ("# delete\nASK {}", False),
        ("prefix : <http://e/> base <http://e/> insert data { :a :b :c }", True),
        ("WITH <http://e/g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", True),
        ("", False),
    ],
)
def test_an_update_is_told_by_its_first_keyword(text: str, update: bool) -> None:
    assert sparql.is_update(text) is update


def test_a_word_is_a_keyword_only_where_it_stands_alone() -> None:
    assert sparql.names_dataset("SELECT * FROM <http://e/g> { ?s ?p ?o }")
    assert not sparql.names_dataset("SELECT ?from { ?from ex:from 'from' . { SELECT * { ?s ?p ?o } } }")
    assert sparql.federates("SELECT * { SERVICE <http://e/> { ?s ?p ?o } }")
    assert not sparql.federates('SELECT ?service { ?service ex:service "service" } # service')


@pytest.mark.parametrize(
    ("text", "limited"),
    [
        ("SELECT * { ?s ?p ?o }", "SELECT * { ?s ?p ?o }\nLIMIT 10\n"),
        ("SELECT * { ?s ?p ?o } LIMIT 5", "SELECT * { ?s ?p ?o } LIMIT 5"),
        ("SELECT * { ?s ?p ?o } LIMIT 500 OFFSET 3", "SELECT * { ?s ?p ?o } LIMIT 10 OFFSET 3"),
        (
            "SELECT * { { SELECT * { ?s ?p ?o } LIMIT 5 } }",
            "SELECT * { { SELECT * { ?s ?p ?o } LIMIT 5 } }\nLIMIT 10\n",
        ),
        ("SELECT * { ?s ?p ?o } VALUES ?s { 1 }", "SELECT * { ?s ?p ?o } \nLIMIT 10\nVALUES ?s { 1 }"),
        ("SELECT * { ?s ?p ?o } # LIMIT 3", "SELECT * { ?s ?p ?o } # LIMIT 3\nLIMIT 10\n"),
    ],
)
def test_a_limit_is_set_where_there_is_none_or_a_higher_one(text: str, limited: str) -> None:
    assert sparql.limited(text, 10) == limited


def test_a_limited_query_gives_so_many_rows() -> None:
    store = ox.Store()
    store.extend(ox.Quad(ox.NamedNode(f"http://e/{n}"), ox.NamedNode("http://e/p"), ox.Literal(n)) for n in range(50))
    for text in ("SELECT * { ?s ?p ?o } ORDER BY ?o", "SELECT * { ?s ?p ?o } VALUES ?p { <http://e/p> }"):
        assert len(list(store.query(sparql.limited(text, 7)))) == 7  # type: ignore[arg-type]


def test_the_graphs_of_a_request_come_into_every_pattern_of_an_update() -> None:
    text = "INSERT DATA { <a> <b> <where> } ; DELETE { ?s ?p ?o } WHERE { ?s ?p ?o } ; DELETE WHERE { ?s <p> ?o }"
    assert sparql.over(text, ["http://e/g"], ["http://e/h"]) == (
        "INSERT DATA { <a> <b> <where> } ; "
        "DELETE { ?s ?p ?o }  USING <http://e/g> USING NAMED <http://e/h> WHERE { ?s ?p ?o } ; "
        "DELETE  { ?s <p> ?o } USING <http://e/g> USING NAMED <http://e/h> WHERE { ?s <p> ?o }"
    )
    assert sparql.over(text, [], []) == text


@pytest.mark.parametrize("clause", ["WITH <http://e/g> DELETE { ?s ?p 1 } WHERE", "INSERT { ?s ?p 1 } USING <g> WHERE"])
def test_graphs_are_named_in_one_place(clause: str) -> None:
    with pytest.raises(QueryError, match="USING or WITH"):
        sparql.over(f"{clause} {{ ?s ?p ?o }}", ["http://e/h"], [])


def test_a_parameter_is_no_part_of_a_name_or_a_string() -> None:
    assert sparql.bind("SELECT $x { ?s ex:$x '$x' . $x ?p ?o }", {"x": "a"}) == (
        'SELECT "a" { ?s ex:"a" \'$x\' . "a" ?p ?o }'
    )


def test_a_graph_that_is_not_there_can_be_cleared() -> None:
    assert sparql.silent("CLEAR GRAPH <g> ; drop all; Clear Silent <h>") == (
        "CLEAR SILENT GRAPH <g> ; drop SILENT all; Clear Silent <h>"
    )
    ox.Store().update(sparql.silent("PREFIX e: <http://e/> CLEAR GRAPH e:none ; DROP NAMED"))
