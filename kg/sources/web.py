"""Articles from an address on the web."""

import io
import time
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import cast

import httpx

from kg.errors import SourceError
from kg.sources.inputs import Input
from kg.sources.streams import unpacked
from kg.version import __version__

_MAX_BYTES = 64_000_000
_TIMEOUT = httpx.Timeout(20.0)  # seconds, for each of connecting, sending and waiting for the next bytes
_DEADLINE = 120.0  # seconds for all of it
_MAX_REDIRECTS = 10


def fetch(url: str) -> tuple[Input, str]:
    """What is at an address, whole, and its media type ("text/html"); follows redirects to http and https alone.

    Raises `SourceError` where it cannot be had.
    """
    try:
        with (
            httpx.Client(
                follow_redirects=True,
                max_redirects=_MAX_REDIRECTS,
                timeout=_TIMEOUT,
                headers={"User-Agent": f"newskg/{__version__}"},
            ) as client,
            client.stream("GET", url) as response,
        ):
            if not response.is_success:
                raise SourceError(f"{url} answered {response.status_code} {response.reason_phrase}: check the address.")
            body = b"".join(_bounded(response, url))
            stream = unpacked(io.BufferedReader(cast("io.RawIOBase", io.BytesIO(body))))
            media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
            return Input(stream, url, url=str(response.url), charset=response.charset_encoding), media_type
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        why = str(error) or type(error).__name__
        raise SourceError(f"{url} cannot be fetched ({why}): check the address and the connection.") from error


def _bounded(response: httpx.Response, url: str) -> Iterator[bytes]:
    size, end = 0, time.monotonic() + _DEADLINE
    for part in response.iter_bytes():
        size += len(part)
        if size > _MAX_BYTES:
            raise SourceError(f"{url} has more than {_MAX_BYTES:,} bytes: fetch it to a file and name the file.")
        if time.monotonic() > end:
            raise SourceError(f"{url} took more than {_DEADLINE:.0f} seconds: fetch it to a file and name the file.")
        yield part


def path_of(url: str) -> PurePosixPath:
    """The path part of an address, for its suffix."""
    return PurePosixPath(httpx.URL(url).path)
