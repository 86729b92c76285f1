"""Run the benchmarks and write docs/benchmarks.md: `python bench/run.py ARTICLES [--only PART]`."""

import argparse
import platform
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import loading
import memory
import questions
import servers
import speed
from measure import processors

if TYPE_CHECKING:
    from collections.abc import Callable

TARGET = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"
_HEAD = "# Benchmarks\n\nMade by `make bench`; see `bench/README.md` for what each part does.\n"


def main() -> None:
    """Measure what was asked for, and put each part's section in its place; other sections stay as they are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=Path, help="the allsides_6000 file")
    parser.add_argument("--only", choices=("speed", "memory", "loading", "questions", "servers"), action="append")
    parser.add_argument("--counts", default="200,2000,6000", help="numbers of articles for the memory part")
    parser.add_argument("--speed-count", type=int, default=500)
    parser.add_argument("--workspace", type=Path, help="for loading, questions and servers: one that is filled")
    options = parser.parse_args()
    counts = [int(count) for count in options.counts.split(",")]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        filled = options.workspace or folder / f"memory-{counts[-1]}"
        parts: dict[str, Callable[[], list[str]]] = {
            "memory": lambda: memory.table(options.articles.resolve(), counts, folder),
            "loading": lambda: loading.table(filled),
            "questions": lambda: questions.table(filled),
            "servers": lambda: servers.table(filled),
            "speed": lambda: speed.table(options.articles.resolve(), options.speed_count, folder),
        }
        for part, measure in parts.items():
            if not options.only or part in options.only:
                write(part, measure())


def write(part: str, lines: list[str]) -> None:
    """Put one part's lines under its heading in docs/benchmarks.md."""
    text = TARGET.read_text(encoding="utf-8") if TARGET.exists() else _HEAD
    sections = dict(section.partition("\n")[::2] for section in text.split("\n## ")[1:])
    machine = f"{processors()} processors, Python {platform.python_version()}"
    sections[part.capitalize()] = f"\n{machine}. " + "\n".join(lines).strip() + "\n"
    body = "\n".join(f"## {name}\n{text.rstrip()}\n" for name, text in sorted(sections.items()))
    TARGET.write_text(f"{_HEAD}\n{body}", encoding="utf-8")
    print("\n".join([f"## {part}", *lines]))


if __name__ == "__main__":
    main()
