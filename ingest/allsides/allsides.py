"""What allsides.yaml cannot say: which of its sources are outlets, and what its American dates mean."""

import re
from typing import Any

# "Guest Writer - Left" is a drawer, not an outlet.
_NO_OUTLET = re.compile(r"guest writer\b", re.IGNORECASE)
# One outlet under the names of its sections: "CNN (Web News)", "Newsmax - Opinion".
_SECTION = re.compile(
    r"\s*(?:\((?:web news|online news|online|news|opinion|blog)\)|-\s*(?:news|opinion|editorial))\s*$", re.IGNORECASE
)
_RENAMED = {
    "Fox Online News": "Fox News",
    "Fox News Opinion": "Fox News",
    "NPR Online News": "NPR",
    "NPR Editorial": "NPR",
}
# A few of its dates: 4/21/18
_AMERICAN_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{2})")


def prepare(row: dict[str, Any]) -> dict[str, Any]:
    """A row with the outlet as its publisher and an ISO date."""
    source = _SECTION.sub("", str(row.get("source") or "")).strip()
    return row | {
        "source": "" if _NO_OUTLET.match(source) else _RENAMED.get(source, source),
        "date": _AMERICAN_DATE.sub(lambda m: f"20{m[3]}-{m[1]:0>2}-{m[2]:0>2}", str(row.get("date") or "")),
    }
