"""Parquet: the five kinds of record as tables, for DuckDB, Spark, Polars and pandas."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from types import NoneType
from typing import TYPE_CHECKING, Any, get_args, get_origin, get_type_hints

import msgspec

from kg.errors import UsageError
from kg.model.graph import GraphArticle, GraphClaim, GraphEntity, GraphMention, GraphRelation
from kg.model.records import Record
from kg.store.base import GraphReader

if TYPE_CHECKING:
    import pyarrow as pa  # type: ignore[import-untyped]

_ROWS = 10_000  # of one row group: what is in memory at a time


def tables(graph: GraphReader, folder: Path) -> None:
    """`articles`, `entities`, `relations`, `claims` and `mentions`, a file each, with every field of the records.

    Names and nesting are those of JSON Lines: lists are lists, times and statements structs, and what differs from
    type to type (identifiers, attributes, qualifiers) maps of strings.

    Raises:
        UsageError: pyarrow is not installed.
    """
    try:
        import pyarrow  # noqa: F401, ICN001, PLC0415 - an extra
    except ImportError as error:
        raise UsageError('Parquet needs pyarrow; install it with: pip install "newskg[parquet]"') from error
    _write(folder / "articles.parquet", GraphArticle, graph.articles())
    _write(folder / "entities.parquet", GraphEntity, graph.entities())
    _write(folder / "relations.parquet", GraphRelation, graph.relations())
    _write(folder / "claims.parquet", GraphClaim, graph.claims())
    _write(folder / "mentions.parquet", GraphMention, graph.mentions())


def _write(path: Path, kind: type[Record], records: Iterable[Record]) -> None:
    import pyarrow as pa  # noqa: PLC0415
    from pyarrow import parquet  # noqa: PLC0415

    schema = pa.schema(_fields(kind))
    rows = map(msgspec.to_builtins, records)
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        for batch in _batches(rows):
            writer.write_table(pa.Table.from_pylist(batch, schema))


def _batches(rows: Iterator[Any]) -> Iterator[list[Any]]:
    yield from iter(lambda: list(islice(rows, _ROWS)), [])


def _fields(record: type[Record]) -> "list[pa.Field[Any]]":
    """The fields of a record as Arrow's; null only where the record may have none."""
    import pyarrow as pa  # noqa: PLC0415

    hints = get_type_hints(record)
    return [pa.field(name, _type(hint), nullable=NoneType in get_args(hint)) for name, hint in hints.items()]


def _type(hint: Any) -> "pa.DataType":
    import pyarrow as pa  # noqa: PLC0415

    made: dict[Any, Callable[[], pa.DataType]] = {
        str: pa.string,
        int: pa.int64,
        float: pa.float64,
        bool: pa.bool_,
        tuple: partial(pa.list_, pa.string()),
        dict: partial(pa.map_, pa.string(), pa.string()),
    }
    present = next((one for one in get_args(hint) if NoneType in get_args(hint) and one is not NoneType), hint)
    plain = get_origin(present) or present
    return made[plain]() if plain in made else pa.struct(_fields(plain))
