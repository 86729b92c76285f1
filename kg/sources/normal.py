"""Dates, addresses and names of authors, from the forms they come in to the one they are kept in."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

_SPACE = re.compile(r"\s+")


def line(value: object) -> str | None:
    """A value as one line of text without needless space; None for what is empty or no text."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    whole = str(value).encode("utf-8", "replace").decode()  # JSON can hold half a character
    return _SPACE.sub(" ", whole).strip() or None


# Dates --------------------------------------------------------------------------------------------------------------

# Not calendar.month_abbr, which speaks the language of the machine.
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED_DATE = re.compile(
    r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s.-]+(?P<month>[A-Za-z]{3,9})\.?|"
    r"(?P<month2>[A-Za-z]{3,9})\.?\s+(?P<day2>\d{1,2})(?:st|nd|rd|th)?)[\s,-]+(?P<year>\d{4})\b",
)
_NUMBERED_DATE = re.compile(r"(?P<year>\d{4})[/.](?P<month>\d{1,2})[/.](?P<day>\d{1,2})\b")
_CLOCK = re.compile(r"^[\s,T]+(\d{1,2}:\d{2}(?::\d{2})?)(?:\.\d+)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?\s*$")
_EPOCH = re.compile(r"\d{10}(?:\d{3})?")


def iso_date(value: object) -> str | None:
    """An ISO 8601 date or date-time (zone kept) of a date with day, month and year; None for all else.

    Numbers are seconds or milliseconds since 1970. "03/04/2031" stays unread: it is two dates.
    """
    text = line(value)
    if text is None:
        return None
    if _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(text[:10]), UTC).isoformat()
    return _iso(text) or _mail_date(text) or _worded(text)


def _iso(text: str) -> str | None:
    if not text[:4].isdecimal() or len(text) < len("20310304"):
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    # A bare midnight is how programs write a date.
    bare = moment.tzinfo is None and (moment.hour, moment.minute, moment.second) == (0, 0, 0)
    return moment.date().isoformat() if bare else moment.isoformat(timespec="seconds")


def _mail_date(text: str) -> str | None:
    if ":" not in text or "," not in text[:5]:
        return None
    try:
        return parsedate_to_datetime(text).isoformat(timespec="seconds")
    except ValueError:
        return None


def _worded(text: str) -> str | None:
    """A day from the date in "Thursday, 4 March 2031, 15:01 GMT"; its clock too, where nothing else follows."""
    found = _NAMED_DATE.search(text) or _NUMBERED_DATE.match(text)
    if found is None:
        return None
    parts = {name.rstrip("2"): part for name, part in found.groupdict().items() if part}
    month = parts["month"]
    try:
        number = int(month) if month.isdecimal() else _MONTHS.index(month[:3].lower()) + 1
        day = date(int(parts["year"]), number, int(parts["day"])).isoformat()
    except ValueError:
        return None
    clock = _CLOCK.match(text[found.end() :])
    if clock is None:
        return day
    zone = clock[2] or ""
    return _iso(f"{day}T{clock[1]:0>5}{'Z' if zone.isalpha() else zone}") or day


# Addresses ----------------------------------------------------------------------------------------------------------

_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|_ga|ocid|cmpid|ref_src|smid|partner")
_DEFAULT_PORTS = {"http": 80, "https": 443}


def canonical_url(value: object) -> str | None:
    """The address without fragment, tracking parameters, credentials and default port; None if it is no web address."""
    text = line(value)
    if text is None:
        return None
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in _DEFAULT_PORTS or not host:
        return None
    place = f"[{host}]" if ":" in host else host
    if port and port != _DEFAULT_PORTS[parts.scheme]:
        place = f"{place}:{port}"
    # "#!" is how single-page sites once wrote their paths.
    fragment = parts.fragment if parts.fragment.startswith("!") else ""
    return urlunsplit((parts.scheme, place, parts.path or "/", _without_tracking(parts.query), fragment))


def _without_tracking(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = [pair for pair in pairs if not _TRACKING.fullmatch(pair[0].lower())]
    # What needs no change is not written anew: "?12345" and "?a" are addresses too.
    return query if len(kept) == len(pairs) else urlencode(kept)


# Authors and languages ----------------------------------------------------------------------------------------------

_BY = re.compile(r"^(?:analysis |opinion )?by[\s:]+|^analysis\s+", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*[;|]\s*|\s*,(?!\s*(?:Jr|Sr|I{2,3}|IV|M\.?D|Ph\.?D)\b)\s*(?:and\s+)?")
_AND = re.compile(r"\s+(?:and|&)\s+")
# What stands beside names in bylines, and what programs leave there.
_NO_NAME = re.compile(
    r"\.com\b|^https?://|\b(?:writer|editor(?:-at-large)?|correspondent|contributor|reporter|columnist|director)\b|"
    r"\b(?:comment|story) count\b|\bpopular tags\b|\bbackgroundurl\b",
    re.IGNORECASE,
)


def authors(value: object) -> tuple[str, ...]:
    """Names from a byline, a list of names or a list of objects with a name; in order, each once."""
    return tuple(dict.fromkeys(name for name in _names(value) if name and not _NO_NAME.search(name)))


def _names(value: object) -> Iterator[str]:
    match value:
        case str():
            for part in _BETWEEN.split(line(value) or ""):
                yield from map(_bare, _apart(_BY.sub("", part)))
        case list() | tuple():
            for one in value:
                # Who writes a list has told the names apart: "Department of Foreign Affairs and Trade" is one.
                yield from [_bare(line(one) or "")] if isinstance(one, str) else _names(one)
        case dict():
            yield from _names([value.get("name")])


def _apart(names: str) -> list[str]:
    """The two of "Mara Quill and Jon Abbas"; but "Trade and Industry" is one, since a person has two names."""
    parts = _AND.split(names)
    return parts if all(" " in part for part in parts) else [names]


def _bare(name: str) -> str:
    return _BY.sub("", name).strip("\"'“” ")


_LANGUAGE = re.compile(r"([a-z]{2})(?:[-_].*)?", re.IGNORECASE)


def language_code(value: object) -> str | None:
    """The ISO 639-1 part of "en", "en-US", "EN_gb"; None for all else."""
    found = _LANGUAGE.fullmatch(line(value) or "")
    return found[1].lower() if found else None
