"""Makes all that follows from the schema files; with --check changes nothing and only says what is stale.

Usage: python schemas/generate.py [--check]
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # run as a script from a checkout, where `schemas` is not installed

from schemas.generators.cypher import constraints  # noqa: E402
from schemas.generators.grass import grass  # noqa: E402
from schemas.generators.jsonld import context  # noqa: E402
from schemas.generators.owl import owl  # noqa: E402
from schemas.generators.python import python  # noqa: E402
from schemas.generators.reading import read  # noqa: E402
from schemas.generators.reference import reference  # noqa: E402
from schemas.generators.shacl import shacl  # noqa: E402

GENERATORS = {
    "kg/model/ontology.py": python,
    "schemas/ontology.ttl": owl,
    "schemas/shapes.ttl": shacl,
    "schemas/context.jsonld": context,
    "schemas/neo4j/constraints.cypher": constraints,
    "schemas/neo4j/kg.grass": grass,
    "docs/reference/ontology.md": reference,
}


def generated(root: Path) -> dict[str, str]:
    """Path below the repository and text of every generated file, from the schema below `root`."""
    ontology = read(root / "schemas/newskg.yaml")
    return {path: generate(ontology) for path, generate in GENERATORS.items()}


def stale(root: Path, files: dict[str, str]) -> list[str]:
    """The paths whose file is missing or not what would be generated."""
    return [p for p, text in files.items() if not (root / p).is_file() or (root / p).read_text("utf-8") != text]


def main(arguments: list[str]) -> int:
    """Write the files, or with --check compare them; returns the exit status."""
    if arguments not in ([], ["--check"]):
        print("Usage: python schemas/generate.py [--check]", file=sys.stderr)
        return 2
    files = generated(ROOT)
    if arguments:
        return _report(stale(ROOT, files))
    for path, text in files.items():
        (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / path).write_text(text, encoding="utf-8")
    return 0


def _report(paths: list[str]) -> int:
    if paths:
        verb = "is" if len(paths) == 1 else "are"
        print(f"{' and '.join(paths)} {verb} not as the schema says; run python schemas/generate.py.", file=sys.stderr)
    return 1 if paths else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
