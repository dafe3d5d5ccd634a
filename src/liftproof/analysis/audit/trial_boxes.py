"""Printed trials as boxes: every effect and variance that rounds to their prints."""

from collections.abc import Sequence

import numpy as np

from liftproof.analysis.audit.audited_trial import outcome_of, source_for, study_of
from liftproof.analysis.causes.question import read_print
from liftproof.analysis.effects import trial_effects
from liftproof.reviews.audited_table import AuditedRow
from liftproof.reviews.model.printed_number import HALF_A_DIGIT
from liftproof.reviews.model.settings import Analysis
from liftproof.statistics.distributions import critical_value
from liftproof.statistics.printed.pool_bounds import TrialBox
from liftproof.vocabulary.levels import USUAL_LEVEL
from liftproof.vocabulary.measures import MEASURES

SMALLEST_SE = 1e-6
"""Limits that may coincide, once rounded, allow any standard error from here on."""
Box = tuple[float, float, float, float]


def box_of(rows: Sequence[AuditedRow], measure: str) -> TrialBox | None:
    """Return the boxes of the trials of a pool, None where a trial cannot be looked at so.

    Counts are exact. An estimate lies within its rounding and in the middle of its limits, as far
    as theirs allows; its standard error follows from their width. Of means: a mean difference.
    """
    boxes = [_of_row(row, measure) for row in rows]
    found = [box for box in boxes if box is not None]
    if len(found) < len(rows):
        return None
    y_low, y_high, v_low, v_high = np.array(found).T
    return TrialBox(y_low=y_low, y_high=y_high, v_low=v_low, v_high=v_high)


def _of_row(row: AuditedRow, measure: str) -> Box | None:
    source = source_for(row, measure)
    inflation = row.record.design_effect or 1.0
    if source == "counts":
        box = _of_counts(row, measure)
    elif source == "means":
        box = _of_means(row, inflation) if measure == "MD" else None
    else:
        box = _of_estimate(row, measure, inflation)
    return box


def _of_counts(row: AuditedRow, measure: str) -> Box | None:
    analysis = Analysis(id="one", title="", measure=measure, tau2="FE", interval="wald")
    (effect,) = trial_effects([(study_of(row), outcome_of(row, measure))], analysis)
    return None if effect.left_out else (effect.y, effect.y, effect.v, effect.v)


def _of_means(row: AuditedRow, inflation: float) -> Box:
    """Return the box of a difference of means with separate variances s²/n."""
    first, second = (_rounded(row, f"mean_{arm}") for arm in ("intervention", "control"))
    v_low = v_high = 0.0
    for arm in ("intervention", "control"):
        n = getattr(row.record, f"n_{arm}")
        low, high = _rounded(row, f"sd_{arm}")
        v_low, v_high = v_low + max(low, 0.0) ** 2 / n, v_high + high**2 / n
    v_low = max(v_low, SMALLEST_SE**2)
    return (
        first[0] - second[1],
        first[1] - second[0],
        v_low * inflation,
        max(v_low, v_high) * inflation,
    )


def _of_estimate(row: AuditedRow, measure: str, inflation: float) -> Box | None:
    ends = [_rounded(row, name) for name in ("estimate", "ci_low", "ci_high")]
    if MEASURES[measure].is_log:
        if min(low for low, _ in ends) <= 0:
            return None
        ends = [(float(np.log(low)), float(np.log(high))) for low, high in ends]
    centre, *limits = ends
    low, high = sorted(limits)
    z = 2 * float(critical_value(row.record.ci_level or USUAL_LEVEL))
    middle = (low[0] + high[0]) / 2, (low[1] + high[1]) / 2
    inside = max(centre[0], middle[0]), min(centre[1], middle[1])
    y = inside if inside[0] <= inside[1] else centre
    se = max((high[0] - low[1]) / z, SMALLEST_SE), (high[1] - low[0]) / z
    return y[0], y[1], se[0] ** 2 * inflation, max(se) ** 2 * inflation


def _rounded(row: AuditedRow, name: str) -> tuple[float, float]:
    """Return the ends of the numbers that round to a printed one."""
    number = read_print(row.cell(name))
    return number.value - HALF_A_DIGIT * number.unit, number.value + HALF_A_DIGIT * number.unit
