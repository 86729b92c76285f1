"""Makes the pictures of docs/neo4j.md: the real Neo4j Browser, on the sample, through headless Chromium.

Usage: kg --workspace W ingest sample; kg --workspace W neo4j start; python docs/neo4j_pictures.py W
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Locator, Page, sync_playwright

from kg.store import neo4j_server
from kg.store.neo4j_server import Running
from kg.web import neo4j_local

FOLDER = Path(__file__).parent / "neo4j"
CHROMIUM = "/usr/bin/chromium"
SETTLED = 10_000  # milliseconds until the nodes have found their places
PATIENCE = 120_000
CLAIM = "circle.b-outline[fill='#ECEFF3']"
"""A claim, by its colour in the schema."""


def main(workspace: Path) -> int:
    """Take all pictures; returns the exit status."""
    server = neo4j_server.running(workspace / "neo4j")
    if server is None:
        print("No Neo4j runs there; start one with: kg neo4j start", file=sys.stderr)
        return 1
    FOLDER.mkdir(exist_ok=True)
    with browser_page() as page:
        take_guide(page, server)
        take_picture(page, server)
        take_sentence(page, server)
    return 0


@contextmanager
def browser_page() -> Iterator[Page]:
    """An empty page in Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1360, "height": 860})
        page.set_default_timeout(PATIENCE)
        yield page
        browser.close()


def take_guide(page: Page, server: Running) -> None:
    """The guide open at a question, whose query was clicked and run."""
    frame = answer(page, server, 4)
    frame.get_by_title("Collapse the node properties display").click()
    rest(page, frame)
    page.screenshot(path=FOLDER / "guide.png")


def take_picture(page: Page, server: Running) -> None:
    """The default picture, as large as the window."""
    fill(page, answer(page, server, 1))
    page.screenshot(path=FOLDER / "picture.png")


def take_sentence(page: Page, server: Running) -> None:
    """A claim clicked: its sentence stands beside the picture."""
    frame = answer(page, server, 5)
    fill(page, frame)
    frame.locator("g.node").filter(has=page.locator(CLAIM)).first.click()
    page.wait_for_timeout(1_000)
    page.screenshot(path=FOLDER / "sentence.png")


def answer(page: Page, server: Running, question: int) -> Locator:
    """Open Browser, click the query of a question of the guide and run it; the frame with its picture."""
    page.goto(neo4j_local.link(server))
    page.get_by_text("Your news as a graph").first.wait_for()
    heading = page.locator(f"h3:has-text('{question}. ')")
    while not heading.count():
        page.get_by_test_id("guideNextSlide").click()
    page.locator("pre.runnable").first.click()
    page.get_by_test_id("editor-Run").first.click()
    frame = page.locator("article").filter(has=page.locator("svg g.node")).first
    frame.wait_for()
    return frame


def fill(page: Page, frame: Locator) -> None:
    """Let a frame fill the window."""
    frame.get_by_title("Fullscreen").click()
    rest(page, frame)


def rest(page: Page, frame: Locator) -> None:
    """Wait until the nodes have found their places, then show all of them as large as they fit."""
    page.wait_for_timeout(SETTLED)
    frame.get_by_label("zoom-to-fit").click()
    page.wait_for_timeout(SETTLED // 4)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
