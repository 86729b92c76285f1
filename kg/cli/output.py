"""How rows leave the program: a table for people, JSON, JSON Lines or CSV for programs."""

import csv
import json
import sys
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any, TextIO


class Format(StrEnum):
    """What `--format` takes."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"


def write_rows(columns: Sequence[str], rows: Iterable[Sequence[Any]], form: Format, out: TextIO | None = None) -> None:
    """Write rows on `out` (standard output); a table is cut to the terminal's width, the other forms lose nothing."""
    out = out or sys.stdout
    if form is Format.TABLE:
        _table(columns, rows, out)
    elif form is Format.CSV:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([[_cell(value) for value in row] for row in rows])
    elif form is Format.JSONL:
        for row in rows:
            out.write(_json(dict(zip(columns, row, strict=True))) + "\n")
    else:
        objects = [dict(zip(columns, row, strict=True)) for row in rows]
        out.write(json.dumps(objects, ensure_ascii=False, indent=1, default=str) + "\n")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def _cell(value: object) -> str:
    """A value as one cell of text; lists and maps as JSON, nothing as nothing."""
    if value is None:
        return ""
    return value if isinstance(value, str) else _json(value)


def _table(columns: Sequence[str], rows: Iterable[Sequence[Any]], out: TextIO) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from kg.cli.terminal import console

    table = Table(*columns, box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for row in rows:
        table.add_row(*(Text(_cell(value)) for value in row))
    screen = console(out)
    if table.row_count:
        screen.print(table)
    screen.print(Text(f"{table.row_count} row{'' if table.row_count == 1 else 's'}", style="dim"))
