"""Pages as a browser gets them, over the sample as a careful reader takes it."""

import re
from html.parser import HTMLParser
from pathlib import Path

import httpx
import pytest

from kg.extract.stages import extract
from kg.ledger import Ledger
from kg.model import Article, Metadata, article_id
from kg.query.cards import Quote
from kg.resolve import resolve
from kg.web.pages import parts
from tests.web.conftest import Server, serving

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


class Seen(HTMLParser):
    """The text of a page, where its links lead, and its elements."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text, self.links, self.elements, self.attributes = "", list[str](), set[str](), set[str]()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value for name, value in attrs if name in {"href", "src"} and value]

    def handle_data(self, data: str) -> None:
        self.text += data


def seen(answer: httpx.Response) -> Seen:
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    return Seen(answer.text)


def identity(server: Server, name: str) -> str:
    return str(server.get("/api/show", name=name).json()["entity"]["id"])


def test_the_start_page_counts_and_leads_on(server: Server) -> None:
    page = seen(server.get("/", BROWSER))
    assert "as 20 articles tell it" in page.text
    assert f"/id/{identity(server, 'So Yun-chae')}" in page.links
    assert "/ask/who-holds-which-office" in page.links


def test_an_entity_has_a_card_with_sentences(server: Server) -> None:
    page = seen(server.get(f"/id/{identity(server, 'So Yun-chae')}", BROWSER))
    assert "spokesperson for" in page.text
    assert "“a conversation, not a negotiation”" in page.text
    assert any(link.startswith("/id/rel-") for link in page.links)
    assert any(link.startswith("/id/art-") for link in page.links)


def test_every_link_of_a_card_leads_to_a_page(server: Server) -> None:
    page = seen(server.get(f"/id/{identity(server, 'Lena Price')}", BROWSER))
    links = sorted({link for link in page.links if link.startswith("/id/") and "?" not in link})
    kinds = {re.match(r"/id/([a-z]+)-", link).group(1) for link in links}  # type: ignore[union-attr]
    assert kinds == {"art", "ent", "rel", "sta"}
    with httpx.Client(base_url=server.url, headers={"Accept": BROWSER}) as client:
        assert {client.get(link).status_code for link in links} == {200}


def test_a_claim_leads_its_relation(server: Server) -> None:
    relation = server.get("/api/why", a="South Korea", b="Australia").json()["grounds"][0]
    claim = relation["claims"][0]["id"]
    page = seen(server.get(f"/id/{claim}", BROWSER))
    assert claim in server.get(f"/id/{claim}", BROWSER).text
    assert "Claims" in page.text


def test_a_question_shows_the_rows_that_it_asks_for(server: Server) -> None:
    page = seen(server.get("/ask/what-did-they-say", BROWSER, speaker="Gordon May"))
    rows = server.get("/api/ask/what-did-they-say", speaker="Gordon May").json()["rows"]
    assert f"{len(rows)} rows" in page.text
    assert rows[0][4] in page.text
    assert "No entity is called" in server.get("/ask/what-did-they-say", BROWSER, speaker="Nobody Atall").text


def test_a_query_in_a_browser_gives_a_table(server: Server) -> None:
    text = "SELECT ?p ?name { ?p a kg:Person ; rdfs:label ?name } ORDER BY ?name"
    page = seen(server.get("/sparql", BROWSER, query=text))
    assert "Lena Price" in page.text
    assert f"/id/{identity(server, 'Lena Price')}" in page.links
    assert "yes" in seen(server.get("/sparql", BROWSER, query="ASK {}")).text
    assert "table" in seen(server.get("/sparql", BROWSER, query="DESCRIBE kg:nothing")).elements


@pytest.mark.parametrize(
    "path", ["/why?a=So Yun-chae&b=Australia", "/path?a=So Yun-chae&b=Gordon May", "/ask", "/sparql"]
)
def test_other_pages_are_there(server: Server, path: str) -> None:
    seen(server.get(path, BROWSER))


def test_what_is_not_here_is_said_on_a_page(server: Server) -> None:
    for path in ("/id/ent-0", "/id/%3Cscript%3E", "/why?a=Nobody&b=Atall", "/why?a=Australia", "/ask/nothing"):
        answer = server.get(path, BROWSER)
        assert answer.status_code in {400, 404}, path
        assert "Not here" in answer.text
        assert "<script" not in answer.text


def test_no_page_runs_or_fetches_anything_from_elsewhere(server: Server) -> None:
    for path in ("/", f"/id/{identity(server, 'Australia')}", "/search?words=battery", "/sparql?query=ASK%7B%7D"):
        answer = server.get(path, BROWSER)
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "script" not in Seen(answer.text).elements
        loaded = re.findall(r'<(?:img|link)[^>]*(?:src|href)="([^"]+)"', answer.text)
        assert all(link.startswith("/") for link in loaded), loaded


def test_text_of_articles_is_only_text(tmp_path: Path) -> None:
    evil = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'
    text = f'Ana Kerr is the trade minister of Norway. "Tariffs stay {evil}," Kerr said on Tuesday.'
    metadata = Metadata(
        id=article_id(text, None, None, None, evil),
        title=evil,
        publisher=evil,
        url="javascript:alert(3)",
        language="en",
    )
    folder = tmp_path / "workspace"
    folder.mkdir()
    article = Article(metadata=metadata, text=text)
    with Ledger.open(folder / "ledger.sqlite") as ledger:
        keep(ledger, article)
    with serving(folder) as server:
        pages = [f"/id/{metadata.id}", "/", "/search?words=tariffs", f"/search?words={evil}", "/ask/what-did-they-say"]
        query = f'SELECT ("{evil.replace(chr(34), chr(39))}" AS ?x) (<javascript:alert(4)> AS ?y) {{}}'
        for answer in (*(server.get(path, BROWSER) for path in pages), server.get("/sparql", BROWSER, query=query)):
            page = seen(answer)
            assert not page.elements & {"script", "iframe", "object"}
            assert not [name for name in page.attributes if name.startswith("on")]
            assert not [link for link in page.links if link.startswith("javascript:")]


def keep(ledger: Ledger, article: Article) -> None:
    ledger.put(article)
    ledger.record(extract(article), "test")
    resolve(ledger)


def test_long_sentences_are_cut_around_the_words_that_count() -> None:
    before, words, after = parts(Quote("a " * 200 + "the words" + " b" * 200, 400, 409))
    assert (before[:2], words, after[-2:]) == ("… ", "the words", " …")
    assert parts(Quote("He said\nno.", 8, 10)) == ("He said ", "no", ".")
