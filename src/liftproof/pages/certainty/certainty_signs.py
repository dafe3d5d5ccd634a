"""Signs of certainty, and the marks of the baseline risk; nothing here imports NumPy."""

from liftproof.reviews.model.grade import CERTAINTIES
from liftproof.rows.certainty_rows import FindingRow
from liftproof.words.marks import RECONSTRUCTED, UNVERIFIED

FILLED, OPEN = "⊕", "○"
BIAS_SIGNS = {"low": "+", "some": "−", "high": "×", "other": "·"}
"""The sign beside each judgement, so that colour never tells alone."""


def certainty_text(row: FindingRow) -> str:
    """Return GRADE's signs and word, with "at most" where a domain was not assessed.

    Without a pooled effect there is nothing to be certain of.
    """
    if not row.certainty:
        return "not rated"
    signs = signs_of(row.certainty)
    bound = "at most " if row.at_most == "yes" else ""
    return f"{signs} {bound}{row.certainty.replace('_', ' ')}"


def signs_of(certainty: str) -> str:
    """Return the circles of a certainty.

    >>> signs_of("low")
    '⊕⊕○○'
    """
    filled = CERTAINTIES.index(certainty) + 1
    return FILLED * filled + OPEN * (len(CERTAINTIES) - filled)


def baseline_marks(row: FindingRow) -> str:
    """Return the signs of a baseline risk with unverified or reconstructed numbers."""
    unverified = UNVERIFIED if row.baseline_unverified == "yes" else ""
    return unverified + (RECONSTRUCTED if row.baseline_reconstructed == "yes" else "")
