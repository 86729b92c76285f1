"""The named questions on the sample as it is extracted: none is without an answer."""

from collections.abc import Iterator

import pytest

import kg
from kg.query.questions import catalogue
from kg.workspace import Workspace


@pytest.fixture(scope="module")
def extracted_sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with kg.open(tmp_path_factory.mktemp("extracted") / "workspace") as opened:
        opened.ingest("sample", jobs=1)
        yield opened
        opened.stop()


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_a_question_has_an_answer_on_the_sample_as_extracted(extracted_sample: Workspace, name: str) -> None:
    assert extracted_sample.ask(name, lang="sparql").rows
