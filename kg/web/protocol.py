"""What a request asks by the SPARQL 1.1 Protocol."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request

MOST_BYTES = 1 << 20
"""Of a query or an update."""

_FIELDS = 1000
_FORM = "application/x-www-form-urlencoded"
_DIRECT = {"application/sparql-query": "query", "application/sparql-update": "update"}
_GRAPHS = {
    "query": ("default-graph-uri", "named-graph-uri"),
    "update": ("using-graph-uri", "using-named-graph-uri"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A query or an update (`operation`) with the graphs that the request names, and the form it names."""

    operation: str
    text: str
    dataset: tuple[tuple[str, ...], tuple[str, ...]] | None
    form: str | None


async def read(request: Request) -> Asked | None:
    """What a request asks; None where it asks nothing. Raises `HTTPException` where it breaks the protocol."""
    pairs = _pairs(request.scope["query_string"], "The address")
    if request.method != "POST":
        if any(name == "update" for name, _ in pairs):
            raise HTTPException(400, "An update comes by POST.")
        return _asked(pairs)
    kind, charset = _media_type(request)
    body = await _body(request)
    if kind == _FORM:
        return _asked(pairs + _pairs(body, "The body"))
    if kind not in _DIRECT:
        raise HTTPException(415, f"The body's Content-Type is {_FORM} or {' or '.join(_DIRECT)}.")
    if charset not in {None, "utf-8"}:
        raise HTTPException(415, "A query is written in UTF-8.")
    return _asked([*pairs, (_DIRECT[kind], _text(body, "The body"))])


def _asked(pairs: list[tuple[str, str]]) -> Asked | None:
    given = [(name, value) for name, value in pairs if name in _GRAPHS]
    if not given:
        return None
    if len(given) > 1:
        raise HTTPException(400, "A request has one query or one update.")
    operation, text = given[0]
    default, named = ([value for name, value in pairs if name == wanted] for wanted in _GRAPHS[operation])
    form = next((value for name, value in pairs if name in {"format", "output"}), None)
    dataset = (tuple(default), tuple(named)) if default or named else None
    return Asked(operation, text, dataset, form)


def _pairs(data: bytes, where: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(_text(data, where), keep_blank_values=True, errors="strict", max_num_fields=_FIELDS)
    except ValueError:  # UnicodeDecodeError is one
        raise HTTPException(400, f"{where} is not well-formed: percent-encoded UTF-8, {_FIELDS} fields.") from None


def _text(data: bytes, where: str) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise HTTPException(400, f"{where} is not in UTF-8.") from None


def _media_type(request: Request) -> tuple[str, str | None]:
    kind, *parameters = _stripped(request.headers.get("content-type", "").lower().split(";"))
    charset = next((value[8:].strip('"') for value in parameters if value.startswith("charset=")), None)
    return kind, charset


def _stripped(pieces: Iterable[str]) -> list[str]:
    return [piece.strip() for piece in pieces]


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > MOST_BYTES:
            raise HTTPException(413, f"A query has at most {MOST_BYTES:,} bytes.")
    return bytes(body)
