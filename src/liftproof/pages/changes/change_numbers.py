"""The numbers of an analysis before or after a change, and how readers see both."""

from collections.abc import Callable
from dataclasses import dataclass, fields

from liftproof.analysis.changes.analysis_state import AnalysisState
from liftproof.rows.change_rows import ChangeRow
from liftproof.words import numbers
from liftproof.words.text import minus

NOTHING = "nothing pooled"
ARROW = " → "


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeNumbers:
    """An analysis on one state of the data: estimates on the natural scale, tau² on its own."""

    k: int
    estimate: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    tau2: float | None = None
    pi_low: float | None = None
    pi_high: float | None = None
    certainty: str = ""


def numbers_of_state(state: AnalysisState | None) -> ChangeNumbers:
    """Return the numbers of a state; of an analysis that is not there, that nothing is pooled."""
    if state is None:
        return ChangeNumbers(k=0)
    row = state.estimate
    return ChangeNumbers(
        k=row.k,
        estimate=row.estimate,
        ci_low=row.ci_low,
        ci_high=row.ci_high,
        tau2=row.tau2,
        pi_low=row.pi_low,
        pi_high=row.pi_high,
        certainty=state.certainty,
    )


def numbers_of_row(row: ChangeRow) -> tuple[ChangeNumbers, ChangeNumbers]:
    """Return the numbers before the additions of a row, and with them."""
    names = [item.name for item in fields(ChangeNumbers)]
    before, after = (
        ChangeNumbers(**{name: getattr(row, f"{name}_{when}") for name in names})
        for when in ("before", "after")
    )
    return before, after


def estimate_shown(of: ChangeNumbers) -> str:
    """Return "0.34 (0.24 to 0.48)", or that nothing is pooled.

    >>> estimate_shown(ChangeNumbers(k=0))
    'nothing pooled'
    """
    if of.estimate is None:
        return NOTHING
    return numbers.estimate_text(of.estimate, of.ci_low, of.ci_high)


def tau2_shown(of: ChangeNumbers) -> str:
    """Return τ² with three decimals, empty where there is none."""
    return "" if of.tau2 is None else numbers.decimal(of.tau2, 3)


def prediction_shown(of: ChangeNumbers) -> str:
    """Return the prediction limits, empty where there are none."""
    return "" if of.pi_low is None else minus(numbers.interval(of.pi_low, of.pi_high))


def certainty_shown(of: ChangeNumbers) -> str:
    """Return the certainty by GRADE as words, empty where nothing judges it."""
    return of.certainty.replace("_", " ")


def both(show: Callable[[ChangeNumbers], str], before: ChangeNumbers, after: ChangeNumbers) -> str:
    """Return "before → after", or one where they look alike; "none" for what is not there.

    >>> both(estimate_shown, ChangeNumbers(k=0), ChangeNumbers(k=1, estimate=0.5))
    'nothing pooled → 0.50 (not estimable)'
    """
    texts = [show(of) or "none" for of in (before, after)]
    return texts[0] if texts[0] == texts[1] else ARROW.join(texts)
