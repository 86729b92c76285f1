"""The sets that the extraction is measured on."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from kg.errors import UsageError
from kg.eval import companies, dwie, own, polnear, seed
from kg.eval.measured import Measured


class _Set(NamedTuple):
    """How a set is measured, and the file that the user has to give (None: it is part of the program)."""

    measure: Callable[[Path, int | None], Measured]
    file: str | None


SETS = {
    "sample": _Set(own.measure, None),
    "dwie": _Set(dwie.measure, "articles of DWIE with mentions, entities and relations, one JSON object a line"),
    "polnear": _Set(polnear.measure, "articles of PolNeAR with attributions, one JSON object a line"),
    "seed": _Set(seed.measure, "the JSON object of one annotated article, its text beside it"),
    "companies": _Set(companies.measure, "sentences with pairs of companies or facts, one JSON object a line"),
}


def measure(name: str, file: Path | None = None, limit: int | None = None) -> Measured:
    """Extract the first articles of a set and compare them with its gold; raises `UsageError` without a file needed."""
    known = SETS.get(name)
    if known is None:
        raise UsageError(f"There is no set {name!r} to measure with; there are: {', '.join(SETS)}.")
    if file is None and known.file is None:
        return own.measure(None, limit)
    if file is None:
        raise UsageError(f"The set {name} is not part of newskg: give its file ({known.file}).")
    return known.measure(file, limit)
