"""Confidence as observed: of each rule, and never more than what a claim follows from."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from kg.extract import calibration
from kg.extract.calibration import find
from kg.extract.draft import Draft, DraftClaim
from kg.extract.lexicon import rows
from kg.extract.rules import meaning
from kg.model import Extraction


def test_the_table_names_rules_that_there_are_with_what_was_counted() -> None:
    for rule, factor, judged, right in rows("confidence.tsv"):
        assert meaning(rule), rule
        assert 0.3 < float(factor) < 2.0
        assert 0 <= int(right) <= int(judged)


def test_a_rule_is_as_sure_as_it_was_right(drafted: Callable[..., Draft]) -> None:
    before = drafted("Treasurer Ana Kerr of Norway met Ola Brandt in Oslo.", until="calibration")
    said = {id(c): c.confidence for c in before.claims}
    find(before)
    factors = {row[0]: float(row[1]) for row in rows("confidence.tsv")}
    plain = [c for c in before.claims if not c.premises]
    assert plain
    for claim in plain:
        assert claim.confidence == min(0.99, said[id(claim)] * factors.get(claim.rule, 1.0))


def test_what_is_inferred_is_no_surer_than_its_premises(extracted: Callable[..., Extraction]) -> None:
    found = extracted("Norway's Prime Minister Ana Kerr met Ghana's President Ola Brandt in Oslo on Monday.")
    sure = {claim.id: claim.confidence for claim in found.relations}
    inferred = [claim for claim in found.relations if claim.inferred]
    assert inferred
    for claim in inferred:
        assert claim.confidence <= min(sure[premise] for premise in claim.premises)


@given(st.lists(st.floats(0.01, 1.0), min_size=1, max_size=5))
def test_correcting_keeps_confidences_between_nothing_and_sure(confidences: list[float]) -> None:
    draft = type("D", (), {"claims": [DraftClaim("MEETS", None, None, 0, 1, c, "r") for c in confidences]})()  # type: ignore[arg-type]
    calibration.find(draft)
    assert all(0 < claim.confidence <= 0.99 for claim in draft.claims)
