"""The words of the project as types: articles, mentions, entities, claims, statements, and their ids.

Everything else is built on this package; it imports nothing of the project.
"""

from kg.model.ids import (
    article_id,
    claim_id,
    entity_id,
    normalise,
    relation_id,
    statement_id,
)
from kg.model.records import (
    Article,
    Claim,
    Entity,
    Evidence,
    Extraction,
    Mention,
    Metadata,
    Span,
    Statement,
    Time,
    decode_extraction,
    encode_extraction,
)

__all__ = [
    "Article",
    "Claim",
    "Entity",
    "Evidence",
    "Extraction",
    "Mention",
    "Metadata",
    "Span",
    "Statement",
    "Time",
    "article_id",
    "claim_id",
    "decode_extraction",
    "encode_extraction",
    "entity_id",
    "normalise",
    "relation_id",
    "statement_id",
]
