"""Ids that depend on content alone: the same input gives the same ids on every machine and in every version.

Each id is a prefix that tells what it names and 80 bits of SHA-256 over the parts, as hex.
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping

_SPACE = re.compile(r"\s+")
_LEADING_ARTICLE = re.compile(r"^(?:the|a|an) ")


def _digest(prefix: str, *parts: str | None) -> str:
    # JSON keeps ("ab", "c") and ("a", "bc") apart, and None apart from "".
    content = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return f"{prefix}-{hashlib.sha256(content.encode('utf-8', 'surrogatepass')).hexdigest()[:20]}"


def normalise(name: str) -> str:
    """A name as it is compared: NFKC, case folded, one space between words, no leading article."""
    folded = _SPACE.sub(" ", unicodedata.normalize("NFKC", name).casefold()).strip()
    return _LEADING_ARTICLE.sub("", folded)


def article_id(text: str, url: str | None, publisher: str | None, published: str | None, title: str | None) -> str:
    """Of text and canonical URL, else of text, publisher, date and title; no path and no time of ingest."""
    if url:
        return _digest("art", text, url)
    return _digest("art", text, publisher, published, title)


def entity_id(article: str, name: str, ordinal: int) -> str:
    """Local id of an entity: its article, normalised main name and ordinal among equal names there."""
    return _digest("ent", article, normalise(name), str(ordinal))


def statement_id(article: str, text: str, ordinal: int) -> str:
    """Local id of a statement: its article, what was said, and the ordinal among equal texts there."""
    return _digest("sta", article, normalise(text), str(ordinal))


def claim_id(  # noqa: PLR0913, PLR0917 - the parts of a claim's identity are what they are
    article: str,
    type_: str,
    subject: str,
    object_: str,
    status: str,
    qualifiers: Mapping[str, str],
    attributed_to: str | None,
    ordinal: int,
) -> str:
    """Local id of a claim; `ordinal` counts claims of one article that are equal in all else."""
    key = json.dumps(sorted(qualifiers.items()), ensure_ascii=False)
    return _digest("clm", article, type_, subject, object_, status, key, attributed_to, str(ordinal))


def relation_id(
    type_: str,
    subject: str,
    object_: str,
    status: str,
    key_qualifiers: Mapping[str, str],
    *,
    symmetric: bool,
) -> str:
    """Id of a relation over canonical ids; the ends of a symmetric predicate are sorted."""
    if symmetric and object_ < subject:
        subject, object_ = object_, subject
    key = json.dumps(sorted(key_qualifiers.items()), ensure_ascii=False)
    return _digest("rel", type_, subject, object_, status, key)
