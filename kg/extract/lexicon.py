"""Reads the lexicons: word lists in `kg/extract/lexicons`, one entry a line, columns apart by tabs, # for comments."""

from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).resolve().parent / "lexicons"


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The entries of a lexicon file as tuples of its columns."""
    lines = (_FOLDER / name).read_text(encoding="utf-8").splitlines()
    return tuple(tuple(line.split("\t")) for line in lines if line and not line.startswith("#"))


@cache
def words(name: str) -> frozenset[str]:
    """The first column of a lexicon file."""
    return frozenset(row[0] for row in rows(name))
