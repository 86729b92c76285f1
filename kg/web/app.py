"""Addresses, who may ask what, and how an answer gets from the process that makes it to the client."""

import asyncio
import hmac
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.errors import KgError
from kg.model.ontology import NAMESPACE
from kg.store.oxigraph import Dataset
from kg.store.served import SEQ
from kg.web.accept import SHORT
from kg.web.jobs import Call, Description, Graph, Head, Job, Page, Query, Resource, Term
from kg.web.keeper import Keeper
from kg.web.pool import Frame, NoAnswerError, Pool
from kg.web.protocol import Asked, read

_LOOPBACK = r"https?://(localhost|127\.0\.0\.1|\[::1\])(:\d+)?"
_POLICY = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'"
_SAFE = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"content-security-policy", f"{_POLICY}; base-uri 'none'; frame-ancestors 'none'".encode()),
]
_OWNERS = 3600.0  # seconds that an answer for the owner may take: an end, in case nobody is left to end it
_DIGITS = 18  # of a change's number
_FILES = {"style.css": "text/css; charset=utf-8", "icon.svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class Rules:
    """What a stranger may do: `hosts` the names the server goes by (empty: any), `origins` whose pages may ask."""

    token: str
    update: bool
    seconds: float
    rows: int
    hosts: Sequence[str]
    origins: Sequence[str]


class Desk:
    """The counter where requests come in."""

    def __init__(self, keeper: Keeper, pool: Pool, rules: Rules) -> None:
        self._keeper = keeper
        self._pool = pool
        self._rules = rules

    async def sparql(self, request: Request) -> ASGIApp:
        """The SPARQL 1.1 Protocol; without a query the service description, or a form for people."""
        asked = await read(request)
        if asked is None:
            return await self._nothing_asked(request)
        if asked.operation == "update":
            return await self._update(request, asked)
        own = self._owner(request)
        await self._keep_up(request)
        job = Query(
            text=asked.text,
            base=_address(request),
            dataset=asked.dataset,
            most=None if own else self._rules.rows,
            federated=own,
            accept=_accept(request, asked.form),
        )
        return await self._answer(job, limited=not own)

    async def _nothing_asked(self, request: Request) -> ASGIApp:
        if request.method == "POST":
            raise HTTPException(400, "There is no query and no update in the request.")
        if "text/html" in request.headers.get("accept", ""):
            return await self._answer(Page(name="sparql", values={}))
        endpoint = _address(request)
        return await self._answer(
            Description(endpoint=endpoint, update=self._rules.update, accept=_accept(request, None))
        )

    async def _update(self, request: Request, asked: Asked) -> Response:
        if not self._rules.update:
            raise HTTPException(403, "Updates are off; the server takes them when it is started with --update.")
        if not self._owner(request):
            raise HTTPException(401, "An update needs the token.", {"www-authenticate": "Bearer"})
        dataset = None if asked.dataset is None else Dataset(*asked.dataset)
        try:
            await asyncio.to_thread(self._keeper.update, asked.text, dataset, _address(request))
        except KgError as error:
            raise HTTPException(400, str(error)) from None
        return Response(status_code=204)

    async def graphs(self, request: Request) -> ASGIApp:
        """The Graph Store Protocol, reading: `?default` or `?graph=IRI`."""
        names = request.query_params
        wanted = names.getlist("graph")
        if len(wanted) + ("default" in names) != 1:
            raise HTTPException(400, "Name one graph: ?default or ?graph=IRI.")
        return await self._graph(request, wanted[0] if wanted else None)

    async def entities(self, request: Request) -> ASGIApp:
        """The graph that has this address, less the server's name (direct graph identification)."""
        return await self._graph(request, f"{NAMESPACE}graph/{request.path_params['name']}")

    async def _graph(self, request: Request, iri: str | None) -> ASGIApp:
        own = self._owner(request)
        job = Graph(iri=iri, most=None if own else self._rules.rows, accept=_accept(request))
        return await self._answer(job, limited=not own)

    async def resource(self, request: Request) -> ASGIApp:
        """What an IRI of ours stands for."""
        return await self._answer(Resource(id=request.path_params["id"], accept=_accept(request)))

    async def term(self, request: Request) -> ASGIApp:
        """What a term of the ontology means."""
        return await self._answer(Term(name=request.path_params["name"], accept=_accept(request)))

    async def page(self, request: Request) -> ASGIApp:
        """A page for people, named as its path is."""
        name, values = request.url.path.strip("/") or "start", dict(request.query_params)
        return await self._answer(Page(name=name.partition("/")[0], values=values | request.path_params))

    async def call(self, request: Request) -> ASGIApp:
        """A function of the JSON side."""
        values = dict(request.query_params) | request.path_params
        name = request.url.path.split("/")[2]
        await self._keep_up(request)
        return await self._answer(Call(name=name, values=values))

    async def _answer(self, job: Job, *, limited: bool = True) -> ASGIApp:
        return _Relay(self._pool.answer(job, self._rules.seconds if limited else _OWNERS))

    async def _keep_up(self, request: Request) -> None:
        """Know of all that the client knows of."""
        wanted = request.headers.get(SEQ, "")
        if wanted.isdecimal() and len(wanted) <= _DIGITS and int(wanted) > self._keeper.seq():
            await asyncio.to_thread(self._keeper.try_to_catch_up)

    def _owner(self, request: Request) -> bool:
        given = request.headers.get("authorization", "").encode()
        return hmac.compare_digest(given, f"Bearer {self._rules.token}".encode())


class _Relay:
    """Frames as an HTTP answer; the work ends when the client goes away."""

    def __init__(self, frames: AsyncGenerator[Frame]) -> None:
        self._frames = frames

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        work = asyncio.create_task(self._relay(scope, receive, send))
        gone = asyncio.create_task(_gone(receive))
        await asyncio.wait({work, gone}, return_when=asyncio.FIRST_COMPLETED)
        gone.cancel()
        if not work.done():
            work.cancel()
        await asyncio.gather(work, gone, return_exceptions=True)
        if not work.cancelled():
            work.result()

    async def _relay(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False
        try:
            async with aclosing(self._frames) as frames:
                async for frame in frames:
                    await send(_message(frame))
                    begun = True
        except NoAnswerError as error:
            if begun:
                return  # without an end the client sees that something is missing
            await _sentence(error.status, str(error))(scope, receive, send)
            return
        await send({"type": "http.response.body", "body": b""})


def _message(frame: Frame) -> Message:
    if isinstance(frame, Head):
        headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in frame.headers]
        return {"type": "http.response.start", "status": frame.status, "headers": headers}
    return {"type": "http.response.body", "body": frame, "more_body": True}


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


class _Guarded:
    """Headers that every answer has."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *_SAFE]
            await send(message)

        await self._app(scope, receive, guarded)


def _address(request: Request) -> str:
    return str(request.url.replace(query="", fragment=""))


def _accept(request: Request, form: str | None = None) -> str:
    """The types that the client takes: by a short name in the address, or by its header."""
    name = form or request.query_params.get("format")
    return SHORT.get(name, name) if name else request.headers.get("accept", "*/*")


def _sentence(status: int, sentence: str, headers: dict[str, str] | None = None) -> Response:
    return PlainTextResponse(f"{sentence}\n", status, headers)


async def _refused(_request: Request, error: Exception) -> Response:
    status, detail, headers = getattr(error, "status_code", 500), getattr(error, "detail", ""), None
    headers = getattr(error, "headers", None)
    return _sentence(status, detail, headers)


async def _left(_request: Request, _error: Exception) -> Response:
    return Response(status_code=400)  # nobody reads it


@cache
def _file(name: str) -> bytes:
    return (Path(__file__).parent / "files" / name).read_bytes()


async def _static(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in _FILES:
        raise HTTPException(404, f"There is no file {name!r}.")
    return Response(_file(name), media_type=_FILES[name], headers={"cache-control": "max-age=3600"})


def application(keeper: Keeper, pool: Pool, rules: Rules) -> Starlette:
    """The server's application over a store and the processes that answer."""
    desk = Desk(keeper, pool, rules)
    pages = ("/", "/search", "/why", "/path", "/timeline", "/ask", "/ask/{question}")
    calls = ("status", "search", "show", "why", "path", "timeline", "questions", "ask/{question}", "openapi.json")
    routes = [
        Route("/sparql", desk.sparql, methods=["GET", "POST"]),
        Route("/sparql/", desk.sparql, methods=["GET", "POST"]),
        Route("/graphs", desk.graphs),
        Route("/graph/{name}", desk.entities),
        Route("/id/{id}", desk.resource),
        Route("/files/{name}", _static),
        *(Route(path, desk.page) for path in pages),
        *(Route(f"/api/{path}", desk.call) for path in calls),
        Route("/{name}", desk.term),
    ]
    from_pages = Middleware(
        CORSMiddleware,
        allow_origins=list(rules.origins),
        allow_origin_regex=None if rules.origins else _LOOPBACK,
        allow_methods=["GET", "HEAD", "POST", "OPTIONS"],
        allow_headers=["Authorization", "Content-Type", "Accept"],
        expose_headers=["Kg-Row-Limit"],
    )
    by_name = Middleware(TrustedHostMiddleware, allowed_hosts=list(rules.hosts) or ["*"], www_redirect=False)
    handlers = {HTTPException: _refused, ClientDisconnect: _left}
    return Starlette(routes=routes, middleware=[Middleware(_Guarded), by_name, from_pages], exception_handlers=handlers)
