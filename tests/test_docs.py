"""The docs say what the program does."""

import re
import runpy
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_the_page_of_commands_is_what_help_says() -> None:
    make = runpy.run_path(str(ROOT / "docs" / "make.py"))
    assert (ROOT / "docs" / "commands.md").read_text(encoding="utf-8") == make["commands"]()


def test_every_link_of_the_readme_leads_somewhere() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        assert target.startswith("https://") or (ROOT / target).exists(), target


def test_the_readme_shows_what_the_demo_prints() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = text.partition("<!-- demo -->")[2].partition("<!-- /demo -->")[0]
    assert "kg ask who-holds-which-office" in shown
    assert "relations on" in shown
