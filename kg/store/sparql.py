"""SPARQL at the border: parameters in, terms out, and mistakes as one sentence."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import pyoxigraph as ox

from kg.errors import QueryError
from kg.store.rdf import literal

_TOKEN = re.compile(
    r"""(?P<skip> \#[^\n]* | <[^<>"{}|^`\\\s]*>
        | \"\"\"(?:\"{0,2}(?:[^"\\]|\\.))*\"\"\" | '''(?:'{0,2}(?:[^'\\]|\\.))*'''
        | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*'
        | \?\w+ | @[A-Za-z-]+ | (?:[^\W\d][\w.-]*)?:(?:[\w.:%-]|\\.)* )
      | \$(?P<name>\w+)
      | (?P<word>[^\W\d]\w*)
      | (?P<number>\d+)
      | (?P<mark>[{}();])""",
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
    first = next((token.text for token in _words(text) if token.text not in {"prefix", "base"}), "")
    return first in _UPDATES


def names_dataset(text: str) -> bool:
    """Whether a query says itself, by FROM, which graphs it is over."""
    return any(token.text == "from" and not token.depth for token in _words(text))


def federates(text: str) -> bool:
    """Whether a query would ask another endpoint."""
    return any(token.text == "service" for token in _words(text))


def limited(text: str, most: int) -> str:
    """A query that gives at most so many rows; the text itself where its own limit is lower."""
    tokens = list(_tokens(text))
    outer = [index for index, token in enumerate(tokens) if not token.depth]
    for index in reversed(outer):
        if tokens[index].text == "limit" and index + 1 < len(tokens) and tokens[index + 1].text.isdecimal():
            number = tokens[index + 1]
            return text if int(number.text) <= most else f"{text[: number.start]}{most}{text[number.end :]}"
    # VALUES after the pattern comes last of all.
    place = next((tokens[index].start for index in outer if tokens[index].text == "values"), len(text))
    return f"{text[:place]}\nLIMIT {most}\n{text[place:]}"


def over(text: str, default: Sequence[str], named: Sequence[str]) -> str:
    """An update whose patterns are matched against these graphs; raises `QueryError` where it names some itself.

    The protocol's `using-graph-uri` and `using-named-graph-uri`: every WHERE gets them as USING clauses.
    """
    if not default and not named:
        return text
    clauses = " ".join([*(f"USING <{iri}>" for iri in default), *(f"USING NAMED <{iri}>" for iri in named)])
    pieces, place = [], 0
    for operation in _operations(text):
        words = [token for token in operation if not token.depth]
        if not any(token.text == "where" for token in words):
            continue
        if any(token.text in {"using", "with"} for token in words):
            raise QueryError("The update names its graphs with USING or WITH; then the request may not name others.")
        where = next(token for token in words if token.text == "where")
        short = words[words.index(where) - 1].text == "delete"  # DELETE WHERE { … }, where the pattern is the template
        template = text[where.end : operation[-1].end] if short else ""
        pieces.append(f"{text[place : where.start]}{template} {clauses} ")
        place = where.start
    return "".join([*pieces, text[place:]])


def silent(text: str) -> str:
    """An update whose CLEAR and DROP succeed on graphs that are not there: no store of ours keeps empty graphs."""
    tokens = [token for token in _words(text) if not token.depth]
    pieces, place = [], 0
    for token, following in pairwise(tokens):
        if token.text in {"clear", "drop"} and following.text != "silent":
            pieces.append(f"{text[place : token.end]} SILENT")
            place = token.end
    return "".join([*pieces, text[place:]])


class _Token(NamedTuple):
    """A keyword (in small letters), number or bracket, and how many brackets it stands in."""

    text: str
    start: int
    end: int
    depth: int


def _tokens(text: str) -> Iterator[_Token]:
    depth = 0
    for match in _TOKEN.finditer(text):
        token = match["word"] or match["number"] or match["mark"]
        if token is None:
            continue
        depth -= token in {"}", ")"}
        yield _Token(token.lower(), match.start(), match.end(), depth)
        depth += token in {"{", "("}


def _words(text: str) -> Iterator[_Token]:
    return (token for token in _tokens(text) if token.text.isidentifier())


def _operations(text: str) -> Iterator[list[_Token]]:
    """The tokens of each operation of an update; semicolons part them."""
    operation: list[_Token] = []
    for token in _tokens(text):
        if token.text == ";" and not token.depth:
            yield operation
            operation = []
        else:
            operation.append(token)
    yield operation


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
