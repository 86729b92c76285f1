"""An article shown with all that was found in it."""

from kg.eval.rows import article_of
from kg.export.article_page import article_page
from kg.extract import extract

TEXT = "Ana Kerr met Ola Brandt in Oslo. “It is <b>late</b>,” Kerr said."


def test_names_and_words_are_marked_and_nothing_of_a_text_is_html() -> None:
    article = article_of(TEXT, title="<script>alert(1)</script>", published="2031-03-04")
    page = article_page([(article, extract(article))])
    assert '<span class="person" title="Person: Ana Kerr (name)">Ana Kerr<small>Person</small></span>' in page
    assert "<td>MEETS</td><td>Ola Brandt</td>" in page
    assert "&lt;b&gt;late&lt;/b&gt;" in page
    assert "<script" not in page
    assert "<b>" not in page


def test_the_page_loads_nothing_from_elsewhere() -> None:
    article = article_of(TEXT)
    page = article_page([(article, extract(article))])
    assert "http" not in page
    assert "src=" not in page
