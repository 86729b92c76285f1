import sys
from pathlib import Path

import duckdb
import msgspec
import pytest

from kg.errors import UsageError
from kg.export import export
from kg.export.parquet import tables
from kg.export.rdf.stream import ArticleReader
from kg.model.graph import GraphClaim
from tests.listed_graph import ListedGraph, crowd, story


def written(graph: ArticleReader, folder: Path) -> Path:
    export(graph, "parquet", folder)
    return folder


def opened(folder: Path) -> duckdb.DuckDBPyConnection:
    """A database with a view a table."""
    database = duckdb.connect()
    for path in folder.glob("*.parquet"):
        database.read_parquet(str(path)).create_view(path.stem)
    return database


def test_duckdb_reads_as_many_rows_as_there_are_records(tmp_path: Path) -> None:
    folder = written(story(), tmp_path)
    counts = {path.stem: len(duckdb.read_parquet(str(path))) for path in folder.glob("*.parquet")}
    assert counts == {"articles": 2, "entities": 8, "relations": 10, "claims": 12, "mentions": 3}


def test_a_claim_comes_back_as_it_was(tmp_path: Path) -> None:
    rows = duckdb.read_parquet(str(written(story(), tmp_path) / "claims.parquet")).filter("id in ('clm-1', 'clm-8')")
    read = [dict(zip(rows.columns, row, strict=True)) for row in rows.fetchall()]
    claims = sorted((msgspec.convert(row, GraphClaim) for row in read), key=lambda claim: claim.id)
    assert claims == list(story().claims(["clm-1", "clm-8"]))


def test_lists_maps_and_structs_are_what_sql_expects(tmp_path: Path) -> None:
    database = opened(written(story(), tmp_path))
    sql = "SELECT name, identifiers['ticker'], aliases[1] FROM entities WHERE type = 'Company'"
    assert database.sql(sql).fetchall() == [("Heliant", "HLT", "Heliant Inc.")]
    sql = "SELECT statement.stance, statement.quoted FROM entities WHERE type = 'Statement' ORDER BY id"
    assert database.sql(sql).fetchall() == [("affirm", True), ("deny", False)]


def test_a_question_over_two_tables(tmp_path: Path) -> None:
    sql = """SELECT s.name, r.type, o.name, c.quote, c.time.earliest FROM claims c
             JOIN relations r ON r.id = c.relation
             JOIN entities s ON s.id = r.subject
             JOIN entities o ON o.id = r.object
             WHERE r.support > 1 AND c.time IS NOT NULL"""
    rows = opened(written(story(), tmp_path)).sql(sql).fetchall()
    assert rows == [("Heliant", "SUPPLIES", "Ghana", "supplies panels", "2025-04-24")]


def test_the_columns_are_the_same_whatever_the_graph_holds(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    tables(ListedGraph(), tmp_path / "empty")
    full = written(story(), tmp_path / "full")
    for path in full.glob("*.parquet"):
        empty = duckdb.read_parquet(str(tmp_path / "empty" / path.name))
        assert (empty.columns, empty.types) == (
            duckdb.read_parquet(str(path)).columns,
            duckdb.read_parquet(str(path)).types,
        )


def test_more_rows_than_one_group_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.export.parquet._ROWS", 7)  # the size of a group is no setting
    relations = written(crowd(20), tmp_path) / "relations.parquet"
    assert len(duckdb.read_parquet(str(relations))) == 40
    metadata = duckdb.execute("SELECT max(row_group_id) FROM parquet_metadata(?)", [str(relations)])
    assert metadata.fetchall() == [(5,)]


def test_two_runs_give_the_same_bytes(tmp_path: Path) -> None:
    one, other = written(story(), tmp_path / "a"), written(story(), tmp_path / "b")
    for path in one.glob("*.parquet"):
        assert path.read_bytes() == (other / path.name).read_bytes()


def test_without_pyarrow_a_sentence_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(UsageError, match=r'^Parquet needs pyarrow; install it with: pip install "newskg\[parquet\]"$'):
        export(story(), "parquet", tmp_path)
