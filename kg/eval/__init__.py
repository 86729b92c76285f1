"""How right extractions are: measured against what a careful reader takes from the same articles."""

from kg.eval.gold import Fact, GoldArticle, Report, Tally, evaluate, read_gold

__all__ = ["Fact", "GoldArticle", "Report", "Tally", "evaluate", "read_gold"]
