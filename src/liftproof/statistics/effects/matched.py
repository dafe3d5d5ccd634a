"""Effects from counts of matched pairs, or of people who were seen under both conditions.

Four counts of pairs: ``both`` had the event, ``first`` alone, ``second`` alone, ``neither`` had it.
The two proportions are (both + first)/n and (both + second)/n. Where one of the four is 0, 1/2 is
added to all of them, or what ``zero_cells`` says; its ``drop00`` has no meaning here.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from liftproof.statistics.checks import Array, floats, require
from liftproof.statistics.effects.checked_arms import table_of_parts
from liftproof.statistics.effects.effect import Effect, kept_effects, usable_cells
from liftproof.statistics.effects.two_arm_tables import OF_SINGLE_TRIALS, Table, ZeroCells
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.shapes import in_one_shape


@of_one_index
def matched_risk_difference(
    both: ArrayLike,
    first: ArrayLike,
    second: ArrayLike,
    neither: ArrayLike,
    *,
    zero_cells: ZeroCells = OF_SINGLE_TRIALS,
) -> Effect:
    """Return differences of proportions: y = (b - c)/n, v = (b + c - (b - c)²/n)/n².

    b and c are the pairs in which the first alone, and the second alone, had the event. Counts of
    one shape. Raises InputError.

    Source: May & Johnson 1997, Stat Med 16, 2127-2136. metafor: ``escalc(measure="MPRD", ai=, bi=,
    ci=, di=)``.

    >>> difference = matched_risk_difference(20, 10, 5, 20)
    >>> round(float(difference.y), 6), round(float(difference.v), 6)
    (0.090909, 0.004808)
    """
    table = _table(both, first, second, neither, zero_cells)
    usable, (n,) = usable_cells(table.kept, table.n)
    y = (table.b - table.c) / n
    v = ((table.b + table.c) / n - y**2) / n
    return kept_effects(y, v, usable).with_missing()


@of_one_index
def matched_risk_ratio(
    both: ArrayLike,
    first: ArrayLike,
    second: ArrayLike,
    neither: ArrayLike,
    *,
    zero_cells: ZeroCells = OF_SINGLE_TRIALS,
) -> Effect:
    """Return log ratios of proportions: y = ln((a + b)/(a + c)), v = (b + c)/((a + b)(a + c)).

    a, b, c: pairs in which both, the first alone, the second alone had the event. Counts of one
    shape. Raises InputError.

    Source: Nam & Blackwelder 2002, Stat Med 21, 689-699. metafor: ``escalc(measure="MPRR", ai=,
    bi=, ci=, di=)``.

    >>> ratio = matched_risk_ratio(20, 10, 5, 20)
    >>> round(float(ratio.y), 6), round(float(ratio.v), 6)
    (0.182322, 0.02)
    """
    table = _table(both, first, second, neither, zero_cells)
    usable, (x1, x2) = usable_cells(table.kept, table.n1, table.events)
    v = (table.b + table.c) / (x1 * x2)
    return kept_effects(np.log(x1 / x2), v, usable).with_missing()


@of_one_index
def matched_odds_ratio(
    both: ArrayLike,
    first: ArrayLike,
    second: ArrayLike,
    neither: ArrayLike,
    *,
    zero_cells: ZeroCells = OF_SINGLE_TRIALS,
) -> Effect:
    """Return log ratios of the odds of both proportions, across pairs: y = logit p₁ - logit p₂.

    v = 1/(n p₁q₁) + 1/(n p₂q₂) - 2(a/n - p₁p₂)/(n p₁q₁p₂q₂), q = 1 - p, a the pairs in which both
    had the event. Counts of one shape. Raises InputError.

    Source: Becker & Balagtas 1993, Biometrics 49, 997-1009; Elbourne et al. 2002, Int J Epidemiol
    31, 140-149. metafor: ``escalc(measure="MPOR", ai=, bi=, ci=, di=)``.

    >>> ratio = matched_odds_ratio(20, 10, 5, 20)
    >>> round(float(ratio.y), 6), round(float(ratio.v), 6)
    (0.364643, 0.078222)
    """
    table = _table(both, first, second, neither, zero_cells)
    usable, (x1, x2, rest1, rest2, n) = usable_cells(
        table.kept, table.n1, table.events, table.n2, table.b + table.d, table.n
    )
    variance1, variance2 = x1 * rest1 / n, x2 * rest2 / n
    together = table.a - x1 * x2 / n
    v = 1 / variance1 + 1 / variance2 - 2 * together / (variance1 * variance2)
    return kept_effects(np.log(x1 / rest1 * rest2 / x2), v, usable).with_missing()


@of_one_index
def matched_conditional_odds_ratio(
    both: ArrayLike,
    first: ArrayLike,
    second: ArrayLike,
    neither: ArrayLike,
    *,
    zero_cells: ZeroCells = OF_SINGLE_TRIALS,
) -> Effect:
    """Return log odds ratios within pairs, McNemar's: y = ln(b/c), v = 1/b + 1/c.

    b and c are the pairs in which the first alone, and the second alone, had the event. Counts of
    one shape. Raises InputError.

    Source: Curtin, Elbourne & Altman 2002, Stat Med 21, 2145-2159. metafor: ``escalc(
    measure="MPORC", ai=, bi=, ci=, di=)``.

    >>> ratio = matched_conditional_odds_ratio(20, 10, 5, 20)
    >>> round(float(ratio.y), 6), round(float(ratio.v), 6)
    (0.693147, 0.3)
    """
    table = _table(both, first, second, neither, zero_cells)
    usable, (b, c) = usable_cells(table.kept, table.b, table.c)
    return kept_effects(np.log(b / c), 1 / b + 1 / c, usable).with_missing()


@of_one_index
def matched_peto_step(
    both: ArrayLike,
    first: ArrayLike,
    second: ArrayLike,
    neither: ArrayLike,
    *,
    zero_cells: ZeroCells = OF_SINGLE_TRIALS,
) -> Effect:
    """Return Peto's log odds ratios within pairs: y = 2(b - c)/(b + c), v = 4/(b + c).

    b and c are the pairs in which the first alone, and the second alone, had the event. Counts of
    one shape. Raises InputError.

    Source: Curtin, Elbourne & Altman 2002, Stat Med 21, 2145-2159. metafor: ``escalc(
    measure="MPPETO", ai=, bi=, ci=, di=)``.

    >>> ratio = matched_peto_step(20, 10, 5, 20)
    >>> round(float(ratio.y), 6), round(float(ratio.v), 6)
    (0.666667, 0.266667)
    """
    table = _table(both, first, second, neither, zero_cells)
    usable, (apart,) = usable_cells(table.kept, table.b + table.c)
    return kept_effects(2 * (table.b - table.c) / apart, 4 / apart, usable).with_missing()


@of_one_index
def matched_odds_ratio_by_margins(
    events_first: ArrayLike,
    n_first: ArrayLike,
    events_second: ArrayLike,
    n_second: ArrayLike,
    r: ArrayLike,
    *,
    zero_cells: ZeroCells = OF_SINGLE_TRIALS,
) -> Effect:
    """Return the same as :func:`matched_odds_ratio`, from the two margins and a correlation.

    y = ln(ad/(bc)), v = 1/a + 1/b + 1/c + 1/d - 2nr/√(abcd): a events and b none under the first,
    c and d under the second condition, of n pairs; ``r``: the phi coefficient between the two.
    ``n_first`` and ``n_second`` must be equal. ``r`` broadcasts. Raises InputError.

    Source: Elbourne et al. 2002, Int J Epidemiol 31, 140-149. metafor: ``escalc(measure="MPORM",
    ai=, bi=, ci=, di=, ri=r)``, which rounds n to a whole number.

    >>> ratio = matched_odds_ratio_by_margins(30, 55, 25, 55, 7 / 15)
    >>> round(float(ratio.y), 6), round(float(ratio.v), 6)
    (0.364643, 0.078222)
    """
    table = table_of_parts(events_first, n_first, events_second, n_second)
    require(table.n1 == table.n2, table.n2, "Both conditions must have one number of pairs")
    phi = floats("Correlations", r)
    require(np.abs(phi) <= 1, phi, "A correlation must lie in -1 to 1")
    table = table.treated(zero_cells)
    usable, (a, b, c, d) = usable_cells(table.kept, table.a, table.b, table.c, table.d)
    apart = 1 / a + 1 / b + 1 / c + 1 / d
    v = apart - (a + b + c + d) * phi / np.sqrt(a * b * c * d)
    return kept_effects(np.log(a / b * d / c), v, usable).with_missing()


FROM_MATCHED: dict[str, Callable[..., Effect]] = {
    "MPRD": matched_risk_difference,
    "MPRR": matched_risk_ratio,
    "MPOR": matched_odds_ratio,
    "MPORC": matched_conditional_odds_ratio,
    "MPPETO": matched_peto_step,
}
FROM_MATCHED_MARGINS: dict[str, Callable[..., Effect]] = {"MPORM": matched_odds_ratio_by_margins}


def _table(*given: ArrayLike | ZeroCells) -> Table:
    """Return the four counts of pairs, checked and treated by the rule that comes last."""
    *counts, rule = given
    columns = [floats("Pairs", count) for count in counts]  # type: ignore[arg-type]
    for column in columns:
        require(column >= 0, column, "Pairs must not be negative")
    cells: tuple[Array, ...] = in_one_shape("The four counts of pairs", *columns)
    a, b, c, d = cells
    require(a + b + c + d > 0, a + b + c + d, "There must be a pair")
    kept = np.ones(a.shape, dtype=np.bool_)
    return Table(a=a, b=b, c=c, d=d, kept=kept).treated(rule)  # type: ignore[arg-type]
