"""One opened input on its way to articles."""

import os
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path


@dataclass(frozen=True)
class Input:
    """Bytes to read, and the path or URL to name them by.

    A file has a `folder`; what comes from the web has the `url` it was found at in the end, and perhaps a `charset`.
    """

    stream: BufferedReader
    source: str
    folder: Path | None = None
    url: str | None = None
    charset: str | None = None

    def beside(self, name: str) -> str:
        """How a file in the same folder is named."""
        folder, slash, _ = self.source.rpartition("/")
        return f"{folder}{slash}{name}"


def shown(path: Path) -> str:
    """A path as text that can be stored and printed: bytes that are no UTF-8 become U+FFFD."""
    return os.fsencode(path).decode("utf-8", "replace")
