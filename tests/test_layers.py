"""Data flows one way: a package imports `kg.model` and what stands to its left, never to its right."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "kg"

# From left to right, as the design draws it. What stands on one line may not import each other.
LAYERS = (
    {"errors", "version"},
    {"paths"},
    {"model"},
    {"sources"},
    {"extract"},
    {"ledger"},
    {"resolve"},
    {"store"},
    {"graph"},
    {"query"},
    {"export"},
    {"eval"},
    {"web"},
    {"pipeline"},
    {"workspace"},
    {"cli"},
    {"__main__"},
)
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names}


def imports(path: Path) -> Iterator[str]:
    """The parts of `kg` that a file imports, inside functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "kg":
            parts = node.module.split(".")
            yield from [parts[1]] if len(parts) > 1 else [alias.name for alias in node.names]
        elif isinstance(node, ast.Import):
            yield from (alias.name.split(".")[1] for alias in node.names if alias.name.startswith("kg."))


def part_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_part_imports_only_what_stands_to_its_left(path: Path) -> None:
    own = part_of(path)
    if own == "__init__":
        return  # the front door opens the workspace, lazily
    wrong = {name for name in imports(path) if name != own and RANK[name] >= RANK[own]}
    assert not wrong, f"{own} imports {sorted(wrong)}, which stand to its right"


def test_every_part_has_its_place() -> None:
    parts = {part_of(path) for path in PACKAGE.rglob("*.py")} - {"__init__"}
    assert parts <= set(RANK)


def test_nothing_at_run_time_imports_what_only_development_needs() -> None:
    for path in PACKAGE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert "linkml" not in text.replace("LinkML", ""), path
        assert "import pytest" not in text, path
