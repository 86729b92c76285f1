"""Write the parts of the docs that come from the program itself: `python docs/make.py [--check]`.

`docs/commands.md` is what `--help` says; the block in README.md between the `demo` marks is what `kg demo` prints.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMMANDS = ROOT / "docs" / "commands.md"
README = ROOT / "README.md"
_DEMO = re.compile(r"(?<=<!-- demo -->\n).*?(?=<!-- /demo -->)", re.DOTALL)
_WORKSPACE = "demo-workspace"


def kg(*arguments: str, folder: Path = ROOT) -> str:
    """What a command prints on a terminal of 80 columns."""
    environment = os.environ | {"COLUMNS": "80"}
    command = [sys.executable, "-m", "kg", *arguments]
    text = subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, check=True).stdout
    return "\n".join(line.rstrip() for line in text.splitlines()).strip() + "\n"


def commands() -> str:
    """The page of all commands, in the order of `kg --help`."""
    top = kg("--help")
    parts = ["# Commands\n\nMade by `make docs` from what `--help` says.\n", f"```text\n{top}```\n"]
    for name in _listed(top):
        own = kg(name, "--help")
        parts.append(f"## kg {name}\n\n```text\n{own}```\n")
        parts += [f"### kg {name} {sub}\n\n```text\n{kg(name, sub, '--help')}```\n" for sub in _listed(own)]
    return "\n".join(parts)


def _listed(text: str) -> list[str]:
    """The commands that a `--help` lists."""
    return re.findall(r"^  (\w+)  ", text.partition("Commands:\n")[2], re.MULTILINE)


def readme() -> str:
    """README.md with what the demo prints now."""
    with tempfile.TemporaryDirectory() as name:
        shown = kg("--workspace", _WORKSPACE, "demo", folder=Path(name))
        kg("--workspace", _WORKSPACE, "stop", folder=Path(name))
    return _DEMO.sub(lambda _: f"```text\n{shown}```\n", README.read_text(encoding="utf-8"))


def main() -> int:
    """Write both, or with `--check` say which is not as it would be written."""
    wanted = {COMMANDS: commands(), README: readme()}
    for path, text in wanted.items():
        if "--check" not in sys.argv:
            path.write_text(text, encoding="utf-8")
        elif path.read_text(encoding="utf-8") != text:
            print(f"{path.relative_to(ROOT)} is not what the program says now; run: make docs")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
