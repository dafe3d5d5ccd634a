"""The estimate behind a verdict as a dot with its interval, small enough for a card."""

from dataclasses import dataclass
from math import log

from liftproof.rows.claim_rows import PRINTED_BY_TRIAL, ClaimRow
from liftproof.vocabulary.measures import MEASURES
from liftproof.words.marks import own_marks
from liftproof.words.numbers import estimate_text
from liftproof.words.text import capital, counted

LEFT, RIGHT = 4.0, 296.0
"""Between which the line runs, of a width of 300."""
MARGIN = 0.06
"""Of the range that is drawn, on either side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimDot:
    """Where the dot, its limits, no effect and what was said stand, of a width of 300.

    ``said`` is None where a sentence asks for no size but an effect. ``text``: the same in words.
    """

    low: float
    dot: float
    high: float
    no_effect: float
    said: float | None
    text: str


def claim_dot(row: ClaimRow) -> ClaimDot | None:
    """Return the drawing of a pooled effect; None where the verdict rests on something else.

    Ratios stand on a logarithmic scale.
    """
    if row.estimate is None or row.ci_low is None or row.ci_high is None:
        return None
    if row.requires or row.dose or row.against:
        return None
    measure = MEASURES[row.measure]
    null = measure.no_effect
    said = row.threshold if row.threshold is not None and row.threshold != null else None
    drawn = [row.ci_low, row.estimate, row.ci_high, null, *([] if said is None else [said])]
    on_axis = [log(value) for value in drawn] if measure.is_log else drawn
    low, dot, high, no_effect, *rest = _places(on_axis)
    return ClaimDot(
        low=low,
        dot=dot,
        high=high,
        no_effect=no_effect,
        said=rest[0] if rest else None,
        text=_text(row, said),
    )


def _places(values: list[float]) -> list[float]:
    """Return where values stand between LEFT and RIGHT, to a tenth.

    >>> _places([-1.0, 0.0, 1.0])
    [19.6, 150.0, 280.4]
    """
    least, span = min(values), max(values) - min(values) or 1.0
    share = [(value - least + MARGIN * span) / (span * (1 + 2 * MARGIN)) for value in values]
    return [round(LEFT + each * (RIGHT - LEFT), 1) for each in share]


def _text(row: ClaimRow, said: float | None) -> str:
    """Return the numbers in words: effect, limits, how many trials, what was said.

    Of a single trial whose own limits are other digits, those too: both are read elsewhere.
    """
    name = capital(MEASURES[row.measure].name)
    trials = counted(row.studies or 0, "trial")
    asked = f"; said: {said:.3g}" if said is not None else ""
    numbers = estimate_text(row.estimate, row.ci_low, row.ci_high)
    own = row.printed if row.studies == 1 and row.printed_by == PRINTED_BY_TRIAL else ""
    printed = f"; printed as {own}" * (own not in ("", numbers))
    return f"{name} {numbers}{own_marks(row)}, {trials}{printed}{asked}"
