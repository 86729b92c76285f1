"""Web pages: their running text, and what they say of themselves."""

from pathlib import Path

import pytest

from kg.model import Article, Metadata
from kg.sources import Failure, load, read

BODY = (
    "<p>The port of Gdynia said on Tuesday that it would lease its western quay to Baltrum Wind for 30 years.</p>"
    "<p>The city’s mayor denied that he had opposed it.</p>"
)


def article(folder: Path, html: str | bytes) -> Article:
    file = folder / "page.html"
    file.write_bytes(html if isinstance(html, bytes) else html.encode())
    (only,) = read(str(file))
    assert isinstance(only, Article), only
    return only


def metadata(folder: Path, head: str, *, html: str = "<html>", body: str = BODY) -> Metadata:
    return article(
        folder, f"<!DOCTYPE html>{html}<head>{head}</head><body><article>{body}</article></body></html>"
    ).metadata


def test_a_page_gives_its_paragraphs_and_all_of_its_metadata() -> None:
    (only,) = read(str(load("html").file.with_name("sample") / "ministry.html"))
    assert isinstance(only, Article)
    assert only.text == (
        "The Ministry of Communications of Fiji denied on Monday that it had held secret talks with Corallina Cables "
        "about a second line to Sydney.\n"
        "“There were no talks, and none are planned,” said Ivo Bannerman, a spokesman for the ministry, who spoke to "
        "reporters in Suva.\n"
        "Corallina Cables, based in Brisbane, did not answer questions. Its shares fell 3.1 percent."
    )
    m = only.metadata
    assert (m.title, m.publisher, m.authors, m.language) == (
        "Ministry denies secret cable talks", "The Example Argus", ("Mara Quill", "Jon Abbas"), "en",
    )  # fmt: skip
    assert (m.published, m.modified) == ("2031-06-02T08:30:00+10:00", "2031-06-02T11:05:00+10:00")
    assert m.url == "https://argus.example/world/cable-talks"


@pytest.mark.parametrize(
    ("head", "field", "value"),
    [
        ('<meta property="article:published_time" content="2031-05-13T09:00:00Z">',
         "published", "2031-05-13T09:00:00+00:00"),
        ('<meta name="date" content="13 May 2031">', "published", "2031-05-13"),
        ('<meta itemprop="dateModified" content="2031-05-14">', "modified", "2031-05-14"),
        ('<meta name="author" content="By Ewa Lisiecka and Tom Rask">', "authors", ("Ewa Lisiecka", "Tom Rask")),
        ('<meta name="author" content="Ewa Lisiecka"><meta name="author" content="Trade and Industry Desk">', "authors",
         ("Ewa Lisiecka", "Trade and Industry Desk")),
        ('<meta property="article:author" content="https://argus.example/ewa"><meta name="byl" content="By Tom Rask">',
         "authors", ("Tom Rask",)),
        ('<meta property="og:site_name" content="Baltic Trade">', "publisher", "Baltic Trade"),
        ('<meta property="og:title" content="Quay  leased">', "title", "Quay leased"),
        ('<meta property="og:url" content="https://baltic.example/quay?utm_source=x">',
         "url", "https://baltic.example/quay"),
        ('<link rel="canonical" href="/quay">', "url", None),
        ('<script type="application/ld+json">{"@type": ["Thing", "Article"], "datePublished": "2031-05-13"}</script>',
         "published", "2031-05-13"),
        ('<script type="application/ld+json">[{"@type": "BlogPosting", "author": {"name": "Tom Rask"}}]</script>',
         "authors", ("Tom Rask",)),
        ('<script type="application/ld+json">{oops</script><meta name="author" content="Tom Rask">',
         "authors", ("Tom Rask",)),
        ('<script type="application/ld+json">{"@type": "Article", "publisher": "Baltic Trade", "author": 7}</script>',
         "publisher", "Baltic Trade"),
    ],
)  # fmt: skip
def test_metadata_are_found_where_pages_keep_them(tmp_path: Path, head: str, field: str, value: object) -> None:
    assert getattr(metadata(tmp_path, head), field) == value


def test_a_time_element_dates_a_page_that_says_no_more(tmp_path: Path) -> None:
    body = f'<time datetime="2031-05-13T09:00+02:00">Tuesday</time>{BODY}'
    assert metadata(tmp_path, "", body=body).published == "2031-05-13T09:00:00+02:00"


def test_a_page_without_any_date_has_none(tmp_path: Path) -> None:
    assert metadata(tmp_path, "").published is None


def test_the_text_tells_the_language_and_not_the_template(tmp_path: Path) -> None:
    german = "<p>Der Hafen von Gdynia teilte am Dienstag mit, dass er den Kai für dreißig Jahre verpachten werde.</p>"
    assert metadata(tmp_path, "", html='<html lang="en">', body=german).language == "de"


@pytest.mark.parametrize(
    "raw",
    [
        f'<html><head><meta charset="iso-8859-2"></head><body><article>{BODY}<p>Wójt Łukasz said no.</p>'
        .replace("’", "'").encode("iso-8859-2"),
        f'<?xml version="1.0" encoding="utf-8"?><html><body><article>{BODY}<p>Wójt Łukasz said no.</p>'.encode(),
        f"<html><body><article>{BODY}<p>Wójt Łukasz said no.</p>".encode("utf-16"),
    ],
    ids=["declared", "xhtml", "marked"],
)  # fmt: skip
def test_a_page_is_read_in_its_own_encoding(tmp_path: Path, raw: bytes) -> None:
    assert "Wójt Łukasz said no." in article(tmp_path, raw).text


def test_the_headline_is_not_repeated_before_the_text(tmp_path: Path) -> None:
    html = f"<html><head><title>Quay leased</title></head><body><article><h1>Quay leased</h1>{BODY}</article></body>"
    assert article(tmp_path, html).text.startswith("The port of Gdynia")


@pytest.mark.parametrize(
    "html",
    ["<html><body><script>render()</script></body></html>", "<html></html>", "<!-- -->", "<html><p>\0</p></html>"],
)
def test_a_page_without_text_is_a_failure(tmp_path: Path, html: str) -> None:
    file = tmp_path / "page.html"
    file.write_text(html)
    (only,) = read(str(file))
    assert isinstance(only, Failure)
    assert only.reason in {
        "No article text was found in the page: is it a front page, or one that only a browser can fill?",
        "It is not an HTML page.",
    }
