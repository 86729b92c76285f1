"""Where the data folders are: beside the package in a checkout, inside it in an installed wheel."""

from functools import cache
from pathlib import Path

from kg.errors import KgError

_PACKAGE = Path(__file__).resolve().parent


@cache
def data_folder(name: str) -> Path:
    """The folder `schemas`, `ingest` or `queries`; raises `KgError` where the installation lacks it."""
    for candidate in (_PACKAGE / name, _PACKAGE.parent / name):
        if candidate.is_dir():
            return candidate
    raise KgError(f"The data folder {name!r} is missing from this installation; install newskg again.")
