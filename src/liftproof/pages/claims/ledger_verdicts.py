"""The verdicts of the claims ledger, as readers see them."""

from collections.abc import Mapping
from dataclasses import dataclass

from liftproof.rows.claim_rows import (
    ELSEWHERE,
    NOT_SUPPORTED,
    NOT_TESTABLE,
    SUPPORTED,
    WEAKER,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerVerdict:
    """A verdict: a symbol beside the words, so that colour is never needed to tell."""

    symbol: str
    words: str
    meaning: str


LEDGER_VERDICTS: Mapping[str, LedgerVerdict] = {
    SUPPORTED: LedgerVerdict(
        symbol="✓",
        words="supported",
        meaning="the numbers are as the sentence says, from trials of the people and the training "
        "that it implies",
    ),
    ELSEWHERE: LedgerVerdict(
        symbol="↷",
        words="supported elsewhere",
        meaning="the numbers are as the sentence says, but the trials are of other people or "
        "another training than it implies",
    ),
    WEAKER: LedgerVerdict(
        symbol="~",
        words="weaker than said",
        meaning="the direction is right; the effect is smaller, or less certain, than the sentence "
        "says",
    ),
    NOT_SUPPORTED: LedgerVerdict(
        symbol="✗",
        words="not supported",
        meaning="the interval includes no effect, or the effect is contrary",
    ),
    NOT_TESTABLE: LedgerVerdict(
        symbol="…",
        words="not testable",
        meaning="the data that it would take are not in these reviews",
    ),
}
"""Best first."""


def ledger_verdict_text(code: str) -> str:
    """Return a verdict as symbol and words.

    >>> ledger_verdict_text("weaker_than_said")
    '~ weaker than said'
    """
    return f"{LEDGER_VERDICTS[code].symbol} {LEDGER_VERDICTS[code].words}"
