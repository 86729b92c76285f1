"""Where orders are answered: the snapshot and the ledger of one answering process."""

from functools import cached_property
from pathlib import Path

from kg.ledger import GraphReader, Ledger
from kg.store.oxigraph import Snapshot
from kg.web import jobs, rdf_answers
from kg.web.jobs import Order
from kg.web.worker import Reply


class Desk:
    """Opens what an answer needs, and keeps it open for the next."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path: str | None = None
        self._snapshot: Snapshot | None = None

    @cached_property
    def _ledger(self) -> Ledger:
        return Ledger.open(self._folder / "ledger.sqlite")

    def answer(self, order: Order, reply: Reply) -> None:
        """Write the answer to an order; raises `KgError`."""
        match order.job:
            case jobs.Query() as job:
                rdf_answers.query(job, self._view(order), reply)
            case jobs.Graph() as job:
                rdf_answers.graph(job, self._view(order), reply)
            case jobs.Description() as job:
                rdf_answers.description(job, reply)
            case jobs.Resource() as job:
                rdf_answers.resource(job, self._view(order), self._graph, reply)
            case jobs.Term() as job:
                rdf_answers.term(job, reply)
            case jobs.Page() as job:
                from kg.web import pages  # noqa: PLC0415 - programs need no templates

                pages.page(job, self._view(order), self._ledger, reply)
            case jobs.Call() as job:
                from kg.web import api  # noqa: PLC0415 - nor this

                api.call(job, self._view(order), self._ledger, reply)

    @property
    def _graph(self) -> GraphReader:
        return self._ledger.graph

    def _view(self, order: Order) -> Snapshot:
        if self._snapshot is None or self._path != order.snapshot:
            self._snapshot = Snapshot(Path(order.snapshot))
            self._path = order.snapshot
        return self._snapshot
