"""What goes wrong between us and a Neo4j server, each as one sentence that says what to do."""

import re

from neo4j.exceptions import (
    AuthError,
    ConfigurationError,
    DriverError,
    IncompleteCommit,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
)

from kg.errors import KgError, StoreDeniedError, StoreError, UsageError

_GO_ON = "what was loaded is kept, and the same command goes on from there"


def passing(error: DriverError | Neo4jError) -> bool:
    """Whether the same may succeed a little later: the connection was cut, or the server is starting or busy."""
    if "Memory" in _code(error):
        return False
    return isinstance(error, ServiceUnavailable | SessionExpired | IncompleteCommit) or error.is_retryable()


def told(error: DriverError | Neo4jError | ValueError, url: str, user: str) -> KgError:
    """The error as its sentence."""
    match error:
        case AuthError():
            return _not_let_in(error, url, user)
        case Neo4jError():
            return StoreError(_said_by_server(error, url, user))
        case ServiceUnavailable() | SessionExpired():
            return StoreError(f"No Neo4j answers at {url} ({_reason(error)}); is it running, and is the address right?")
        case ConfigurationError() | ValueError():
            return no_address(url)
    return StoreError(f"The Neo4j server at {url} cannot be asked ({_reason(error)}).")


def no_address(url: str) -> UsageError:
    """An address that is none of a Neo4j server."""
    return UsageError(f"{url} is no address of a Neo4j server; write it as neo4j://HOST or bolt://HOST:PORT.")


def lost(url: str, seconds: float) -> StoreError:
    """A server that went away in the middle and did not come back."""
    return StoreError(f"The connection to {url} is lost since {seconds:.0f} seconds; {_GO_ON}.")


def _not_let_in(error: AuthError, url: str, user: str) -> KgError:
    code = _code(error)
    if "RateLimit" in code:
        return StoreError(f"{url} takes no more passwords of {user} for some seconds; wait, then try again.")
    if "Forbidden" in code:
        return StoreError(
            f"The user {user} lacks a right on {url} ({_reason(error)}); loading needs one that may write "
            "and may make constraints and indexes."
        )
    if "CredentialsExpired" in code:
        return StoreError(f"The password of {user} on {url} must be changed first; do so in Neo4j Browser.")
    return StoreDeniedError(
        f"{url} does not let {user} in with this password; correct NEO4J_USERNAME or NEO4J_PASSWORD."
    )


def _said_by_server(error: Neo4jError, url: str, user: str) -> str:
    code, reason = _code(error), _reason(error)
    if _disk_is_full(reason):
        return f"The disk of the server at {url} is full; make room, start it again if it stopped, then: {_GO_ON}."
    if "ReadOnly" in code:
        return f"The database at {url} is read-only ({reason}); allow writing there, then try again."
    if "Forbidden" in code:
        return f"The user {user} lacks a right on {url} ({reason})."
    if "DatabaseNotFound" in code:
        return f"The server at {url} has no such database ({reason}); name another with --database."
    if "Memory" in code:
        return f"The server at {url} has too little memory for a transaction of the load ({reason}); give it more."
    return f"The server at {url} could not do it ({code.rpartition('.')[2]}: {reason})."


def _disk_is_full(reason: str) -> bool:
    return any(sign in reason.lower() for sign in ("no space left", "disk full", "not enough space", "disk quota"))


def _code(error: BaseException) -> str:
    return str(getattr(error, "code", None) or "")


def _reason(error: BaseException) -> str:
    """Why, in one line: of an attempt to connect its own reason, else the first line of what was said."""
    said = str(getattr(error, "message", None) or error).strip() or type(error).__name__
    if found := re.search(r"\(reason (.+)\)$", said):
        return found[1]
    return said.splitlines()[0].rstrip(" .:")[:300]
