"""The record: one SQLite file with everything that was read and what was made of it."""

from kg.ledger.graph import GraphReader
from kg.ledger.judgements import VERDICTS, Judgement, Judgements
from kg.ledger.ledger import STATUSES, Ledger
from kg.ledger.results import Candidate, Change, Counts, Event, FailedInput, Reason, Run
from kg.ledger.search import Found

__all__ = [
    "STATUSES",
    "VERDICTS",
    "Candidate",
    "Change",
    "Counts",
    "Event",
    "FailedInput",
    "Found",
    "GraphReader",
    "Judgement",
    "Judgements",
    "Ledger",
    "Reason",
    "Run",
]
