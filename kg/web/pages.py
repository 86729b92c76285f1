"""Pages for people. All that comes from articles is text: every template escapes, and no page runs a script."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from itertools import groupby, islice
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import jinja2
import pyoxigraph as ox

from kg.errors import KgError, NotFoundError, UsageError
from kg.ledger import GraphReader, Ledger
from kg.model.graph import GraphEntity, GraphRelation
from kg.model.ontology import ENTITY_TYPES, ID_BASE, RELATIONS, STATUSES
from kg.query.cards import Backing, Link, Quote, Saying, Shelf, is_speech, named
from kg.query.names import near
from kg.query.path import path
from kg.query.questions import ask, catalogue, question
from kg.query.timeline import timeline
from kg.query.why import why
from kg.store import rdf
from kg.store.base import Rows, View
from kg.store.oxigraph import Answer
from kg.web import api
from kg.web.jobs import Page, Query
from kg.web.status import status_of
from kg.web.worker import Reply

SEEN = 1000
"""Rows that a page shows of an answer."""

_KIND = "text/html; charset=utf-8"
_SHOWN = 6  # relations of one type with their sentence
_NAMED = 36  # and up to so many by name
_WEIGHED = 20  # claims of one relation that the best is taken from
_CLAIMS = 200  # on the page of a relation
_SAID = 12  # statements on a card
_OUTLETS = 8
_LONG = 420  # code points of a sentence: what is longer is cut around the words that count
_AROUND = 160
_EXAMPLE = """SELECT ?person ?name ?office WHERE {
  ?person a kg:Person ; rdfs:label ?name ; kg:holdsPosition/rdfs:label ?office .
}
ORDER BY ?name
LIMIT 50"""
_MOST_NAMED = "SELECT ?e ?name ?n { ?e a kg:TYPE ; rdfs:label ?name ; kg:articles ?n } ORDER BY DESC(?n) ?name LIMIT 12"
_HEADINGS = {"Person": "People", "Organization": "Organizations", "Country": "Countries", "Policy": "Policies"}
_SHORT = {base: prefix for prefix, base in rdf.PREFIXES.items() if prefix}


def page(job: Page, view: View, ledger: Ledger, reply: Reply) -> None:
    """A page by its name; where there is none, one that says why."""
    try:
        _PAGES[job.name](job.values, view, ledger, reply)
    except (NotFoundError, UsageError) as error:
        _trouble(error, reply)


def resource(id_: str, graph: GraphReader, reply: Reply) -> None:
    """The page of what an id stands for; the id of a member leads on to its entity."""
    try:
        _resource(id_, graph, reply)
    except NotFoundError as error:
        _trouble(error, reply)


def term(name: str, reply: Reply) -> None:
    """What a term of the ontology means; where there is none, a page that says so."""
    relations = {relation.rdf_name: relation for relation in RELATIONS.values()}
    if found := relations.get(name):
        ends = [(", ".join(domain), ", ".join(range_)) for domain, range_ in found.signatures]
        _show("term", reply, title=name, kind="Relation", term=found, parents=[], ends=ends)
    elif type_ := ENTITY_TYPES.get(name):
        _show("term", reply, title=name, kind="Type", term=type_, parents=type_.parents[1:], ends=[])
    else:
        _trouble(NotFoundError(f"There is no page {name!r}, and no term of that name."), reply)


def _trouble(error: KgError, reply: Reply) -> None:
    _show("trouble", reply, status_of(error), title="Not here", sentence=str(error))


def _resource(id_: str, graph: GraphReader, reply: Reply) -> None:
    found: Any
    if found := next(graph.articles([id_]), None):
        _article(found.id, graph, reply)
    elif found := next(graph.entities([id_]), None):
        _entity(found, graph, reply)
    elif found := next(graph.relations([id_]), None):
        _relation(found, id_, graph, reply)
    elif found := next(graph.claims([id_]), None):
        _relation(next(graph.relations([found.relation])), id_, graph, reply)
    else:
        reply.head(_KIND, ("location", _address(graph.canonical(id_))), status=303)


def results(job: Query, ask_: Callable[[], Answer], reply: Reply) -> None:
    """The results of a query as a table below its text."""
    answer = ask_()
    columns: list[str]
    if isinstance(answer, ox.QueryBoolean):
        columns, rows = ["answer"], [[_Cell("yes" if answer else "no")]]
    elif isinstance(answer, ox.QueryTriples):
        columns = ["subject", "predicate", "object"]
        rows = [[_cell(term) for term in (t.subject, t.predicate, t.object)] for t in answer]
    else:
        columns = [variable.value for variable in answer.variables]
        rows = [[_cell(term) for term in row] for row in answer]
    triples = isinstance(answer, ox.QueryTriples)
    forms = ("ttl", "jsonld", "nt", "rdf") if triples else ("json", "csv", "tsv", "xml")
    _show("sparql", reply, title="SPARQL", query=job.text, columns=columns, rows=rows, seen=SEEN, forms=forms)


class _Cell(NamedTuple):
    """A term as people read it, and where it leads; `own` leads to a page of ours."""

    text: str = ""
    href: str | None = None
    own: bool = False
    number: bool = False


def _cell(term: Any) -> _Cell:
    if term is None:
        return _Cell()
    if isinstance(term, ox.Literal):
        return _Cell(term.value, number=term.datatype.value.endswith(("#integer", "#decimal", "#double")))
    if not isinstance(term, ox.NamedNode):
        return _Cell(str(term))
    if term.value.startswith(ID_BASE):
        local = term.value.removeprefix(ID_BASE)
        return _Cell(local, f"/id/{local}", own=True)
    return _Cell(_prefixed(term.value), term.value if _is_web(term.value) else None)


def _prefixed(iri: str) -> str:
    base = next((base for base in _SHORT if iri.startswith(base)), None)
    return iri if base is None else f"{_SHORT[base]}:{iri.removeprefix(base)}"


def _start(_values: api.Values, view: View, ledger: Ledger, reply: Reply) -> None:
    state = api.state(ledger)
    entities = sum(count for type_, count in state.entities.items() if type_ != "Statement")
    figures = [
        (sum(state.articles.values()), "articles"),
        (entities, "entities"),
        (state.relations, "relations"),
        (state.claims, "claims"),
        (state.entities.get("Statement", 0), "statements"),
    ]
    lists = [(heading, list(_most_named(type_, view))) for type_, heading in _HEADINGS.items()]
    questions = catalogue().values()
    _show("start", reply, title="News, as a graph", state=state, figures=figures, named=lists, questions=questions)


def _most_named(type_: str, view: View) -> Iterator[dict[str, object]]:
    for iri, name, articles in view.query(_MOST_NAMED.replace("TYPE", type_)).rows:
        yield {"id": str(iri).removeprefix(ID_BASE), "name": name, "articles": articles}


def _search(values: api.Values, _view: View, ledger: Ledger, reply: Reply) -> None:
    words = _needed(values, "words")
    found = ledger.search(words, 60)
    hints = [] if found else near(ledger.graph, words)
    _show("search", reply, title=words, words=words, found=found, near=hints)


def _why(values: api.Values, _view: View, ledger: Ledger, reply: Reply) -> None:
    found = why(ledger.graph, _needed(values, "a"), _needed(values, "b"), values.get("type"))
    _show("why", reply, title=f"{found.one.name} and {found.other.name}", why=found)


def _path(values: api.Values, _view: View, ledger: Ledger, reply: Reply) -> None:
    found = path(ledger.graph, _needed(values, "a"), _needed(values, "b"))
    _show("path", reply, title=f"{found.one.name} to {found.other.name}", path=found)


def _timeline(values: api.Values, _view: View, ledger: Ledger, reply: Reply) -> None:
    found = timeline(ledger.graph, _needed(values, "name"), values.get("from"), values.get("to"))
    days = [(date, list(entries)) for date, entries in groupby(found.entries, key=lambda entry: entry.date)]
    _show("timeline", reply, title=found.entity.name, timeline=found, days=days)


def _questions(values: api.Values, view: View, ledger: Ledger, reply: Reply) -> None:
    if "question" not in values:
        _show("questions", reply, title="Questions", questions=catalogue().values())
        return
    asked = question(values["question"])
    given = {one.name: values.get(one.name) or str(one.default) for one in asked.parameters}
    rows, trouble = Rows((), []), ""
    try:
        rows = ask(asked.name, given, "sparql", ledger.graph, lambda _lang: view)
    except NotFoundError as error:  # a default is a name of the sample, which others may not know
        trouble = str(error)
    _show("question", reply, title=asked.title, question=asked, given=given, rows=rows, trouble=trouble)


def _sparql(_values: api.Values, _view: View, _ledger: Ledger, reply: Reply) -> None:
    prefixes = {prefix: base for prefix, base in rdf.PREFIXES.items() if prefix}
    _show("sparql", reply, title="SPARQL", query=_EXAMPLE, columns=[], prefixes=prefixes)


_PAGES: dict[str, Callable[[api.Values, View, Ledger, Reply], None]] = {
    "start": _start,
    "search": _search,
    "why": _why,
    "path": _path,
    "timeline": _timeline,
    "ask": _questions,
    "sparql": _sparql,
}


def _needed(values: api.Values, name: str) -> str:
    if not values.get(name):
        raise UsageError(f"The page needs the value {name!r}.")
    return values[name]


class _Group(NamedTuple):
    """The relations of one type at one end of an entity: the first with their best claims, more by name, a count."""

    type: str
    forward: bool
    total: int
    shown: list[tuple[Link, Backing | None]]
    rest: list[Link]


def _entity(entity: GraphEntity, graph: GraphReader, reply: Reply) -> None:
    """A card. An entity may have thousands of relations and statements: only what is shown is read in full."""
    if entity.type == "Statement":
        _statement(entity, graph, reply)
        return
    shelf = Shelf(graph)
    relations = list(graph.relations_of(entity.id))
    groups = [_group(type_, forward, own, shelf) for (type_, forward), own in _by_type(entity, relations)]
    offices = [link for group in groups if group.forward and _is_office(group.type) for link, _ in group.shown]
    said = [r for r in relations if r.type == "SAID"]
    about = [r for r in relations if r.type in {"ABOUT", "ADDRESSED_TO"}]
    outlets = Counter(article.publisher for article in graph.articles_naming(entity.id) if article.publisher)
    _show(
        "entity",
        reply,
        title=entity.name,
        entity_=entity,
        facts=list(_facts(entity)),
        offices=list({(link.type, link.object.name): link for link in offices}.values())[:3],
        groups=groups,
        said=_latest([(r.last_seen, r.object) for r in said], shelf),
        about=_latest([(r.last_seen, r.subject) for r in about], shelf),
        counts=(len(said), len({r.subject for r in about})),
        outlets=sorted(outlets.items(), key=lambda one: (-one[1], one[0]))[:_OUTLETS],
        more_outlets=max(len(outlets) - _OUTLETS, 0),
    )


def _by_type(entity: GraphEntity, relations: list[GraphRelation]) -> list[tuple[tuple[str, bool], list[GraphRelation]]]:
    """Relations by type and direction, offices first; in each what is asserted and best supported first."""
    found: dict[tuple[str, bool], list[GraphRelation]] = {}
    for relation in sorted(relations, key=lambda r: (STATUSES.index(r.status), -r.support, r.id)):
        if not is_speech(relation.type):
            forward = RELATIONS[relation.type].symmetric or relation.subject == entity.id
            found.setdefault((relation.type, forward), []).append(relation)
    order = list(RELATIONS)
    return sorted(found.items(), key=lambda one: (not _is_office(one[0][0]), not one[0][1], order.index(one[0][0])))


def _is_office(type_: str) -> bool:
    return RELATIONS[type_].area == "office"


def _group(type_: str, forward: bool, relations: list[GraphRelation], shelf: Shelf) -> _Group:
    links = [shelf.link(relation) for relation in relations[:_NAMED]]
    shown = [(link, _best(link, shelf)) for link in links[:_SHOWN]]
    return _Group(type_, forward, len(relations), shown, links[_SHOWN:])


def _latest(statements: list[tuple[str | None, str]], shelf: Shelf) -> list[Saying]:
    """The statements of the latest articles, the latest first."""
    newest = sorted(set(statements), key=lambda one: (one[0] or "", one[1]), reverse=True)
    return [shelf.saying(id_) for id_ in dict.fromkeys(id_ for _, id_ in newest[:_SAID])]


def _best(link: Link, shelf: Shelf) -> Backing | None:
    """The most certain of the first claims; a relation may have thousands."""
    claims = islice(shelf.graph.claims_of(relation=link.id), _WEIGHED)
    best = min(claims, key=lambda claim: (-claim.confidence, claim.id), default=None)
    return None if best is None else shelf.backing(best)


def _facts(entity: GraphEntity) -> Iterator[tuple[str, str]]:
    seen = " to ".join(dict.fromkeys(filter(None, (entity.first_seen, entity.last_seen)))) or "undated"
    if entity.aliases:
        yield "also", ", ".join(entity.aliases)
    yield from (
        (_spaced(name).lower(), value) for name, value in (*entity.identifiers.items(), *entity.attributes.items())
    )
    yield "seen", f"in {_many(entity.articles, 'article')}, {seen}"
    yield "id", entity.id


def _statement(entity: GraphEntity, graph: GraphReader, reply: Reply) -> None:
    shelf = Shelf(graph)
    saying = shelf.saying(entity.id)
    about = [shelf.named(r.object) for r in graph.relations_of(entity.id) if r.type == "ABOUT"]
    facts = [("act", saying.act), ("stance", saying.stance), ("quoted", "yes" if saying.quoted else "no")]
    facts += [("date", saying.date)] if saying.date else []
    _show("statement", reply, title=saying.text[:80], saying=saying, about=about, facts=[*facts, ("id", entity.id)])


def _relation(relation: GraphRelation, shown: str, graph: GraphReader, reply: Reply) -> None:
    shelf = Shelf(graph)
    link = shelf.link(relation)
    found = {claim.id: claim for claim in islice(graph.claims_of(relation=relation.id), _CLAIMS)}
    found |= {claim.id: claim for claim in graph.claims([shown])}
    claims = [shelf.backing(claim) for claim in found.values()]
    claims.sort(key=lambda claim: (claim.id != shown, claim.date or "9999", claim.source.id, claim.id))
    title = f"{link.subject.name} {_phrase(link.type)} {link.object.name}"
    meaning = RELATIONS[link.type].description
    _show("relation", reply, title=title, link=link, claims=claims, shown=shown, meaning=meaning)


def _article(id_: str, graph: GraphReader, reply: Reply) -> None:
    shelf = Shelf(graph)
    article = next(graph.articles([id_]))
    mentions = sorted(graph.mentions([id_]), key=lambda mention: (-mention.count, mention.entity))
    entities = {entity.id: entity for entity in graph.entities(mention.entity for mention in mentions)}
    here = [(named(entities[one.entity]), one.count) for one in mentions if one.entity in entities]
    claims, said = _stated(id_, shelf)
    told = {"url": article.url, "authors": ", ".join(article.authors), "language": article.language, "id": article.id}
    facts = [(name, value) for name, value in told.items() if value]
    source = shelf.source(id_)
    _show("article", reply, title=source.title, source=source, facts=facts, named=here, claims=claims, said=said)


def _stated(article: str, shelf: Shelf) -> tuple[list[tuple[Link, Backing]], list[Saying]]:
    """What an article states, and the statements in it, in the order of its text."""
    claims = sorted(shelf.graph.claims_of(article=article), key=lambda claim: (claim.start, claim.id))
    relations = {relation.id: relation for relation in shelf.graph.relations({claim.relation for claim in claims})}
    of_world = [claim for claim in claims if not is_speech(claim.type)]
    stated = [(shelf.link(relations[claim.relation]), shelf.backing(claim)) for claim in of_world]
    said = dict.fromkeys(claim.object for claim in claims if claim.type == "SAID")
    return stated, [shelf.saying(id_) for id_ in said]


def _show(name: str, reply: Reply, status: int = 200, /, **values: Any) -> None:
    reply.head(_KIND, ("vary", "Accept, Origin"), status=status)
    reply.write(_templates().get_template(f"{name}.html").render(values).encode())


@cache
def _templates() -> jinja2.Environment:
    loader = jinja2.FileSystemLoader(Path(__file__).parent / "templates")
    environment = jinja2.Environment(loader=loader, autoescape=True, trim_blocks=True, undefined=jinja2.StrictUndefined)
    environment.filters |= {
        "act": _act,
        "address": _address,
        "cell": _text,
        "is_web": _is_web,
        "many": _many,
        "parts": parts,
        "phrase": _phrase,
        "spaced": _spaced,
    }
    return environment


def _address(id_: str) -> str:
    return f"/id/{quote(id_, safe='')}"


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
    return str(value)


def _phrase(name: str) -> str:
    """HOLDS_POSITION or holdsPosition as words."""
    return _spaced(name).replace("_", " ").lower()


def _spaced(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)


def _is_web(text: str) -> bool:
    return text.startswith(("https://", "http://"))


_VERBS = {"deny": "denies", "other": "says"}
_STANCES = {"deny": " (that it is not so)", "possible": " (that it may be so)"}


def _act(saying: Saying) -> str:
    stance = "" if saying.stance in {"neutral", "affirm", saying.act} else _STANCES[saying.stance]
    return f"{_VERBS.get(saying.act, f'{saying.act}s')}{stance}"


def parts(quote_: Quote) -> tuple[str, str, str]:
    """What stands before, in and after the words that count, in one line, and not longer than a reader likes."""
    sentence = quote_.sentence
    pieces = (sentence[: quote_.start], sentence[quote_.start : quote_.end], sentence[quote_.end :])
    before, words, after = (re.sub(r"\s+", " ", piece) for piece in pieces)
    if len(sentence) > _LONG:
        before = f"… {before[-_AROUND:]}" if len(before) > _AROUND else before
        words = f"{words[:_AROUND]} … {words[-_AROUND:]}" if len(words) > 2 * _AROUND else words
        after = f"{after[:_AROUND]} …" if len(after) > _AROUND else after
    return before.lstrip(), words, after.rstrip()
