"""SPARQL at the border: parameters in, terms out, and mistakes as one sentence."""

import re
from collections.abc import Mapping

import pyoxigraph as ox

from kg.errors import QueryError
from kg.store.rdf import literal

_TOKEN = re.compile(
    r"""(?P<skip> \#[^\n]* | <[^<>"{}|^`\\\s]*>
        | \"\"\"(?:\"{0,2}(?:[^"\\]|\\.))*\"\"\" | '''(?:'{0,2}(?:[^'\\]|\\.))*'''
        | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*' )
      | \$(?P<name>\w+)
      | (?P<word>[A-Za-z]\w*:?)""",
    re.VERBOSE | re.DOTALL,
)
_UPDATES = {"insert", "delete", "load", "clear", "drop", "create", "add", "move", "copy", "with"}
_PLACE = re.compile(r"error at (?P<line>\d+):(?P<column>\d+): (?:expected )?(?:one of )?(?P<rest>.*)", re.DOTALL)
_REASON = re.compile(r"[A-Z][a-z]+ [a-zA-Z ]+")
_NUMBERS = {"integer": int, "decimal": float, "double": float, "float": float}
_XSD = "http://www.w3.org/2001/XMLSchema#"


def bind(text: str, params: Mapping[str, object]) -> str:
    """The query with each `$name` of `params` written as an RDF term; strings, IRIs and comments are left alone.

    A parameter may be a string, integer, float, boolean, or an RDF term of pyoxigraph. (`Store.query` can
    substitute only what a query selects, so the terms are set in here, escaped.)
    """

    def replaced(match: re.Match[str]) -> str:
        name = match["name"]
        return _written(name, params[name]) if name in params else match[0]

    return _TOKEN.sub(replaced, text)


def is_update(text: str) -> bool:
    """Whether the text is an update rather than a query: told by the first keyword after its prefixes."""
    declares = False
    for token in _TOKEN.finditer(text):
        word = (token["word"] or "").lower()
        if not word:
            continue
        if word in {"prefix", "base"}:
            declares = word == "prefix"
        elif declares and word.endswith(":"):
            declares = False
        else:
            return word in _UPDATES
    return False


def mistake(text: str, error: Exception) -> QueryError:
    """The parser's complaint as one sentence with line, column and the words there."""
    match = _PLACE.match(str(error))
    if match is None:
        return QueryError(f"The SPARQL query cannot be answered: {' '.join(str(error).split())}.")
    line, column = int(match["line"]), int(match["column"])
    reason = _REASON.search(match["rest"])
    rows = text.split("\n")
    here = rows[line - 1][column - 1 :].strip()[:30] if line <= len(rows) else ""
    what = reason[0].strip().lower() if reason else f"unexpected {here!r}" if here else "unexpected end"
    return QueryError(f"The SPARQL query has a mistake at line {line}, column {column}: {what}.")


def value(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> object:
    """A term as a plain Python value: decimals and doubles are floats, IRIs strings."""
    if term is None:
        return None
    if not isinstance(term, ox.Literal):
        return term.value if isinstance(term, ox.NamedNode | ox.BlankNode) else str(term)
    datatype = term.datatype.value
    if not datatype.startswith(_XSD):
        return term.value
    kind = datatype.removeprefix(_XSD)
    if kind == "boolean":
        return term.value in {"true", "1"}
    return _NUMBERS.get(kind, str)(term.value)


def _written(name: str, given: object) -> str:
    if isinstance(given, str | int | float):
        return literal(given)
    if isinstance(given, ox.NamedNode | ox.Literal):
        return str(given)
    raise QueryError(f"The parameter {name!r} is a {type(given).__name__}; give a text, a number or true or false.")
