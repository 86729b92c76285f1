"""What the extraction reaches on own articles may not fall: `floors.json` holds what it reached.

Whoever raises a figure raises its floor: `python -m tests.eval.test_guard` writes the floors anew.
"""

import json
from functools import cache
from pathlib import Path

import pytest

from kg.eval import Measured, own

FLOORS = Path(__file__).with_name("floors.json")
SETS = {"sample": None, "articles": Path(__file__).with_name("articles") / "expected.jsonl"}


@cache
def measured(name: str) -> Measured:
    return own.measure(SETS[name])


def reached(found: Measured) -> dict[str, dict[str, float]]:
    """F1 by section and type, and the headline figures, as the floors hold them."""
    sections = {section: {t: round(tally.f1, 4) for t, tally in rows.items()} for section, rows in found.tables.items()}
    return {"figures": {f"{name} {m}": v for name, row in found.figures.items() for m, v in row.items()}, **sections}


@pytest.mark.parametrize("name", sorted(SETS))
def test_no_figure_falls_below_its_floor(name: str) -> None:
    floors, now = json.loads(FLOORS.read_text("utf-8"))[name], reached(measured(name))
    fallen = {
        f"{section}: {type_}": (floor, now.get(section, {}).get(type_, 0.0))
        for section, rows in floors.items()
        for type_, floor in rows.items()
        if now.get(section, {}).get(type_, 0.0) < floor
    }
    assert not fallen


if __name__ == "__main__":
    written = {name: reached(measured(name)) for name in sorted(SETS)}
    FLOORS.write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")
