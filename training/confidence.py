"""How often the claims of each rule are right: writes the factors by which their confidence is corrected.

    python training/confidence.py MEASURED.json… kg/extract/lexicons/confidence.tsv

MEASURED.json is what `kg eval SET FILE --json` wrote, on articles that nobody read while the rules were made; the
confidences in it must be those before correction (an empty confidence.tsv). Same input, same table.
"""

import sys
from collections import defaultdict
from pathlib import Path

from kg.eval import read_measured
from kg.eval.measured import Judged

LEAST = 8
"""Rules with fewer judged claims keep their own word."""

WEIGHT = 4
"""How many claims the rule's own word counts for against what was observed."""

HEAD = "# How often claims of a rule were right on gold: rule, factor of its confidence, claims judged, right ones.\n"


def row(rule: str, judged: list[Judged]) -> str:
    """One line of the table: the observed share, drawn a little towards what the rule says, over what it says."""
    said = sum(one.confidence for one in judged) / len(judged)
    right = sum(one.right for one in judged)
    observed = (right + WEIGHT * said) / (len(judged) + WEIGHT)
    return f"{rule}\t{observed / said:.2f}\t{len(judged)}\t{right}\n"


def main(files: list[str], target: str) -> None:
    """Read the measurements and write the table."""
    by_rule: dict[str, list[Judged]] = defaultdict(list)
    for file in files:
        for one in read_measured(Path(file)).judged:
            if one.type != "STATEMENT":
                by_rule[one.rule].append(one)
    lines = [row(rule, judged) for rule, judged in sorted(by_rule.items()) if len(judged) >= LEAST]
    Path(target).write_text(HEAD + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:-1], sys.argv[-1])
