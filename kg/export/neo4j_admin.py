"""CSV for Neo4j's bulk importer: a file for each line of labels and each type of edge, and the command that takes them.

    nodes-Company.csv         id:ID,aliases:string[],articles:long,name:string,…
    edges-SUPPLIES.csv        :START_ID,:END_ID,confidence:double,id:string,…
    import.sh                 makes a database of them: sh import.sh [DATABASE]
    constraints.cypher        to be run in it afterwards; `kg load` does it too

The labels and the type stand in the command, not in the rows. A column has one datatype: where a property has another
one in some record, that record goes to a second file with a header of its own (`nodes-Policy-2.csv`). What is not
known is an empty field, an empty string is `""`. The graph is read twice, and never held.
"""

import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TextIO

from kg.export import tables
from kg.paths import data_folder
from kg.store.base import GraphReader
from kg.store.neo4j import projection_node
from kg.store.property_graph import Edge, Node
from kg.store.values import Properties, Value

_HEADS = {"nodes": ("id:ID",), "edges": (":START_ID", ":END_ID")}
_DATATYPES = {str: "string", int: "long", float: "double", bool: "boolean", tuple: "string[]"}
_BETWEEN = "\x1f"  # parts of a list; no word has it
_OPTIONS = ("--multiline-fields=true", "--array-delimiter=U+001F", "--id-type=string", "--overwrite-destination=true")

Item = Node | Edge


@dataclass(slots=True)
class _File:
    """One file: what its rows are (labels or a type), and the datatype of each column."""

    name: str
    columns: dict[str, type] = field(default_factory=dict)

    def takes(self, properties: Properties) -> bool:
        """Whether no property is of another datatype than its column."""
        return all(self.columns.get(name, type(value)) is type(value) for name, value in properties.items())


def tables_and_command(graph: GraphReader, folder: Path) -> None:
    """Write the set into a folder."""
    for old in chain(folder.glob("nodes-*.csv"), folder.glob("edges-*.csv")):
        old.unlink()
    nodes = _write(folder, "nodes", lambda: _nodes(graph))
    edges = _write(folder, "edges", lambda: tables.all_edges(graph))
    shutil.copyfile(data_folder("schemas") / "neo4j" / "constraints.cypher", folder / "constraints.cypher")
    (folder / "import.sh").write_text(_script(nodes, edges), "utf-8")


def _nodes(graph: GraphReader) -> Iterator[Node]:
    return chain(tables.nodes(graph), tables.claims(graph), [projection_node(graph)])


def _write(folder: Path, prefix: str, read: Callable[[], Iterator[Item]]) -> list[tuple[str, str]]:
    """Read once for the columns, once for the rows; of each file what its rows are, and its name."""
    files = _shaped(prefix, read())
    with ExitStack() as opened:
        outputs = {file.name: _opened(opened, folder, file, _HEADS[prefix]) for each in files.values() for file in each}
        for item in read():
            file = next(one for one in files[_kind(item)] if one.takes(item.properties))
            cells = [*_ends(item), *(item.properties.get(name) for name in file.columns)]
            outputs[file.name].write(",".join(map(_cell, cells)) + "\n")
    return [(kind, file.name) for kind, each in files.items() for file in each]


def _shaped(prefix: str, items: Iterable[Item]) -> dict[str, list[_File]]:
    """Of each kind the files that it needs, with their columns in alphabetical order."""
    files: dict[str, list[_File]] = {}
    for item in items:
        each = files.setdefault(_kind(item), [])
        file = next((one for one in each if one.takes(item.properties)), None)
        if file is None:
            number = f"-{len(each) + 1}" if each else ""
            file = _File(f"{prefix}-{_kind(item).partition(':')[0]}{number}.csv")
            each.append(file)
        file.columns.update((name, type(value)) for name, value in item.properties.items())
    for file in chain.from_iterable(files.values()):
        file.columns = {name: file.columns[name] for name in sorted(file.columns) if (prefix, name) != ("nodes", "id")}
    return dict(sorted(files.items()))


def _opened(opened: ExitStack, folder: Path, file: _File, heads: tuple[str, ...]) -> TextIO:
    output = opened.enter_context((folder / file.name).open("w", encoding="utf-8", newline=""))
    columns = [f"{name}:{_DATATYPES[kind]}" for name, kind in file.columns.items()]
    output.write(",".join([*heads, *columns]) + "\n")
    return output


def _kind(item: Item) -> str:
    return ":".join(item.labels) if isinstance(item, Node) else item.type


def _ends(item: Item) -> tuple[str, ...]:
    return (item.id,) if isinstance(item, Node) else (item.source, item.target)


def _cell(value: Value | None) -> str:
    """A value as a field: strings always in quotes, so that an empty one is not taken for none."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case int() | float():
            return repr(value)
        case tuple():
            return _quoted(_BETWEEN.join(part.replace(_BETWEEN, " ") for part in value))
        case _:
            return _quoted(value)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _script(nodes: list[tuple[str, str]], edges: list[tuple[str, str]]) -> str:
    files = [f"--nodes={labels}={name}" for labels, name in nodes]
    files += [f"--relationships={type_}={name}" for type_, name in edges]
    return _SCRIPT.format(options=" \\\n  ".join([*_OPTIONS, *files]))


_SCRIPT = """#!/bin/sh
# Makes a Neo4j database of the files beside this one: sh import.sh [DATABASE]
# The server must be stopped, or the database be a new one; what is in that database is replaced.
# NEO4J_ADMIN names the program where it is not on the PATH. Afterwards, in the database: constraints.cypher
set -e
cd "$(dirname "$0")"
"${{NEO4J_ADMIN:-neo4j-admin}}" database import full "${{1:-neo4j}}" \\
  {options}
"""
