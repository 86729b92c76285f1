"""What the rules read, in words."""

from collections.abc import Callable

from kg.extract.rules import meaning
from kg.model import Extraction

NEWS = (
    "OSLO, March 4 (Reuters) - Norway will impose a 20 percent tariff on cocoa from Ghana, minister Ana Kerr said. "
    "Kerr met Ola Brandt, chief executive of Lorne Cells Ltd, at a press conference in Oslo on Monday. "
    "Shares in Lorne Cells fell 3 percent. Norvik Holdings Ltd agreed to buy Lorne Cells. Kerr backed the deal."
)


def test_every_rule_that_finds_something_has_a_meaning(extracted: Callable[..., Extraction]) -> None:
    found = extracted(NEWS, publisher="The Post", authors=("Una Marsh",))
    rules = {claim.rule for claim in found.relations} | {s.rule for s in found.statements}
    assert len(rules) >= 10
    assert {rule for rule in rules if not meaning(rule)} == set()


def test_a_pattern_says_its_words_and_where_its_ends_stand() -> None:
    assert meaning("action.meets") == "the verb meet: from its subject to its object or “with”"
    assert meaning("action.reaches_out") == "the verb reach and “out”: from its subject to “to”"


def test_the_longest_name_counts() -> None:
    assert meaning("policy.cut") == "a verb or noun of lowering with a policy as its object"
    assert meaning("policy.possessor") == "a noun that names a policy, with whose it is and on whom"
    assert meaning("no.such_rule") == ""
