"""Every error that Liftproof raises on purpose.

::

    LiftproofError
    ├── UsageError          an unknown name, or options that do not go together (exit 2)
    ├── DataError           a review that cannot be used; carries every problem found (exit 1)
    ├── ProjectError        a folder that is no project, or cannot become one (exit 1)
    ├── WriteError          a file that could not be written: a full disk, no permission (exit 1)
    ├── MissingExtraError   packages of an extra that are not installed (exit 1)
    ├── StatisticsError     a number that does not exist for this input
    │   ├── InputError      NaN, a variance that is not positive, shapes that do not match
    │   └── ConvergenceError  a search that did not reach its stated error bound
    ├── EnginesDisagreeError  independent software gives another estimate
    └── NumbersDifferError  a finished file prints another number than its table holds (exit 1)
"""

from decimal import Decimal
from pathlib import Path

MOST_DIGITS = 15
"""A number has its digits in a message as far as a reader can take them in."""
MOST_CHARACTERS = 60
"""Any other value is told by its beginning."""


def in_short(value: object) -> str:
    """Return a value as a message shows it: as Python writes it, cut where it is long.

    >>> in_short(10**240 // 3), in_short(12), in_short("DL")
    ('3.33e+239', '12', "'DL'")
    """
    if isinstance(value, int) and abs(value) >= 10**MOST_DIGITS:
        return f"{Decimal(value):.2e}"
    text = repr(value)
    return text if len(text) <= MOST_CHARACTERS else f"{text[:MOST_CHARACTERS]} ..."


class LiftproofError(Exception):
    """Base of all errors below; its text is meant for the person at the keyboard."""


class UsageError(LiftproofError):
    """An unknown review, analysis or method, or options that contradict each other."""


class DataError(LiftproofError):
    """A review whose data cannot be used; the text lists every problem."""


class ProjectError(LiftproofError):
    """A folder that is no project, or cannot become one."""


class WriteError(LiftproofError):
    """A file that could not be written; what was there before is still there.

    ``reason``: the system's.
    """

    def __init__(self, path: Path, reason: str) -> None:
        remedy = "move it elsewhere" if _is_no_file(path) else "make room, or allow writing there,"
        super().__init__(f"{path}: cannot be written: {reason}; {remedy} and run again")
        self.reason = reason


def _is_no_file(path: Path) -> bool:
    """Say whether a folder or a device has this name; of a name that cannot be, it says no."""
    try:
        return path.exists() and not path.is_file()
    except OSError:
        return False


class MissingExtraError(LiftproofError):
    """Something that needs packages of an extra, such as ``liftproof[report]``."""


class StatisticsError(LiftproofError, ValueError):
    """A statistic that does not exist for the input given."""


class InputError(StatisticsError):
    """Input that no method accepts: NaN, variances that are not positive, unequal shapes."""


class ConvergenceError(StatisticsError):
    """A search that did not reach its stated error bound."""


class EnginesDisagreeError(LiftproofError):
    """Independent software gives another estimate than ours; the text shows the numbers."""


class NumbersDifferError(LiftproofError):
    """A finished page, figure or text prints another estimate than the table it was made from."""
