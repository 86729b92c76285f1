"""The parts of an article that are no prose: headline, byline, dateline, labels, credits, footers."""

import re
from collections.abc import Iterator

from kg.extract.boundaries import labels
from kg.extract.draft import Draft, Zone

_NAME = r"[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]*){1,3}"
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("byline", re.compile(rf"(?m)^[ \t]*(?:By|BY|Written by|Posted by) {_NAME}(?:(?:,| and|;| in| for) .{{0,80}})?$")),
    ("byline", re.compile(rf"(?m)\b(?:Author|Autor)s?: ?[^\n]{{2,90}}$|\bEditor: ?{_NAME}\s*$")),
    # Initials and the agencies they worked from: "mz/msh (AFP, dpa)".
    (
        "byline",
        re.compile(r"(?m)(?<=[\s.”\"])[a-z]{2,5}(?:/[a-z]{2,5}){0,3} ?\((?:[A-Za-z-]+(?:, ?| and |/| )?){1,8}\)\s*$"),
    ),
    ("byline", re.compile(r"(?m)(?<=[.”\"] )(?:[A-Za-z]{2,12},? ?){1,4}\([a-z]{2,5}(?:/[a-z]{2,5})*\)\s*$")),
    (
        "credit",
        re.compile(
            r"(?m)^[ \t]*(?:Image|Photo|Picture|Video|Photograph|Featured image|Photos|Images)(?: credit)?s?"
            r"(?::| via| by| courtesy| from| source)[^\n]{1,120}$"
        ),
    ),
    (
        "credit",
        re.compile(
            r"[(\[]?(?:Additional |Further )?(?:[Rr]eporting|[Ww]riting|[Ee]diting|[Cc]ompiled|REPORTING) by "
            r"[^()\n]{3,250}[)\]]?\s*$",
            re.MULTILINE,
        ),
    ),
    ("credit", re.compile(r"(?m)^[ \t]*(?:Reuter|REUTER|Reuters)[ \t\x03]*$")),
    ("credit", re.compile(r"(?m)\((?:Photo|Image|Getty|AP Photo|Reuters/)[^()\n]{0,80}\)")),
    (
        "footer",
        re.compile(
            r"(?m)^[ \t]*(?:Disclaimer\b|This (?:article|story|content|post|report) (?:was|is|has|originally|first)\b"
            r"|Sign up\b|Subscribe\b|Read (?:[Mm]ore|[Nn]ext|the full)\b|Follow (?:us|him|her|@)|Click here\b"
            r"|All rights reserved|Copyright\b|©|\(c\) ?\d{4}|See also\b|Related\b|ADVERTISEMENT|Also [Rr]ead\b"
            r"|Watch:|Don't miss\b|Market News and Data|Story Continued Below|Story continues below|Advertisement\b"
            r"|Get the Monitor\b|\( ?Also on\b|CLICK HERE\b|READ MORE\b|More On This|Newsletter Sign Up|Sign Up\b"
            r"|Content created by\b|Continue reading\b|Please update your|Media playback is\b|We will never share\b"
            r"|By signing up\b|You agree to\b|Privacy Policy|Terms of Service|You must be at least)[^\n]*$"
        ),
    ),
    # A link to another story, run into the line: "Mensah wins the vote Read more".
    ("footer", re.compile(r"(?m)^[^\n]{10,200}(?<![.!?”\"]) Read more[ \t]*$")),
    # What stands before a caption: "Enlarge this image toggle caption Ada Mensah/AP Ada Mensah/AP".
    (
        "credit",
        re.compile(
            r"(?m)^[ \t]*(?:Enlarge this image\b[^\n]*|Image copyright\b[^\n]*?Image caption"
            r"|Facebook Twitter Pinterest)"
        ),
    ),
)
_DATELINE = re.compile(
    r"(?m)^[ \t]*(?P<place>[A-Z][A-Z .’'-]{2,30}(?:, [A-Z][\w. ]{1,20})?(?:, [A-Z][a-z]{2,8}\.? \d{1,2})?)"
    r"(?: ?\([^()\n]{2,40}\))? ?[-–—]{1,2} "
    r"|^[ \t]*[A-Z][\w.’' ,/-]{2,40} \((?:[A-Z][\w .]{1,30})\) ?[-–—]{1,2} ",
)
_STOPS = ".!?:;,”\"’')"
_LONGEST_HEADLINE, _LONGEST_SUBHEADING = 160, 90


def find(draft: Draft) -> None:
    """Set `draft.zones`, in the order of the text; a token is in one zone at most, the first that claims it."""
    taken: set[int] = set()
    zones = []
    for kind, lo, hi in _spans(draft):
        start, end = _tokens(draft, lo, hi)
        if start < end and taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            zones.append(Zone(kind, start, end))
    draft.zones = sorted(zones, key=lambda zone: zone.start)


def _spans(draft: Draft) -> Iterator[tuple[str, int, int]]:
    text = draft.parse.text
    for lo, hi in labels(text):
        yield "label", lo, hi
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            yield kind, *match.span()
    for match in _DATELINE.finditer(text):
        yield "dateline", *match.span()
    yield from _headline(draft)
    yield from _subheadings(draft)


def _headline(draft: Draft) -> Iterator[tuple[str, int, int]]:
    parse, title = draft.parse, draft.article.metadata.title
    if not parse.paragraphs:
        return
    first, end = parse.offsets(*parse.paragraphs[0])
    if title and parse.text.startswith(title, first):
        yield "headline", first, first + len(title)
    elif end - first <= _LONGEST_HEADLINE and parse.text[end - 1] not in _STOPS and len(parse.paragraphs) > 1:
        yield "headline", first, end


def _subheadings(draft: Draft) -> Iterator[tuple[str, int, int]]:
    """Short lines without a stop between paragraphs, most words with a capital."""
    parse = draft.parse
    for start, end in parse.paragraphs[1:]:
        lo, hi = parse.offsets(start, end)
        words = [w for w in parse.words[start:end] if len(w) > 3]  # noqa: PLR2004 - small words are small in any heading
        if (
            hi - lo < _LONGEST_SUBHEADING
            and words
            and parse.text[hi - 1] not in _STOPS
            and sum(w[0].isupper() for w in words) > 0.7 * len(words)
        ):
            yield "headline", lo, hi


def _tokens(draft: Draft, lo: int, hi: int) -> tuple[int, int]:
    parse = draft.parse
    if not len(parse) or lo >= hi:
        return 0, 0
    start, end = parse.token_at(lo), parse.token_at(hi - 1) + 1
    return (start if parse.starts[start] >= lo else start + 1), end
