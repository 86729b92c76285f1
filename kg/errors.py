"""Everything that can go wrong in a way a person can mend.

Each error carries one sentence for a human being: what happened, where, and what to do about it.
The command line prints that sentence and nothing else.

    KgError                 exit code 1
    ├── UsageError          exit code 2: the command was given wrongly
    ├── SourceError         an input could not be read (names the file, and the line where there is one)
    │   └── RecipeError     a recipe in ingest/ is wrong, or its source is not what the recipe expects
    ├── ExtractionError     an article could not be read by the extractor
    ├── LedgerError         the record cannot be opened, is of another version, or cannot be written
    ├── StoreError          a graph store cannot be started, reached or written
    │   ├── StoreHeldError  another process holds the store
    │   ├── StoreDeniedError  a server does not let this user in with this password
    │   └── StoreMissingError  what the store needs is not installed
    ├── QueryError          a query has a mistake in it
    │   └── WriteRefusedError  a query would write, and was not allowed to
    └── NotFoundError       no such entity, article, question or type
"""


class KgError(Exception):
    """Root of all expected errors; `str(error)` is one human sentence."""

    exit_code = 1


class UsageError(KgError):
    """The command or the call was given wrongly."""

    exit_code = 2


class SourceError(KgError):
    """An input could not be read."""


class RecipeError(SourceError):
    """A recipe is wrong, or its source is not what the recipe expects."""


class ExtractionError(KgError):
    """An article could not be read by the extractor."""


class LedgerError(KgError):
    """The record cannot be opened, is of another version, or cannot be written."""


class StoreError(KgError):
    """A graph store cannot be started, reached or written."""


class StoreHeldError(StoreError):
    """Another process holds the store."""


class StoreDeniedError(StoreError):
    """A server does not let this user in with this password."""


class StoreMissingError(StoreError):
    """What the store needs is not installed."""


class QueryError(KgError):
    """A query has a mistake in it."""


class WriteRefusedError(QueryError):
    """A query would write, and was not allowed to."""


class NotFoundError(KgError):
    """No such entity, article, question or type."""
