"""What makes Neo4j Browser show this graph well: its style, saved queries, and a guide through the user's own graph.

    kg.grass             colours, sizes and captions, from the schema
    saved-queries/       the pictures below and every named question, with names out of the graph
    saved-queries.zip    the same; dropped on Browser they are all there under "Local Scripts"
    guide.html           the guide as slides, for the Browser of Neo4j 5: `:guide http://localhost:PORT/guide.html`
    guide.adoc           the same for the newer Browser and for Query in Neo4j Desktop 2
    neo4j.conf           the lines that make a server open styled, with the guide
    serve.py             serves the folder with the headers that Browser asks for

Names come from articles. In a query they are strings whose quotes are marked, in a guide all their signs are written
as character references; whatever could be read as anything else is passed over.
"""

import re
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path

from kg.export import pack_server
from kg.export.neo4j_examples import examples, literal
from kg.paths import data_folder
from kg.query.questions import Question, catalogue, header
from kg.store.base import GraphReader

PORT = 7491
"""Where `serve.py` listens, if it is told nothing else."""

_PICTURES = Path(__file__).with_name("pictures")
_GUIDE = 5  # pictures that the guide walks through
_VARIABLE = re.compile(r"\$(\w+)")
# Which example stands for a parameter of a named question.
_EXAMPLES = {
    "country": "target",
    "topic": "target",
    "speaker": "speaker",
    "issuer": "issuer",
    "policy": "policy",
    "event": "event",
    "one": "subject",
    "other": "object",
}


@dataclass(frozen=True, slots=True)
class Saved:
    """A query with its names filled in: the name of its file, its title in words, what it is about, its text."""

    stem: str
    title: str
    about: str
    cypher: str


def pack(graph: GraphReader, folder: Path) -> None:
    """Write the pack of a graph into a folder; `neo4j.conf` and `serve.py` agree on `PORT`."""
    write(graph, folder, f"http://localhost:{PORT}")


def write(graph: GraphReader, folder: Path, address: str) -> None:
    """Write the pack of a graph into a folder that will be served at an address."""
    names = examples(graph)
    shown = list(_pictures(names))
    folder.mkdir(parents=True, exist_ok=True)
    write_style(folder)
    shutil.copyfile(pack_server.__file__, folder / "serve.py")
    _save(folder, [*shown, *_questions(names)])
    (folder / "guide.html").write_text(_html(shown[:_GUIDE]), "utf-8")
    (folder / "guide.adoc").write_text(_asciidoc(shown[:_GUIDE]), "utf-8")
    lines = "".join(f"{key}={value}\n" for key, value in settings(address).items())
    (folder / "neo4j.conf").write_text(lines, "utf-8")


def write_style(folder: Path) -> None:
    """Write the style alone."""
    shutil.copyfile(data_folder("schemas") / "neo4j" / "kg.grass", folder / "kg.grass")


def settings(address: str) -> dict[str, str]:
    """The lines of neo4j.conf by which Browser opens styled, with the guide, where the pack is served at an address.

    Browser reads remote files from `localhost` alone, never from 127.0.0.1.
    """
    return {
        "browser.post_connect_cmd": f"style {address}/kg.grass; guide {address}/guide.html",
        "browser.remote_content_hostname_whitelist": "localhost",
    }


def first_query() -> str:
    """The query of the default picture."""
    return next(_pictures({})).cypher


def _pictures(names: dict[str, str]) -> Iterator[Saved]:
    """The queries that draw; one whose name the graph does not have is left out."""
    values = names | {"relation": names.get("type", "").replace("_", " ").lower()}
    for path in sorted(_PICTURES.glob("*.cypher")):
        text = path.read_text("utf-8")
        about = header(text, "//")
        title, body = str(about["title"]), _body(text)
        if all(values.get(name) for name in _VARIABLE.findall(title + body)):
            filled = _VARIABLE.sub(lambda match: values[match[1]], title)
            yield Saved(path.stem, filled, str(about["about"]), _filled(body, values))


def _questions(names: Mapping[str, str]) -> Iterator[Saved]:
    for question in catalogue().values():
        values = _values(question, names)
        yield Saved(
            question.name, question.title, question.description, _filled(_body(question.texts["cypher"]), values)
        )


def _values(question: Question, names: Mapping[str, str]) -> dict[str, str | int]:
    return {name: names.get(_EXAMPLES.get(name, ""), default) for name, default in question.defaults.items()}


def _body(text: str) -> str:
    """A query without the comment at its top."""
    return re.sub(r"\A(//.*\n)+\n*", "", text).strip()


def _filled(body: str, values: Mapping[str, str | int]) -> str:
    return _VARIABLE.sub(lambda match: literal(values[match[1]]), body)


def _save(folder: Path, queries: list[Saved]) -> None:
    """A file each, and all in one archive whose bytes depend on nothing else."""
    files = {f"{query.stem}.cypher": f"// {query.title}\n{query.cypher}\n" for query in queries}
    shutil.rmtree(folder / "saved-queries", ignore_errors=True)
    (folder / "saved-queries").mkdir()
    with zipfile.ZipFile(folder / "saved-queries.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            (folder / "saved-queries" / name).write_text(text, "utf-8")
            archive.writestr(zipfile.ZipInfo(f"newskg/{name}"), text)


def _html(queries: list[Saved]) -> str:
    slides = [_slide("Your news as a graph", f"<p>{_WELCOME}</p><p>{_HOW}</p>{_LEGEND}")]
    for number, query in enumerate(queries, 1):
        code = f'<pre class="pre-scrollable code runnable">{escape(query.cypher)}</pre>'
        slides.append(_slide(f"{number}. {query.title}", f"<p>{_marked(query.about)}</p><figure>{code}</figure>"))
    return f'<article class="guide"><carousel class="deck container-fluid">{"".join(slides)}</carousel></article>\n'


def _slide(title: str, content: str) -> str:
    return f'<slide class="row-fluid"><div class="col-sm-12"><h3>{escape(title)}</h3>{content}</div></slide>\n'


def _marked(text: str) -> str:
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))


def _asciidoc(queries: list[Saved]) -> str:
    parts = [f"= Your news as a graph\n\n{_WELCOME}\n\n{_HOW}\n"]
    for number, query in enumerate(queries, 1):
        code = f"[source,cypher]\n----\n{query.cypher}\n----\n"
        parts.append(f"== {number}. {_references(query.title)}\n\n{query.about}\n\n{code}")
    return "\n".join(parts)


def _references(text: str) -> str:
    """Text of which AsciiDoc reads nothing as markup: every sign but letters, digits and spaces as a reference."""
    return "".join(sign if sign.isalnum() or sign == " " else f"&#{ord(sign)};" for sign in text)


_WELCOME = (
    "Every line that you see was read in an article, and leads to the sentence it stands on. "
    "Five questions about this very graph show how."
)
_HOW = (
    "Click a query to put it into the editor, then run it with Ctrl+Enter. A double click on a node shows more of it."
)
_LEGEND = (
    "<p><b>Orange</b>: people. <b>Blue</b>: organisations, dark the public bodies, teal the companies. "
    "<b>Green</b>: countries and places. <b>Red</b>: policies. <b>Yellow</b>: events. <b>Sand</b>: offices. "
    "<b>Pale</b>: statements, articles and claims.</p>"
)
