"""A workspace: one folder with the ledger and the stores made from it. What the command line does, this does in a call.

with kg.open("workspace") as graph:
    graph.ingest("articles/")
    for row in graph.query("MATCH (p:Person)-[:HEAD_OF]->(o) RETURN p.name, o.name").rows:
        ...
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Self

from kg.errors import LedgerError, NotFoundError, StoreHeldError, StoreMissingError, UsageError
from kg.pipeline import Notify, Report, extract_pending, place, read_into, silent
from kg.version import __version__

if TYPE_CHECKING:
    import networkx as nx

    from kg.ledger import Ledger
    from kg.ledger.results import Event
    from kg.ledger.search import Found
    from kg.model import Article
    from kg.query.cards import Candidates
    from kg.query.check import Breach
    from kg.query.path import Path as Chain
    from kg.query.show import Card
    from kg.query.timeline import Timeline
    from kg.query.why import Why
    from kg.sources import Details
    from kg.store.base import Progress, Rows, Store, View
    from kg.store.comparison import Difference
    from kg.web import Options

STORES = ("sparql", "cypher")
LANGUAGES = ("cypher", "sparql", "networkx")


@dataclass(frozen=True, slots=True)
class StoreStatus:
    """How far a store has come: `behind` counts the changes it lacks; `note` says why it cannot be used."""

    name: str
    behind: int
    note: str


@dataclass(frozen=True, slots=True)
class Status:
    """What a workspace holds, which stores are current, and what could not be read (where, why)."""

    articles: Mapping[str, int]
    entities: Mapping[str, int]
    claims: int
    relations: int
    mentions: int
    unread: list[tuple[str, str]]
    stores: list[StoreStatus]

    def rows(self) -> Iterator[tuple[str, int, str]]:
        """(what, count, note), as `kg status` prints them."""
        yield from ((f"articles {status}", count, "") for status, count in self.articles.items())
        kinds = ", ".join(f"{count:,} {type_}" for type_, count in self.entities.items())
        yield "entities", sum(self.entities.values()), kinds
        yield from (("claims", self.claims, ""), ("relations", self.relations, ""), ("mentions", self.mentions, ""))
        yield from ((f"{store.name} store", store.behind, store.note) for store in self.stores)
        yield from (("not read", 1, f"{where}: {reason}") for where, reason in self.unread)


class Workspace:
    """One folder with the ledger and the stores made from it; it can be moved. Close it, or use it with `with`."""

    def __init__(self, folder: Path | str, *, create: bool = True) -> None:
        """Open the workspace, or make it; raises `LedgerError` where there is none and none is to be made."""
        self.folder = Path(folder)
        self._path = self.folder / "ledger.sqlite"
        if not create and not self._path.is_file():
            raise LedgerError(f"There is no workspace in {self.folder}; make one with: kg ingest SOURCE")
        self._open_things = ExitStack()
        self._stores: dict[str, Store] = {}
        if create:
            self._make()

    def _make(self) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LedgerError(f"The workspace {self.folder} cannot be made: {error.strerror}.") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of everything that is open."""
        for name in STORES:
            self._release(name)
        self._open_things.close()

    @cached_property
    def ledger(self) -> "Ledger":
        """The record, opened on first use."""
        from kg.ledger import Ledger  # noqa: PLC0415 - `import kg` opens nothing

        return self._open_things.enter_context(Ledger.open(self._path))

    # Articles in ----------------------------------------------------------------------------------------------------

    def ingest(
        self,
        *sources: str,
        details: "Details | None" = None,
        jobs: int | None = None,
        limit: int | None = None,
        again: bool = False,
        notify: Notify = silent,
    ) -> Report:
        """Articles into the ledger, claims out of them, entities resolved, stores brought up to date.

        The same article twice is kept once. Stopped at any moment, the next call goes on from there.
        """
        from kg.sources import Details  # noqa: PLC0415

        run = self.ledger.begin(" ".join(["ingest", *sources]), __version__)
        report = read_into(self.ledger, sources, run, details=details or Details(), limit=limit, notify=notify)
        extract_pending(self.ledger, run, report, jobs=jobs, again=again, notify=notify)
        self._bring_up(notify)
        self.ledger.end(run, report.sentence())
        return report

    def import_graph(self, file: Path, *, base: str | None = None, notify: Notify = silent) -> int:
        """Take an exported graph (RDF) into this workspace, which must be new and is only read then; its articles."""
        from kg.pipeline import import_rdf  # noqa: PLC0415

        run = self.ledger.begin(f"import {file.name}", __version__)
        notify("reading", 0, None)
        articles = import_rdf(self.ledger, file, base, run)
        self._project_all(notify)
        self.ledger.end(run, f"{articles:,} articles imported")
        return articles

    def import_reference(self, file: Path, *, notify: Notify = silent) -> int:
        """Names that go together and codes (RDF or FollowTheMoney), for resolution to use; how many entities."""
        from kg.resolve.reference import take  # noqa: PLC0415
        from kg.store.reference_file import read_reference  # noqa: PLC0415

        run = self.ledger.begin(f"import --reference {file.name}", __version__)
        entries = take(self.ledger, read_reference(file))
        self.resolve(notify=notify)
        self.ledger.end(run, f"{entries:,} entities of reference")
        return entries

    def retract(self, article: str, *, erase: bool = False) -> str:
        """Take back exactly what an article gave; its title. `erase` also deletes its text."""
        run = self.ledger.begin(f"retract {article}", __version__)
        found = self._article(article)
        self.ledger.retract(found.id, erase=erase, run=run)
        self._bring_up(silent)
        self.ledger.end(run, "retracted")
        return found.metadata.title or found.id

    def log(self, article: str) -> "list[Event]":
        """All that happened to an article (by its id, URL or source), in order."""
        return self.ledger.log(self._article(article).id)

    def _article(self, name: str) -> "Article":
        found = self.ledger.article(name) or next(
            (a for a in self.ledger.articles() if name in {a.metadata.url, a.metadata.source}), None
        )
        if found is None:
            raise NotFoundError(f"No article has the id, URL or source {name!r}; `kg search` finds articles.")
        return found

    def resolve(self, *, notify: Notify = silent) -> None:
        """Find which entities are the same from scratch, and bring the stores up to date."""
        from kg.resolve import rebuild  # noqa: PLC0415

        rebuild(self.ledger, partial(notify, "resolving"))
        self._project_all(notify)

    def _bring_up(self, notify: Notify) -> None:
        from kg.resolve import resolve  # noqa: PLC0415

        resolve(self.ledger, partial(notify, "resolving"))
        self._project_all(notify)

    def _project_all(self, notify: Notify) -> None:
        """Bring every store up to date that this machine has and nobody else holds; the others catch up later.

        One after the other: what a store holds in memory while it loads is given back before the next one loads.
        """
        for name in STORES:
            with suppress(StoreMissingError, StoreHeldError):
                self._store(name, notify)
            self._release(name)

    # Stores ---------------------------------------------------------------------------------------------------------

    def _store(self, name: str, notify: Notify = silent) -> "View":
        """A store, opened and current; the server's, where one holds it."""
        if name == "sparql" and (served := self._served()):
            return served
        store = self._opened(name)
        graph = self.ledger.graph
        behind = graph.last_seq() - (store.seq() or 0)
        if behind:
            store.project(graph, lambda p: notify(f"{name} store", p.changes, behind))
        return store

    def _served(self) -> "View | None":
        """The SPARQL store of the server that holds it, if one does."""
        from kg.store import served  # noqa: PLC0415 - loads a native library

        note = None if "sparql" in self._stores else served.find(self.folder)
        return served.ServedStore(note, self.ledger.graph.last_seq()) if note else None

    def serve(self, options: "Options", ready: "Callable[[str], None]") -> None:
        """Serve the workspace over HTTP until told to end; `ready` is told the address."""
        from kg.web import serve  # noqa: PLC0415 - only a server needs one

        serve(self.folder, options, ready)

    def _opened(self, name: str) -> "Store":
        """A store as it is, opened on first use."""
        if name not in self._stores:
            self._stores[name] = self._open_store(name)
        return self._stores[name]

    def _open_store(self, name: str) -> "Store":
        if name == "cypher":
            from kg.store.arcadedb import ArcadeStore  # noqa: PLC0415 - starts a Java process

            return ArcadeStore(self.folder / name)
        from kg.store.oxigraph import OxigraphStore  # noqa: PLC0415 - loads a native library

        return OxigraphStore(self.folder / name)

    def _release(self, name: str) -> None:
        if store := self._stores.pop(name, None):
            store.close()

    def rebuild(self, name: str, *, notify: Notify = silent) -> None:
        """Drop a store ("sparql" or "cypher") and make it anew from the ledger."""
        if name not in STORES:
            raise UsageError(f"There is no store {name!r}; there are: {', '.join(STORES)}.")
        graph = self.ledger.graph
        self._opened(name).rebuild(graph, lambda p: notify(f"{name} store", p.changes, graph.last_seq()))

    def load(self, server: "Store", *, anew: bool = False, notify: Notify = silent) -> "Progress":
        """Bring a server (a `Neo4jStore`) up to date with the ledger; with `anew`, after deleting what it holds."""
        graph = self.ledger.graph
        behind = graph.last_seq() - (0 if anew else server.seq() or 0)
        bring = server.rebuild if anew else server.project
        return bring(graph, lambda p: notify("loading", p.changes, behind))

    def compare(self, server: "View") -> "list[Difference]":
        """In what a server (a `Neo4jStore`) differs from the ledger."""
        from kg.store.comparison import compare  # noqa: PLC0415

        return list(compare(self.ledger.graph, server))

    def stop(self) -> bool:
        """End the servers that run for this workspace; whether there was one."""
        from kg.store import served  # noqa: PLC0415
        from kg.store.arcadedb_server import stop  # noqa: PLC0415
        from kg.web import neo4j_local  # noqa: PLC0415

        return any([served.stop(self.folder), stop(self.folder / "cypher"), neo4j_local.stop(self.folder / "neo4j")])

    def status(self) -> Status:
        """What there is, what could not be read and why, and which stores are current. Opens no store."""
        from kg.store.base import read_seq  # noqa: PLC0415

        last = self.ledger.graph.last_seq()
        stores = []
        for name in STORES:
            seq = read_seq(self.folder / name)
            behind = last - (seq or 0)
            stores.append(StoreStatus(name, behind, "current" if not behind else f"{behind:,} changes behind"))
        found = self.ledger.counts()
        unread = [(source or own_id, reason) for own_id, source, reason in self.ledger.reasons("failed")]
        unread += [(place(f.source, f.line), f.reason) for f in self.ledger.failures()]
        return Status(found.articles, found.entities, found.claims, found.relations, found.mentions, unread, stores)

    # Answers --------------------------------------------------------------------------------------------------------

    def query(self, cypher: str, params: Mapping[str, object] | None = None, *, write: bool = False) -> "Rows":
        """Rows that answer a Cypher query; raises `QueryError`, `WriteRefusedError` or `StoreMissingError`."""
        return self._store("cypher").query(cypher, params, write=write)

    def sparql(self, text: str, params: Mapping[str, object] | None = None, *, write: bool = False) -> "Rows":
        """Rows that answer a SPARQL query over the union of all graphs; raises `QueryError` or `WriteRefusedError`."""
        return self._store("sparql").query(text, params, write=write)

    def ask(self, question: str, lang: str | None = None, **parameters: str) -> "Rows":
        """Rows that answer a named question, alike in every language: cypher, sparql or networkx."""
        from kg.query.questions import ask  # noqa: PLC0415

        if lang not in {None, *LANGUAGES}:
            raise UsageError(f"{lang!r} is no query language; there are: {', '.join(LANGUAGES)}.")
        return ask(question, parameters, lang or "sparql", self.ledger.graph, self._store)

    def ask_server(self, server: "View", question: str, /, **parameters: str) -> "Rows":
        """Rows that answer a named question, of a server that is loaded (a `Neo4jStore`), in Cypher."""
        from kg.query.questions import ask  # noqa: PLC0415

        return ask(question, parameters, "cypher", self.ledger.graph, lambda _: server)

    def search(self, words: str, *, limit: int = 20) -> "list[Found]":
        """Sentences, titles and entities that have all the words; phrases stand in double quotes."""
        return self.ledger.search(words, limit)

    def show(self, name: str) -> "Card | Candidates":
        """The card of the entity that goes by a name, or whom it may mean."""
        from kg.query.show import show  # noqa: PLC0415

        return show(self.ledger.graph, name)

    def why(self, a: str, b: str, type_: str | None = None) -> "Why":
        """Every claim for and against what ties two entities, with its sentence."""
        from kg.query.why import why  # noqa: PLC0415

        return why(self.ledger.graph, a, b, type_)

    def path(self, a: str, b: str) -> "Chain":
        """How two entities are linked, with the best sentence for every step."""
        from kg.query.path import path  # noqa: PLC0415

        return path(self.ledger.graph, a, b)

    def timeline(self, name: str, start: str | None = None, end: str | None = None) -> "Timeline":
        """What happened when to an entity, between two ISO dates if given."""
        from kg.query.timeline import timeline  # noqa: PLC0415

        return timeline(self.ledger.graph, name, start, end)

    def check(self) -> "list[Breach]":
        """What in the graph breaks the rules of the ontology, with the article and the words behind it."""
        from kg.query.check import check  # noqa: PLC0415

        return list(check(self.sparql))

    def export(
        self,
        form: str,
        target: "Path | None" = None,
        *,
        profile: str | None = None,
        base: str | None = None,
        runs: bool = False,
        describe: bool = False,
    ) -> None:
        """Write the whole graph to a file (a folder for csv and parquet; none: standard output).

        For RDF: `profile` is claims, rdf12 or plain, `base` the IRI that ids come after; `runs` adds the record's
        runs, `describe` writes a description beside the file.
        """
        from kg.export import export, export_rdf  # noqa: PLC0415

        with self.ledger.passing_through():
            if profile or base or runs or describe:
                export_rdf(self.ledger, form, target, profile=profile, base=base, runs=runs, describe=describe)
            else:
                export(self.ledger.graph, form, target)

    def graph(self, around: str | None = None, depth: int = 1) -> "nx.MultiDiGraph[str]":
        """The relations as a networkx graph, whole or around an entity."""
        from kg.graph import build  # noqa: PLC0415

        return build(self.ledger.graph, around=around, depth=depth)
