"""What a claim of ``claims.yaml`` would need: conditions, each of its kind."""

from fractions import Fraction
from math import isfinite

from liftproof.reviews.files.yaml_file import Entry, YamlFile
from liftproof.reviews.model.claim import CERTAINTIES, POINTS, REDUCTION, WHOLE, Point
from liftproof.suggest import did_you_mean


def number(text: str) -> float | None:
    """Return a decimal or a fraction such as 1/3; None where it is neither."""
    try:
        value = float(Fraction(text))
    except (ValueError, ZeroDivisionError, OverflowError):
        return None
    return value if isfinite(value) else None


def point(file: YamlFile, entry: Entry | None) -> Point | None:
    """Return the condition on the estimate: one, a number, of a reduction a percentage."""
    if entry is None:
        return None
    before = len(file.problems)
    found = file.entries(entry.node, POINTS, "point")
    if not found and len(file.problems) == before:
        file.report("point", entry.line, "no condition", "", "write such as {below: 0.5}")
    if len(found) > 1:
        file.report("point", entry.line, "two conditions", "", "keep one of them")
    points = [(each.key, _value(file, each)) for each in found.values()]
    return next(
        (Point(kind=kind, value=value) for kind, value in points if value is not None), None
    )


def _value(file: YamlFile, entry: Entry) -> float | None:
    before = len(file.problems)
    typed = file.string(entry)
    value = number(typed)
    if len(file.problems) > before:
        return None
    if value is None:
        file.report(entry.key, entry.line, "not a number", typed, "write such as 0.5 or 1/3")
    elif entry.key == REDUCTION and not 1 <= value < WHOLE:
        file.report(entry.key, entry.line, "not a percentage", typed, "write such as 66")
    return value


def certainty(file: YamlFile, entry: Entry | None) -> tuple[str, ...]:
    """Return the ways in which a claim has to be certain."""
    values = file.strings(entry) if entry else []
    for text, line in values:
        if text not in CERTAINTIES:
            remedy = did_you_mean(text, CERTAINTIES)
            file.report("certainty", line, "an unknown kind of certainty", text, remedy)
    return tuple(text for text, _ in values if text in CERTAINTIES)


def requires(file: YamlFile, entry: Entry | None) -> dict[str, str]:
    """Return column to value of the result that the trials would have to give."""
    found = file.entries(entry.node, (), "requires") if entry else {}
    if entry and not found:
        remedy = "write a column and its value"
        file.report("requires", entry.line, "nothing is required", "", remedy)
    return {column: file.string(each) for column, each in found.items()}
