"""The command line: each command mirrors a call of `kg.workspace.Workspace`, or a function of the library."""

from kg.cli import answers, articles, check, explain, export, import_, load, measure, neo4j, serve, upkeep
from kg.cli.app import app, main, run

__all__ = [
    "answers",
    "app",
    "articles",
    "check",
    "explain",
    "export",
    "import_",
    "load",
    "main",
    "measure",
    "neo4j",
    "run",
    "serve",
    "upkeep",
]
