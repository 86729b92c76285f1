"""The graph as files, written from the ledger as a stream: the same graph gives the same bytes."""

from kg.export.of_record import export_rdf
from kg.export.write import FORMATS, export

__all__ = ["FORMATS", "export", "export_rdf"]
