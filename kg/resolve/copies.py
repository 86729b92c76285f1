"""Near-copies: articles whose texts are nearly the same speak with one voice, not with two."""

import zlib
from array import array
from collections.abc import Iterable

from rensa import RMinHash

from kg.ledger.database import Database
from kg.ledger.text import decompress
from kg.model import normalise
from kg.resolve.sql import IN as _IN
from kg.resolve.sql import to_json

# 32 bands of 4 rows find nearly all pairs that are alike to 0.6 and hardly any other.
_HASHES, _ROWS = 128, 4
_ALIKE = 0.6
_SHINGLE = 5
_SEED = 1


def update(db: Database, articles: Iterable[int]) -> set[int]:
    """Group the new and regroup the gone among these articles; the articles whose voice is another now."""
    ids = to_json(articles)
    live = {n for (n,) in db.rows(f"SELECT n FROM articles WHERE status = 'done' AND n IN {_IN}", ids)}  # noqa: S608
    known = {n for (n,) in db.rows(f"SELECT article FROM signatures WHERE article IN {_IN}", ids)}  # noqa: S608
    touched = _forget(db, sorted(known - live))
    for n in sorted(live - known):
        touched |= _group(db, n)
    touched |= live
    return _voices(db, touched)


def signature(text: str) -> bytes:
    """The MinHash of a text's runs of five words; empty for a text without one."""
    words = normalise(text).split()
    shingles = {" ".join(words[i : i + _SHINGLE]) for i in range(len(words) - _SHINGLE + 1)}
    if not shingles:
        return b""
    minhash = RMinHash(num_perm=_HASHES, seed=_SEED)
    minhash.update(sorted(shingles))
    return array("I", minhash.digest()).tobytes()


def alike(one: bytes, other: bytes) -> bool:
    """Whether two signatures are of near-copies."""
    pairs = zip(array("I", one), array("I", other), strict=True)
    return bool(one) and sum(a == b for a, b in pairs) >= _ALIKE * _HASHES


def _bands(minhash: bytes) -> list[int]:
    width = _ROWS * 4
    parts = [minhash[i : i + width] for i in range(0, len(minhash), width)]
    return [zlib.crc32(part) << 8 | band for band, part in enumerate(parts)]


def _group(db: Database, n: int) -> set[int]:
    """Sign an article and put it with those alike; all articles that are of one group now."""
    minhash = signature(decompress(db.value("SELECT body FROM texts WHERE article = ?", n)))
    matches = _matches(db, minhash)
    db.execute("INSERT INTO signatures (article, minhash) VALUES (?, ?)", n, minhash)
    db.many("INSERT INTO bands (band, article) VALUES (?, ?)", [(band, n) for band in _bands(minhash)])
    db.execute("UPDATE articles SET copies = n WHERE n = ?", n)
    return _join(db, matches | {n}) if matches else {n}


def _matches(db: Database, minhash: bytes) -> set[int]:
    sql = f"""SELECT DISTINCT s.article, s.minhash FROM bands b JOIN signatures s ON s.article = b.article
              WHERE b.band IN {_IN}"""  # noqa: S608 - a constant
    return {n for n, other in db.rows(sql, to_json(_bands(minhash))) if alike(minhash, other)}


def _join(db: Database, articles: set[int]) -> set[int]:
    groups = [g for (g,) in db.rows(f"SELECT DISTINCT copies FROM articles WHERE n IN {_IN}", to_json(articles))]  # noqa: S608
    members = {n for (n,) in db.rows(f"SELECT n FROM articles WHERE copies IN {_IN}", to_json(groups))}  # noqa: S608
    db.execute(f"UPDATE articles SET copies = ? WHERE n IN {_IN}", min(members), to_json(members))  # noqa: S608
    return members


def _forget(db: Database, gone: list[int]) -> set[int]:
    """Take articles out of their groups; what is left of these is grouped anew."""
    left: set[int] = set()
    for n in gone:
        group, minhash = db.rows(
            "SELECT a.copies, s.minhash FROM articles a JOIN signatures s ON s.article = a.n WHERE a.n = ?", n
        )[0]
        db.many("DELETE FROM bands WHERE band = ? AND article = ?", [(band, n) for band in _bands(minhash)])
        db.execute("DELETE FROM signatures WHERE article = ?", n)
        db.execute("UPDATE articles SET copies = NULL, voice = NULL WHERE n = ?", n)
        left |= {m for (m,) in db.rows("SELECT n FROM articles WHERE copies = ?", group)}
    left -= set(gone)
    db.execute(f"UPDATE articles SET copies = n WHERE n IN {_IN}", to_json(left))  # noqa: S608 - a constant
    for n in sorted(left):
        _join(db, _matches(db, db.value("SELECT minhash FROM signatures WHERE article = ?", n)) | {n})
    return left


def _voices(db: Database, touched: set[int]) -> set[int]:
    """Set who speaks in each article: the publisher of the oldest near-copy, or that copy itself."""
    groups = [g for (g,) in db.rows(f"SELECT DISTINCT copies FROM articles WHERE n IN {_IN}", to_json(touched))]  # noqa: S608
    sql = f"SELECT copies, n, id, publisher, voice FROM articles WHERE copies IN {_IN} ORDER BY born, id"  # noqa: S608
    voice_of: dict[int, str] = {}
    changed = {}
    for group, n, own_id, publisher, voice in db.rows(sql, to_json(groups)):
        own = voice_of.setdefault(group, normalise(publisher) if publisher else own_id)
        if own != voice:
            changed[n] = own
    db.many("UPDATE articles SET voice = ? WHERE n = ?", [(voice, n) for n, voice in changed.items()])
    return set(changed)
