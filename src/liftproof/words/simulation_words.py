"""What a coverage study says: its methods in a table, and the one that we would take."""

from collections.abc import Iterator, Sequence

from liftproof.analysis.method_coverage import (
    TOO_WIDE,
    MethodCoverage,
    drawn_estimator,
    is_usual,
    over_cells,
    recommended,
    threshold,
)
from liftproof.rows.simulation_rows import SimulationRow
from liftproof.words.numbers import decimal, level
from liftproof.words.text import minus

USUAL = ("DL", "wald")
"""What most published reviews use."""
HEADS = ("k", "method", "least covered", "± SE", "most", "width", "bias")
LARGE = 1e4
"""Wider limits are shown by their power of ten alone."""


def study_sentence(rows: Sequence[SimulationRow], seed: int) -> str:
    """Return what was simulated."""
    cells = dict.fromkeys(
        (row.k, row.sizes, row.n, row.events, row.true_tau2, row.true_effect) for row in rows
    )
    first = rows[0]
    return (
        f"{first.reviews:,} reviews in each of {len(cells)} cells ({first.measure}), seed {seed}: "
        f"the share whose {level(first.level)} limits hold the truth, in the cell of each k where "
        "it is least, and where it is most; width and bias on the scale of analysis"
    )


def shown_methods(rows: Sequence[SimulationRow], k: int) -> Iterator[tuple[str, ...]]:
    """Yield the cells of the table for k trials, under HEADS.

    Shown are the intervals of one estimator, the usual method, and what we would take.
    """
    every = over_cells(rows, k)
    every.sort(key=lambda one: bool(one.prediction))
    of_mean = [one for one in every if not one.prediction]
    taken = [recommended(of_mean), recommended([one for one in every if one.prediction])]
    estimator = drawn_estimator(rows)
    for one in every:
        is_shown = not one.prediction and (
            one.tau2_method == estimator or (one.tau2_method, one.interval) == USUAL
        )
        if is_shown or one in taken:
            yield (
                str(k),
                f"{'prediction ' * bool(one.prediction)}{one.name}{', taken' * (one in taken)}",
                percents(one.least.coverage),
                decimal(100 * one.least.coverage_se, 2),
                percents(one.most.coverage),
                shown_width(one.width),
                minus(decimal(one.bias, 4)),
            )


def recommendation(rows: Sequence[SimulationRow], k: int) -> Iterator[str]:
    """Yield what a reader with k trials may take from the rows: of the mean, of a prediction."""
    every = over_cells(rows, k)
    of_mean = [one for one in every if not one.prediction]
    if of_mean:
        yield _advice(of_mean, f"With {k} trials we would take", "limits", "the true mean effect")
    predictions = [one for one in every if one.prediction]
    if predictions:
        yield _advice(
            predictions,
            "For the effect in a further trial we would take",
            "prediction interval",
            "it",
        )


def _advice(found: Sequence[MethodCoverage], opening: str, limits: str, aim: str) -> str:
    candidates = [one for one in found if one.is_candidate] or [*found]
    chosen = recommended(found)
    one = chosen or max(candidates, key=lambda other: other.least.coverage)
    held = percents(one.least.coverage)
    span = held if one.cells == 1 else f"{held} to {percents(one.most.coverage)}"
    cells = "" if one.cells == 1 else f", over {one.cells} cells of the grid,"
    error = f" (Monte Carlo standard error {100 * one.least.coverage_se:.1g} points)"
    is_never_missed = one.least.coverage_se == 0
    does = (
        f"{level(one.least.level)} {limits}{cells} held {aim} in {span} of reviews"
        f"{'' if is_never_missed else error}"
    )
    least = level(threshold(one.least))
    if chosen is None:
        return (
            f"{opening} none: no method held {least} everywhere by limits of use. {one.name} came "
            f"nearest: its {does}.{_useless(found)}{_usual(found, one)}"
        )
    among = _among(candidates, least)
    return f"{opening} {one.name}: its {does}, and {among}.{_useless(found)}{_usual(found, one)}"


def _useless(found: Sequence[MethodCoverage]) -> str:
    """Return which methods hold the level by limits that are of no use."""
    names = [
        one.name for one in found if one.is_held and one.is_too_wide and is_usual(one.tau2_method)
    ]
    if not names:
        return ""
    return (
        f" {', '.join(names)} held it, but in some cell by limits more than {TOO_WIDE} times as "
        "wide as the middle one of the methods."
    )


def _among(candidates: Sequence[MethodCoverage], least: str) -> str:
    """Return of how many methods the one taken is the narrowest."""
    held_by = sum(one.is_held for one in candidates)
    estimators = ", ".join(dict.fromkeys(one.tau2_method for one in candidates))
    many = f"{len(candidates)} (τ² by {estimators})"
    if held_by == 1:
        return f"no other method of {many} held {least}"
    held = f"of the {held_by} methods of {many} that held {least}"
    return f"{held} none is narrower by more than 2\u202f%"


def _usual(found: Sequence[MethodCoverage], chosen: MethodCoverage) -> str:
    """Return what the usual method does, where it is another one."""
    same = [one for one in found if (one.tau2_method, one.interval, one.prediction) == (*USUAL, "")]
    if not same or same[0] is chosen:
        return ""
    usual = same[0]
    wider = usual.width / chosen.width if chosen.width else 1.0
    return (
        f" The usual {usual.name} held it in {percents(usual.least.coverage)} at the least, with "
        f"limits {decimal(wider)} times as wide."
    )


def shown_width(width: float) -> str:
    """Return a width with three decimals, a very large one as a power of ten.

    >>> shown_width(0.51234), shown_width(3.2e24)
    ('0.512', '3e+24')
    """
    return f"{width:.0e}" if width >= LARGE else decimal(width, 3)


def percents(share: float) -> str:
    """Return a share in percent with one decimal.

    >>> percents(0.9494)
    '94.9\u202f%'
    """
    return f"{decimal(100 * share, 1)}\u202f%"
