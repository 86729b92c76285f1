"""What changed between two measurements of one set."""

from pathlib import Path

import msgspec

from kg.errors import SourceError, UsageError
from kg.eval.measured import Measured, Tally, Wrong
from kg.eval.rows import text_of

Row = tuple[str, str, str, str, str]
"""What (figure or section and type), measure, before, after, and by how much it rose."""


def read_measured(path: Path) -> Measured:
    """A measurement as `kg eval --json` wrote it; raises `SourceError` where the file holds none."""
    try:
        return msgspec.json.decode(text_of(path), type=Measured)
    except msgspec.MsgspecError as error:
        raise SourceError(f"{path} is no measurement that `kg eval --json` wrote: {error}.") from error


def differences(before: Measured, after: Measured) -> list[Row]:
    """Every figure, and the F1 of every type that changed; raises `UsageError` for two different sets."""
    if before.set != after.set:
        raise UsageError(f"Only measurements of one set compare: these are of {before.set} and of {after.set}.")
    rows = [
        _row(name, measure, before.figures.get(name, {}).get(measure, 0.0), value)
        for name, figures in after.figures.items()
        for measure, value in figures.items()
    ]
    for section in sorted({*before.tables, *after.tables}):
        old, new = before.tables.get(section, {}), after.tables.get(section, {})
        for type_ in sorted({*old, *new}):
            a, b = old.get(type_, Tally()), new.get(type_, Tally())
            if a != b:
                rows.append(_tally_row(f"{section}: {type_}", a, b))
    return rows


def _row(what: str, measure: str, old: float, new: float) -> Row:
    return what, measure, f"{old:.4f}", f"{new:.4f}", f"{new - old:+.4f}"


def _tally_row(what: str, old: Tally, new: Tally) -> Row:
    counts = [f"{t.found} found, {t.extra} extra, {t.missing} missing" for t in (old, new)]
    return what, "F1", f"{old.f1:.4f} ({counts[0]})", f"{new.f1:.4f} ({counts[1]})", f"{new.f1 - old.f1:+.4f}"


def changed_errors(before: Measured, after: Measured) -> tuple[list[Wrong], list[Wrong]]:
    """The errors that are new, and those that are gone."""
    old, new = ({(w.article, w.verdict, w.type, w.what) for w in m.wrong} for m in (before, after))
    return (
        [w for w in after.wrong if (w.article, w.verdict, w.type, w.what) not in old],
        [w for w in before.wrong if (w.article, w.verdict, w.type, w.what) not in new],
    )
