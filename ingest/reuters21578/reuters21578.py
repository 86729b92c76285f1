"""What reuters21578.yaml cannot say: where a wire begins, and where its date ends."""

from typing import Any


def prepare(row: dict[str, Any]) -> dict[str, Any]:
    """A row with its dateline before its text, as the wire printed it, and without codes of the teletype."""
    dateline, text = str(row.get("dateline") or ""), str(row.get("text") or "")
    return row | {
        "text": f"{dateline} {text}" if dateline and text else text,
        "date": " ".join(str(row.get("date") or "").partition("&#")[0].split()),
    }
