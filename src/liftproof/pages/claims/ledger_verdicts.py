"""The verdicts of the claims ledger, as readers see them."""

from collections.abc import Mapping
from dataclasses import dataclass

from liftproof.reviews.model.grade import CERTAINTIES
from liftproof.rows.claim_rows import (
    ELSEWHERE,
    NOT_SUPPORTED,
    NOT_TESTABLE,
    SUPPORTED,
    WEAKER,
    ClaimRow,
)

VERY_LOW = CERTAINTIES[0]
VERY_LOW_WORDS = ", with very low certainty"


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
        meaning="the numbers are as the sentence says, from trials of the people, the training and "
        "the outcome that it implies",
    ),
    ELSEWHERE: LedgerVerdict(
        symbol="↷",
        words="supported elsewhere",
        meaning="the numbers are as the sentence says, but the trials are of other people or "
        "another training, or counted another outcome, than it implies",
    ),
    WEAKER: LedgerVerdict(
        symbol="~",
        words="weaker than said",
        meaning="the direction is right; the effect is smaller, or less certain, than the sentence "
        "says, or too few trials tell of it",
    ),
    NOT_SUPPORTED: LedgerVerdict(
        symbol="✗",
        words="not supported",
        meaning="the interval includes no effect, or the effect is contrary",
    ),
    NOT_TESTABLE: LedgerVerdict(
        symbol="…",
        words="not testable",
        meaning="the data that it would take are not in these reviews: neither the sentence nor "
        "its contrary is shown",
    ),
}
"""Best first."""


def rests_on_very_low(row: ClaimRow) -> bool:
    """Say whether a verdict rests on very low certainty.

    By GRADE where the analysis is judged, or as the review itself rates it. A dose question rests
    on another model than the estimate that was judged; what cannot be tested rests on nothing.
    """
    rests = VERY_LOW in (row.grade, row.printed_grade)
    return rests and row.verdict != NOT_TESTABLE and not row.dose


def verdict_words(row: ClaimRow) -> str:
    """Return a verdict in words, with very low certainty where it rests on that.

    >>> verdict_words(ClaimRow(claim="a", claimed="b", verdict="supported", grade="very_low"))
    'supported, with very low certainty'
    """
    return f"{LEDGER_VERDICTS[row.verdict].words}{VERY_LOW_WORDS * rests_on_very_low(row)}"


def verdict_label(row: ClaimRow) -> str:
    """Return the verdict of a claim as symbol and words.

    >>> verdict_label(ClaimRow(claim="a", claimed="b", verdict="weaker_than_said"))
    '~ weaker than said'
    """
    return f"{LEDGER_VERDICTS[row.verdict].symbol} {verdict_words(row)}"


def ledger_verdict_text(code: str) -> str:
    """Return a verdict as symbol and words.

    >>> ledger_verdict_text("weaker_than_said")
    '~ weaker than said'
    """
    return f"{LEDGER_VERDICTS[code].symbol} {LEDGER_VERDICTS[code].words}"
