from collections.abc import Callable

import pytest

from kg.model import Extraction

Extract = Callable[..., Extraction]


@pytest.mark.parametrize(
    "text",
    [
        "Ada Mensah voted for the harbour levy on Tuesday.",
        "Ada Mensah sent a long letter to the harbour board.",
        "Lawmakers could ask the court to lift the harbour levy.",
        "The witnesses are expected to appear before the harbour board.",
        "Kari Solheim did not respond to a request for comment.",
        "The harbour board denied a request for leave.",
        "You agree to receive news of the harbour board.",
        "The debacle in Accra highlighted how hard the vote would be.",
    ],
)
def test_what_is_done_wanted_or_left_undone_is_no_statement(extracted: Extract, text: str) -> None:
    assert extracted(text).statements == ()


@pytest.mark.parametrize(
    "text",
    [
        "The report said that the levy would stay.",
        "A survey of farmers found that the levy hurts them.",
        "Figures showed that the levy hurts farmers.",
    ],
)
def test_what_documents_say_and_measure_is_a_statement(extracted: Extract, text: str) -> None:
    assert len(extracted(text).statements) == 1
