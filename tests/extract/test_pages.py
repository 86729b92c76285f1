"""Pages as they are: whatever their shape, statements stand where they say, and what is said is found."""

from collections.abc import Callable

import pytest

from kg.model import Extraction

Extract = Callable[..., Extraction]

PAGES = {
    "table": "| Country | Levy |\n| --- | --- |\n| Norway | 10% |\n| Ghana | 20% |\n\nMensah said the table was wrong.",
    "live blog": "10.15am\nMensah says the levy will stay\n\n10.20am\n“We will answer in kind,” Solheim said.",
    "capitals": "OSLO, JAN 12 - FINANCE MINISTER ADA MENSAH SAID THE LEVY WOULD STAY.",
    "run-on quote": "Solheim said,“Look, they have no place here and the levy must go.”",
    "mixed marks": '“The levy stays," Mensah said. "It is fair to all of us.”',
    "brief": "Norway will keep the levy, Mensah said.",
}


@pytest.mark.parametrize("page", PAGES)
def test_what_is_said_is_found_on_pages_of_every_shape(extracted: Extract, page: str) -> None:
    text = PAGES[page]
    statements = extracted(text).statements
    assert statements
    for statement in statements:
        assert " ".join(text[span.start : span.end] for span in statement.content_spans) == statement.text


@pytest.mark.parametrize(
    "text", ["“", "“”—", "MENSAH:\n\nMENSAH:\n\n", "ADA MENSAH: \n\nKARI SOLHEIM: \n\n", '""""\n- -']
)
def test_fragments_say_nothing_and_break_nothing(extracted: Extract, text: str) -> None:
    assert extracted(text).statements == ()
