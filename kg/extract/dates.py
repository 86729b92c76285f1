"""Times as they are written in news, and what they come to.

    expressions(text)                  ->  where a time is written, each with how to resolve it
    expression.resolve(anchor, tense)  ->  Time; unresolved where the text and the anchor do not tell

The anchor is the day of publication. In the past tense a weekday is the latest such day up to the anchor, in the
future tense the first after it: what a reader of the paper takes it for.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from kg.extract.lexicon import rows
from kg.model import Time

_ORDER = ("first", "second", "third", "fourth")


class Range(NamedTuple):
    """What a time comes to: first and last day, as EDTF, with its precision, and whether the anchor was needed."""

    earliest: date
    latest: date
    edtf: str
    precision: str
    anchored: bool = True


class Expression(NamedTuple):
    """A time as written, code points [start, end), with the reading of its pattern."""

    start: int
    end: int
    text: str
    match: "re.Match[str]"
    reading: Callable[["re.Match[str]", date | None, str], Range | None]

    def resolve(self, anchor: date | None, tense: str) -> Time:
        """The time, with `tense` "past" or "future" deciding which of two weekdays or dates is meant."""
        found = self.reading(self.match, anchor, tense)
        if found is None:
            return Time(text=self.text)
        return Time(
            text=self.text,
            edtf=found.edtf,
            earliest=found.earliest.isoformat(),
            latest=found.latest.isoformat(),
            anchor=anchor.isoformat() if found.anchored and anchor is not None else None,
            precision=found.precision,
        )


def expressions(text: str) -> Iterator[Expression]:
    """Every time in a text, in order, the longest reading first; none inside another."""
    found = sorted(
        (
            Expression(m.start(), m.end(), m.group(), m, reading)
            for pattern, reading in _PATTERNS
            for m in pattern.finditer(text)
        ),
        key=lambda e: (e.start, -e.end),
    )
    end = -1
    for expression in found:
        if expression.start >= end:
            yield expression
            end = expression.end


def parse_day(text: str | None) -> date | None:
    """The day of an ISO date or date-time; null where it names no day."""
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def _day(day: date, *, anchored: bool = True) -> Range:
    return Range(day, day, day.isoformat(), "day", anchored)


def _month(year: int, month: int, *, anchored: bool) -> Range:
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return Range(date(year, month, 1), last, f"{year:04}-{month:02}", "month", anchored)


def _year(year: int, *, anchored: bool) -> Range:
    return Range(date(year, 1, 1), date(year, 12, 31), f"{year:04}", "year", anchored)


def _quarter(year: int, quarter: int, *, anchored: bool) -> Range:
    first, last = _month(year, 3 * quarter - 2, anchored=anchored), _month(year, 3 * quarter, anchored=anchored)
    return Range(first.earliest, last.latest, f"{year:04}-{32 + quarter}", "quarter", anchored)


def _span(first: date, last: date, precision: str) -> Range:
    return Range(first, last, f"{first.isoformat()}/{last.isoformat()}", precision)


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _weekday(match: "re.Match[str]", anchor: date | None, tense: str) -> Range | None:
    if anchor is None:
        return None
    wanted = _WEEKDAYS[match["day"].lower()[:3]]
    which = (match["which"] or "").lower()
    back = (anchor.weekday() - wanted) % 7
    if which == "next" or (not which and tense == "future"):
        return _day(anchor + timedelta(days=7 - back))
    if which == "this":
        return _day(anchor + timedelta(days=wanted - anchor.weekday()))
    return _day(anchor - timedelta(days=back or 7 if which in {"last", "past"} else back))


def _near_day(match: "re.Match[str]", anchor: date | None, _tense: str) -> Range | None:
    shift = {"yesterday": -1, "last night": -1, "tomorrow": 1}.get(" ".join(match.group().lower().split()), 0)
    return None if anchor is None else _day(anchor + timedelta(days=shift))


def _period(match: "re.Match[str]", anchor: date | None, _tense: str) -> Range | None:
    """Read "earlier this week", "last month", "next year": an interval up to the anchor where it says "earlier"."""
    if anchor is None:
        return None
    shift = {"this": 0, "next": 1}.get(match["which"].lower(), -1)
    whole = _unit(match["unit"].lower(), anchor, shift)
    part = (match["part"] or "").lower()
    if part == "earlier" and whole.earliest < anchor:
        return _span(whole.earliest, min(anchor, whole.latest), "interval")
    if part == "later" and whole.latest > anchor:
        return _span(max(anchor, whole.earliest), whole.latest, "interval")
    return whole


def _unit(unit: str, anchor: date, shift: int) -> Range:
    if unit in {"week", "weekend"}:
        monday = anchor - timedelta(days=anchor.weekday()) + timedelta(days=7 * shift)
        first = monday + timedelta(days=5 if unit == "weekend" else 0)
        return _span(first, monday + timedelta(days=6), "interval" if unit == "weekend" else "week")
    if unit == "month":
        months = anchor.year * 12 + anchor.month - 1 + shift
        return _month(months // 12, months % 12 + 1, anchored=True)
    if unit == "quarter":
        quarters = anchor.year * 4 + (anchor.month - 1) // 3 + shift
        return _quarter(quarters // 4, quarters % 4 + 1, anchored=True)
    return _year(anchor.year + shift, anchored=True)


def _ago(match: "re.Match[str]", anchor: date | None, _tense: str) -> Range | None:
    number = _number(match["number"].lower())
    if anchor is None or number is None:
        return None
    unit = match["unit"].lower()
    if unit == "day":
        return _day(anchor - timedelta(days=number))
    return _unit(unit, anchor, -number) if number < anchor.year else None


def _number(word: str) -> int | None:
    return int(word) if word.isdigit() else _NUMBERS.get(word)


def _explicit(match: "re.Match[str]", anchor: date | None, tense: str) -> Range | None:
    """Read "April 24, 2025", or without the year, which then is the one nearest to the anchor that the tense allows."""
    month, day = _MONTHS[match["month"].lower()[:3]], int(match["dom"])
    if match["year"]:
        whole = _safe(int(match["year"]), month, day)
        return None if whole is None else _day(whole, anchored=False)
    if anchor is None:
        return None
    days = [d for y in (-1, 0, 1) if (d := _safe(anchor.year + y, month, day)) is not None]
    allowed = [d for d in days if (d >= anchor if tense == "future" else d <= anchor)] or days
    return _day(min(allowed, key=lambda d: abs(d - anchor))) if allowed else None


def _iso(match: "re.Match[str]", _anchor: date | None, _tense: str) -> Range | None:
    day = _safe(int(match["year"]), int(match["month"]), int(match["dom"]))
    return None if day is None else _day(day, anchored=False)


def _month_of(match: "re.Match[str]", anchor: date | None, tense: str) -> Range | None:
    month = _MONTHS[match["month"].lower()[:3]]
    if match["year"]:
        return _month(int(match["year"]), month, anchored=False)
    if anchor is None:
        return None
    which = (match["which"] or "").lower()
    forward = which == "next" or (not which and tense == "future")
    strict = which in {"next", "last"}
    later = month > anchor.month or (month == anchor.month and not strict)
    earlier = month < anchor.month or (month == anchor.month and not strict)
    if forward:
        return _month(anchor.year if later else anchor.year + 1, month, anchored=True)
    return _month(anchor.year if earlier else anchor.year - 1, month, anchored=True)


def _quarter_of(match: "re.Match[str]", anchor: date | None, _tense: str) -> Range | None:
    word = (match["quarter"] or match["short"]).lower()
    quarter = int(word[-1]) if word[-1].isdigit() else _ORDER.index(word) + 1
    if match["year"]:
        return _quarter(int(match["year"]), quarter, anchored=False)
    if anchor is None:
        return None
    return _quarter(anchor.year if 3 * quarter - 2 <= anchor.month else anchor.year - 1, quarter, anchored=True)


def _year_of(match: "re.Match[str]", _anchor: date | None, _tense: str) -> Range:
    return _year(int(match["year"]), anchored=False)


def _decade(match: "re.Match[str]", _anchor: date | None, _tense: str) -> Range:
    start = int(match["year"])
    return Range(date(start, 1, 1), date(start + 9, 12, 31), f"{start // 10}X", "decade", anchored=False)


def _vague(_match: "re.Match[str]", _anchor: date | None, _tense: str) -> None:
    return None


_WEEKDAYS = {row[1][:3].lower(): int(row[2]) for row in rows("calendar.tsv") if row[0] == "weekday"}
_MONTHS = {row[1][:3].lower(): int(row[2]) for row in rows("calendar.tsv") if row[0] == "month"}
_NUMBERS = {row[1]: int(row[2]) for row in rows("calendar.tsv") if row[0] == "number"}


def _names(kind: str) -> str:
    names = sorted((row[1] for row in rows("calendar.tsv") if row[0] == kind), key=len, reverse=True)
    return "|".join(re.escape(name) for name in names)


_M, _W, _Y = _names("month"), _names("weekday"), r"(?:1[5-9]|20)\d\d"
_PARTS, _UNIT_NAMES = "[Ee]arlier|[Ll]ater|[Ee]arly|[Ll]ate", "week|weekend|month|quarter|year"
_PART_OF_DAY = r"(?: (?:morning|afternoon|evening|night))?"
_AFTER = (
    "(?:"
    + "|".join(rf"(?<=\b{word} )" for word in ("in", "In", "since", "Since", "until", "by", "during", "from"))
    + ")"
)
# Lines of wires end anywhere, so any space may be a line's end.
_PATTERNS = tuple(
    (re.compile(pattern.replace(" ", r"\s")), reading)
    for pattern, reading in (
        (rf"\b(?:(?P<which>[Ll]ast|[Nn]ext|[Tt]his|[Pp]ast) )?(?P<day>{_W})(?!\w|['’]s [A-Z]){_PART_OF_DAY}", _weekday),
        (
            r"\b(?:[Yy]esterday|[Tt]oday|[Tt]onight|[Tt]omorrow|[Ll]ast night|[Tt]his (?:morning|afternoon|evening))\b",
            _near_day,
        ),
        (
            rf"\b(?:(?P<part>{_PARTS}) )?(?P<which>[Tt]his|[Ll]ast|[Nn]ext|[Pp]ast) (?P<unit>{_UNIT_NAMES})\b",
            _period,
        ),
        (rf"\b(?P<number>\d{{1,3}}|[Aa]n?|{_names('number')}) (?P<unit>day|week|month|year)s? ago\b", _ago),
        (rf"\b(?P<month>{_M})\.? (?P<dom>[0-3]?\d)(?:st|nd|rd|th)?(?:,? (?P<year>{_Y}))?(?!\d)(?![-–/]\d)", _explicit),
        (rf"\b(?P<dom>[0-3]?\d)(?:st|nd|rd|th)?(?: of)? (?P<month>{_M})\b\.?(?:,? (?P<year>{_Y})\b)?", _explicit),
        (rf"\b(?P<year>{_Y})-(?P<month>[01]\d)-(?P<dom>[0-3]\d)\b", _iso),
        (
            rf"\b(?P<which>)(?P<month>{_M})\.?,? (?:of )?(?P<year>{_Y})\b",
            _month_of,
        ),
        (
            rf"\b(?={_M}){_AFTER}(?P<which>)(?P<month>{_M})(?P<year>)\b(?! \d)",
            _month_of,
        ),
        (rf"\b(?P<which>[Ll]ast|[Nn]ext|[Tt]his) (?P<month>{_M})(?P<year>)\b", _month_of),
        (
            rf"\b(?:the )?(?:(?P<quarter>{'|'.join(_ORDER)}) quarter|(?P<short>Q[1-4]))(?: of)?(?: (?P<year>{_Y}))?\b",
            _quarter_of,
        ),
        (
            rf"\b(?={_Y}){_AFTER}(?P<year>{_Y})\b(?![-,]\d|\.\d| [a-z]+s\b)",
            _year_of,
        ),
        (r"\b(?:the )(?P<year>(?:1[5-9]|20)\d0)s\b", _decade),
        (r"\b(?:[Rr]ecently|[Ll]ately|[Ii]n recent (?:days|weeks|months|years))\b", _vague),
    )
)
