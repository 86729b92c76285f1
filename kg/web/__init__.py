"""The server for people and programs: a SPARQL endpoint, pages that the graph's IRIs lead to, and a JSON side.

One process listens, holds the store and follows the ledger; a few others, each with a snapshot of the store, answer.
An answer that takes too long, needs too much memory or has nobody left to read it ends with its process.
"""

from kg.web.serve import Options, serve

__all__ = ["Options", "serve"]
