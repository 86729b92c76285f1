"""How rows leave the program: a table for people, JSON, JSON Lines or CSV for programs."""

import csv
import json
import sys
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from rich.console import Console

_BREAKABLE = 30  # characters of a cell beyond which it may be broken
_GAP = 2  # blanks between two columns


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
    """Rows side by side where they fit; else one below the other, as long lines broken in cells cannot be read."""
    from rich.text import Text

    from kg.cli.terminal import console

    screen = console(out)
    cells = [[_cell(value) for value in row] for row in rows]
    if cells and _width(columns, cells) <= screen.width:
        _side_by_side(screen, columns, cells)
    else:
        _one_below_the_other(screen, columns, cells)
    screen.print(Text(f"{len(cells)} row{'' if len(cells) == 1 else 's'}", style="dim"))


def _width(columns: Sequence[str], cells: list[list[str]]) -> int:
    """What a table needs at the least: a long text can be broken in two or three lines, a name cannot."""
    longest = [max(len(cell) for cell in column) for column in zip(columns, *cells, strict=True)]
    return sum(min(width, _BREAKABLE) + _GAP for width in longest)


def _side_by_side(screen: "Console", columns: Sequence[str], cells: list[list[str]]) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(*columns, box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for row in cells:
        table.add_row(*(Text(cell) for cell in row))
    screen.print(table)


def _one_below_the_other(screen: "Console", columns: Sequence[str], cells: list[list[str]]) -> None:
    from rich.table import Table
    from rich.text import Text

    for row in cells:
        record = Table.grid(padding=(0, 2, 0, 0))
        for column, cell in zip(columns, row, strict=True):
            if cell:
                record.add_row(Text(column, style="cyan"), Text(cell))
        screen.print(record)
        screen.print()
