"""A regression test of funnel asymmetry, whatever is regressed on what."""

from dataclasses import dataclass

from liftproof.statistics.checks import Array
from liftproof.statistics.result import Result
from liftproof.statistics.small_study.cannot_tell import of_asymmetry, of_nothing
from liftproof.statistics.small_study.line import Line


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AsymmetryTest(Result):
    """A regression test of funnel asymmetry. Arrays have shape (...).

    ``method``: its name in meta. ``k``: number of trials. ``bias`` with ``bias_se``: the slope,
    in the unit the test's page names, 0 without small-study effects. ``intercept`` with
    ``intercept_se``, in the unit of y. ``dispersion``: residual variance over that claimed by the
    weights. ``statistic`` = bias/se, ``df`` = k - 2 of t, ``p_value`` two-sided. ``cannot_tell``:
    a sentence.
    """

    method: str
    k: int
    bias: Array
    bias_se: Array
    intercept: Array
    intercept_se: Array
    dispersion: Array
    statistic: Array
    df: float
    p_value: Array
    cannot_tell: str


def asymmetry_test(method: str, line: Line) -> AsymmetryTest:
    """Return the slope of a line as the asymmetry that the test called ``method`` finds."""
    return AsymmetryTest(
        method=method,
        k=line.k,
        bias=line.slope,
        bias_se=line.slope_se,
        intercept=line.intercept,
        intercept_se=line.intercept_se,
        dispersion=line.dispersion,
        statistic=line.statistic,
        df=line.df,
        p_value=line.p_value,
        cannot_tell=of_asymmetry(line.k) + of_nothing(line.p_value),
    )
