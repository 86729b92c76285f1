"""How right extractions are: measured against what a careful reader takes from the same articles."""

from kg.eval.compare import changed_errors, differences, read_measured
from kg.eval.gold import Fact, GoldArticle, Report, evaluate, read_gold
from kg.eval.measured import Measured, Tally, Wrong
from kg.eval.page import page
from kg.eval.sets import SETS, measure

__all__ = [
    "SETS",
    "Fact",
    "GoldArticle",
    "Measured",
    "Report",
    "Tally",
    "Wrong",
    "changed_errors",
    "differences",
    "evaluate",
    "measure",
    "page",
    "read_gold",
    "read_measured",
]
