"""Verdicts on printed numbers: how near the computed number comes to the printed one."""

from dataclasses import dataclass

from liftproof.vocabulary.record import Record, by_code

CLOSE = 0.02
CLOSE_LIMIT = 0.05
"""The 5 % of López-Nicolás et al. 2024 for limits; 2 % for everything else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictRecord(Record):
    """One verdict; ``name``: as readers see it, beside its ``symbol``, so that no colour is needed.

    ``meaning``: a sentence without its end. ``reproduces``: the data give the printed number, and
    were not chosen to. ``is_missed``: computed, but to other digits: a cause is looked for.
    """

    symbol: str
    meaning: str
    reproduces: bool = False
    is_missed: bool = False


VERDICTS = by_code(
    VerdictRecord(
        code="reproduced",
        name="reproduced",
        symbol="✓",
        meaning="the computed number rounds to the printed one",
        reproduces=True,
    ),
    VerdictRecord(
        code="close",
        name="close",
        symbol="≈",
        meaning=f"within {100 * CLOSE:g}\u202f% of the printed number (limits within "
        f"{100 * CLOSE_LIMIT:g}\u202f%)",
        reproduces=True,
        is_missed=True,
    ),
    VerdictRecord(
        code="fitted",
        name="fitted",
        symbol="○",
        meaning="agrees, but inputs were chosen so that it does, or a trial later than the print "
        "is pooled: no evidence, and never counted as reproduced",
    ),
    VerdictRecord(
        code="same_conclusion",
        name="same conclusion",
        symbol="~",
        meaning="further off, but on the same side of no effect and as significant or not",
        is_missed=True,
    ),
    VerdictRecord(
        code="different",
        name="different",
        symbol="✗",
        meaning="another number, and no conclusion that it shares",
        is_missed=True,
    ),
    VerdictRecord(
        code="blocked",
        name="blocked",
        symbol="…",
        meaning="cannot be computed from the data at hand",
    ),
)
"""Best first: an estimate with limits gets the worst of its verdicts."""
MISSED = tuple(code for code, verdict in VERDICTS.items() if verdict.is_missed)
"""Computed, but to other digits."""
