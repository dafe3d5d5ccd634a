"""What each exit code says, in one table: help shows it, and docs/command-line.md."""

from collections.abc import Mapping

DONE, FAULTS, USAGE, SIGNALLED = 0, 1, 2, 128
EXIT_CODES: Mapping[str, str] = {
    str(DONE): "done, without a fault; warnings may stand",
    str(FAULTS): "faults in the data or in the results; something cannot be read, written or "
    "finished; stopped by Ctrl-C",
    str(USAGE): "bad usage: no such verb, review, analysis, method or option",
    f"{SIGNALLED} + n": "report alone: ended by signal n",
}
"""By code, when a verb ends with it."""
