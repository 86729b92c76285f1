"""The terminal: colour where there is one, none where there is not, 80 columns where the width is not known."""

import os
import sys
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.console import Console


def console(out: TextIO | None = None) -> "Console":
    """A console on `out` (standard output). `NO_COLOR` and `COLUMNS` are honoured."""
    from rich.console import Console

    stream = out or sys.stdout
    width = None if stream.isatty() or "COLUMNS" in os.environ else 80
    return Console(file=stream, width=width, highlight=False, soft_wrap=False, emoji=False, markup=False)
