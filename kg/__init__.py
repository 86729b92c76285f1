"""News articles in, a knowledge graph one can trust out.

import kg

with kg.open("workspace") as graph:
    graph.ingest("articles/")
    print(graph.ask("who-holds-which-office").rows)
    print(graph.why("China", "United States"))
"""

from typing import TYPE_CHECKING

from kg.version import __version__

if TYPE_CHECKING:
    from pathlib import Path

    from kg.workspace import Workspace

__all__ = ["__version__", "open"]


def open(folder: "Path | str" = "kg-workspace", *, create: bool = True) -> "Workspace":  # noqa: A001 - as in gzip.open
    """Open a workspace, or make it; close it, or use it with `with`.

    Raises `kg.errors.LedgerError` where there is none and `create` is false.
    """
    from kg.workspace import Workspace  # noqa: PLC0415 - `import kg` costs nothing

    return Workspace(folder, create=create)
