"""The status of HTTP for each of our errors."""

from kg.errors import KgError, NotFoundError, QueryError, StoreError, UsageError, WriteRefusedError


class NotAcceptableError(KgError):
    """The client takes nothing that we have."""


_STATUS: list[tuple[type[KgError], int]] = [
    (WriteRefusedError, 403),
    (QueryError, 400),
    (UsageError, 400),
    (NotFoundError, 404),
    (NotAcceptableError, 406),
    (StoreError, 503),
]


def status_of(error: KgError) -> int:
    """The status of an error."""
    return next((status for kind, status in _STATUS if isinstance(error, kind)), 500)
