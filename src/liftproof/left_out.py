"""What a run had to leave out, and why: reviews whose data have errors, or whose jobs failed."""

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from liftproof.errors import DataError

VARIABLE = "LIFTPROOF_LEFT_OUT"
"""Environment variable by which ``liftproof report`` names what failed in its first pass."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A review by name, or a file of the project by path; the reasons, a sentence each."""

    name: str
    reasons: tuple[str, ...]


def left_out_of(rows: Iterable[Sequence[str]]) -> tuple[LeftOut, ...]:
    """Return what the parameter of a rule says: rows of a name and its reasons."""
    return tuple(LeftOut(name=name, reasons=tuple(reasons)) for name, *reasons in rows)


def told_by_environment() -> dict[str, list[str]]:
    """Return name to reasons of what an earlier pass of the same run could not do."""
    told: dict[str, list[str]] = json.loads(os.environ.get(VARIABLE, "{}"))
    return told


def in_environment(texts: Mapping[str, str]) -> dict[str, str]:
    """Return the variable that tells a pass what to leave out: name to the text of its failure."""
    return {VARIABLE: json.dumps({name: text.splitlines() for name, text in texts.items()})}


def require_nothing_left_out(left_out: Iterable[LeftOut]) -> None:
    """Raise DataError, with what was left out and every reason, where there is any."""
    lines = [
        line
        for each in left_out
        for line in (f"left out of the report: {each.name}", *each.reasons)
    ]
    if lines:
        raise DataError("\n".join(lines))
