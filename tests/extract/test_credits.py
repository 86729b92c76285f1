"""Publisher, authors, editors and photographers; from the metadata first, then from the text."""

from collections.abc import Callable

import pytest

from kg.extract.credits_ import find
from kg.extract.draft import Draft, DraftClaim
from kg.extract.zones import find as find_zones
from kg.model import Metadata

Given = Callable[..., Draft]
Told = Callable[..., list[str]]

BODY = "Talks went on in Accra on Friday, and nobody knew for how long they would last."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"By Theo Marchetti\n\n{BODY}", ["Theo Marchetti reporter"]),
        (f"By Lotte Visser and Bree Callan\n\n{BODY}", ["Bree Callan reporter", "Lotte Visser reporter"]),
        (f"By Harriet Obi, SBN economics reporter\n\n{BODY}", ["Harriet Obi reporter"]),
        (f"By Harriet Obi, SBN News, Accra\n\n{BODY}", ["Harriet Obi reporter", "SBN News reporter"]),
        (
            f"{BODY}\n\n(Reporting by Moira Castell in Canberra and Seo Ha-jin in Seoul; Editing by Piet Lindqvist)",
            ["Moira Castell reporter", "Piet Lindqvist editor", "Seo Ha-jin reporter"],
        ),
        (f"{BODY}\n\nAdditional reporting by Pacific Wire", ["Pacific Wire reporter"]),
        (f"{BODY}\n\nImage via Lanternstock", ["Lanternstock photographer"]),
        (f"{BODY}\n\nPhoto by Ada Mensah/Lanternstock", ["Ada Mensah photographer", "Lanternstock photographer"]),
        (BODY, []),
        ("The house was built by Ada Mensah in Accra.", []),
        ("By Friday the talks were over, said Ada Mensah.", []),
    ],
)
def test_authors_from_byline_and_credits(given: Given, told: Told, text: str, expected: list[str]) -> None:
    draft = given(text, {}, [find_zones, find])
    lines = [line.removeprefix("article AUTHORED_BY ").replace("role=", "") for line in told(draft, "AUTHORED_BY")]
    assert lines == expected


@pytest.mark.parametrize(
    ("text", "metadata", "expected"),
    [
        (BODY, {"publisher": "Baltic Courier"}, ["article PUBLISHED_BY Baltic Courier"]),
        (f"{BODY}\n\nDisclaimer: This content was reviewed and published by Benloma editors.", {},
         ["article PUBLISHED_BY Benloma"]),
        (f"ACCRA, March 4 (Pacific Wire) - {BODY}", {}, ["article PUBLISHED_BY Pacific Wire"]),
        (BODY, {}, []),
    ],
)  # fmt: skip
def test_the_publisher(given: Given, told: Told, text: str, metadata: dict[str, str], expected: list[str]) -> None:
    assert told(given(text, {}, [find_zones, find], **metadata), "PUBLISHED_BY") == expected


def test_an_agency_in_another_outlet_is_an_author(given: Given, told: Told) -> None:
    draft = given(f"ACCRA, March 4 (Pacific Wire) - {BODY}", {}, [find_zones, find], publisher="Baltic Courier")
    assert told(draft) == ["article AUTHORED_BY Pacific Wire role=reporter", "article PUBLISHED_BY Baltic Courier"]


def test_metadata_and_byline_name_one_author_with_the_byline_as_evidence(given: Given) -> None:
    draft = given(f"By Theo Marchetti\n\n{BODY}", {}, [find_zones, find], authors=("Theo Marchetti",))
    (claim,) = [c for c in draft.claims if c.type == "AUTHORED_BY"]
    assert draft.parse.span_text(claim.start, claim.end) == "Theo Marchetti"
    assert [(e.type, e.name, len(e.mentions)) for e in draft.entities] == [("Person", "Theo Marchetti", 1)]


def test_metadata_alone_is_evidence_without_a_quote(given: Given) -> None:
    draft = given(BODY, {}, [find_zones, find], authors=("Theo Marchetti",), publisher="Baltic Courier")
    assert [(c.type, c.start, c.end) for c in draft.claims] == [("PUBLISHED_BY", 0, 0), ("AUTHORED_BY", 0, 0)]


@pytest.mark.parametrize(
    ("author", "type_"),
    [
        ("Theo Marchetti", "Person"),
        ("Pacific Wire", "MediaOutlet"),
        ("Department of Harbours", "Organization"),
        ("Staff", "Organization"),
    ],
)
def test_the_type_of_an_author(given: Given, author: str, type_: str) -> None:
    assert [e.type for e in given(BODY, {}, [find], authors=(author,)).entities] == [type_]


def test_an_outlet_named_in_the_text_is_the_publisher(given: Given) -> None:
    draft = given(
        "The Baltic Courier was first.", {"Baltic Courier": "Organization"}, [find], publisher="The Baltic Courier"
    )
    assert [(e.type, e.name) for e in draft.entities] == [("MediaOutlet", "Baltic Courier")]


def test_claims_and_metadata_types_are_what_the_contract_says(given: Given) -> None:
    draft = given(BODY, {}, [find], publisher="Baltic Courier")
    assert isinstance(draft.claims[0], DraftClaim)
    assert isinstance(draft.article.metadata, Metadata)


def test_a_byline_stands_against_a_long_list_of_authors_in_the_metadata(given: Given, told: Told) -> None:
    listed = ("Ada Mensah", "Osei Boateng", "Kari Solheim", "Lotte Visser")
    draft = given(f"By Theo Marchetti\n\n{BODY}", {}, [find_zones, find], authors=listed)
    assert told(draft) == ["article AUTHORED_BY Theo Marchetti role=reporter"]
