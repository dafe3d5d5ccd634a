"""A forest plot as it will be drawn: every text, every position, before any drawing.

What is rounded or put into words is so here, once; the drawing only places it, and the captions
are written from the same object.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isfinite

from liftproof.pages.forest.forest_cells import heterogeneity_parts, size, tau2_limits
from liftproof.pages.forest.forest_extras import ExtraColumn
from liftproof.pages.forest.forest_footnotes import footnotes, unadjusted_trials
from liftproof.pages.forest.forest_predictive import (
    PredictiveCurve,
    curve_of,
    reason_without,
)
from liftproof.pages.forest.forest_rows import SMALLEST_POOL, ForestRow, clipped, forest_rows
from liftproof.reviews.model.settings import Settings
from liftproof.rows.contrast_rows import ContrastRow
from liftproof.rows.predictive_rows import PredictiveRow
from liftproof.rows.result_rows import EffectRow, EstimateRow, SubgroupRow
from liftproof.vocabulary.intervals import INTERVALS
from liftproof.vocabulary.measure import Measure
from liftproof.vocabulary.measures import MEASURES
from liftproof.words import numbers
from liftproof.words.axis import Axis, Limits, axis_for
from liftproof.words.form_words import form_sentences
from liftproof.words.names import count_model, estimator, has_common_effect, pooled_by
from liftproof.words.text import capital


@dataclass(frozen=True, slots=True, kw_only=True)
class ForestView:
    """A whole forest plot.

    ``key`` is unique to the figure, for ids. ``arm_heads`` is empty where no trial has counts.
    ``estimate`` is the row that the plot shows and ``size`` its number of trials in words;
    ``unverified`` and ``reconstructed`` count the squares that rest on such numbers, ``unadjusted``
    names cluster trials taken as if people had been randomised one by one, ``noun`` says
    what the squares are: trials, or comparisons where a trial has several. ``below`` and ``above``:
    the arm that an effect on that side of none favours. ``conversions``: which numbers follow from
    others that were printed, with their trials. ``level``: of all limits. ``row_head`` and
    ``weight_head``: what stands above the rows' names and above their weights. ``has_key``: whether
    its signs are explained beneath. ``predictive``: the curve beneath the diamond, None without.
    ``extras``: columns beside the trials, whose cells the rows have.
    """

    key: str
    title: str
    subtitle: str
    measure: Measure
    intervention: str
    control: str
    below: str
    above: str
    arm_heads: tuple[str, ...]
    rows: tuple[ForestRow, ...]
    axis: Axis
    level: float
    statistics: tuple[str, ...]
    footnotes: tuple[str, ...]
    estimate: EstimateRow
    size: str
    unverified: int
    reconstructed: int
    unadjusted: tuple[str, ...]
    source: str
    conversions: tuple[str, ...] = ()
    noun: str = "trials"
    row_head: str = "Trial"
    weight_head: str = "Weight"
    has_key: bool = True
    predictive: PredictiveCurve | None = None
    extras: tuple[ExtraColumn, ...] = ()

    @property
    def trials(self) -> tuple[ForestRow, ...]:
        """The rows of the pooled trials."""
        return tuple(row for row in self.rows if row.kind == "trial")

    @property
    def pooled(self) -> ForestRow | None:
        """The row of the pooled estimate; None where fewer than two trials are pooled."""
        return next((row for row in self.rows if row.kind == "pooled"), None)


def forest_view(
    estimate: EstimateRow,
    effects: Sequence[EffectRow],
    subgroups: Sequence[SubgroupRow],
    settings: Settings,
    difference: ContrastRow | None = None,
    predictive: Sequence[PredictiveRow] = (),
    extras: Sequence[ExtraColumn] = (),
) -> ForestView:
    """Return the forest plot of one analysis from its rows.

    ``difference``: the test whether its subgroups differ, None where it has none. ``predictive``:
    its predictive distribution, where it is asked for. ``extras``: columns beside its trials.
    """
    measure = MEASURES[estimate.measure]
    pooled = [effect for effect in effects if not effect.left_out]
    rows = forest_rows(estimate, pooled, subgroups, settings.level, extras, settings.named)
    below, above = settings.favours(estimate.analysis)
    arms = settings.arms(estimate.analysis)
    axis = axis_of(rows, measure, below, above)
    curve = curve_of(
        predictive,
        axis,
        measure,
        intervention=arms[0],
        below=below,
        has_spread=bool(estimate.tau2),
    )
    rows = [clipped(row, axis) for row in (curve.beneath(rows) if curve else rows)]
    noun = "comparisons" if len({row.study for row in pooled}) < len(pooled) else "trials"
    return ForestView(
        key=f"forest-{estimate.review}-{estimate.analysis}",
        title=settings.title,
        subtitle=estimate.title,
        measure=measure,
        intervention=arms[0],
        control=arms[1],
        below=below,
        above=above,
        arm_heads=_arm_heads(rows, arms),
        rows=tuple(rows),
        axis=axis,
        level=settings.level,
        statistics=(*pool_lines(estimate, settings.level), *_difference(difference)),
        footnotes=(
            *footnotes(rows, effects, noun, settings.analysis(estimate.analysis)),
            *reason_without(predictive),
        ),
        estimate=estimate,
        size=size(pooled),
        unverified=sum(effect.unverified == "yes" for effect in pooled),
        reconstructed=sum(effect.reconstructed == "yes" for effect in pooled),
        unadjusted=unadjusted_trials(effects),
        source=source_of(settings),
        conversions=tuple(form_sentences(pooled)),
        noun=noun,
        predictive=curve,
        extras=tuple(extras),
    )


def sides(measure: Measure, below: str, above: str) -> tuple[str, str]:
    """Return whom each side of no effect favours; of a change in one group, which way it went.

    Nothing of a side that has no name.
    """
    if not measure.is_of_one_group:
        return f"favours {below}" if below else "", f"favours {above}" if above else ""
    return ("lower after", "higher after") if measure.has_null else ("", "")


def axis_of(rows: Sequence[ForestRow], measure: Measure, below: str, above: str) -> Axis:
    """Return an axis for the rows of a plot, with what each side says."""
    left, right = (capital(side) for side in sides(measure, below, above))
    left, right = f"← {left}" if left else "", f"{right} →" if right else ""
    limits: dict[bool, list[Limits]] = {True: [], False: []}
    for row in rows:
        if isfinite(row.low) and isfinite(row.high):
            limits[row.kind == "trial"].append((row.low, row.high))
    return axis_for(
        [row.estimate for row in rows if isfinite(row.estimate)],
        limits[True],
        limits[False],
        measure,
        left=left,
        right=right,
    )


def _arm_heads(rows: Sequence[ForestRow], arms: tuple[str, str]) -> tuple[str, ...]:
    """Return the heads of the columns of counts, or none where no trial has any.

    Of one group there is one column, without an arm to name.
    """
    if not any(cell for row in rows if row.kind == "trial" for cell in row.arms):
        return ()
    if all(len(row.arms) == 1 for row in rows if row.kind == "trial"):
        return ("",)
    return capital(arms[0]), capital(arms[1])


def pool_lines(row: EstimateRow, level: float) -> Iterator[str]:
    """Yield the line on heterogeneity and the line on methods."""
    if row.k == 0:
        yield "No trial could be pooled."
    elif row.k < SMALLEST_POOL:
        yield "One trial: nothing is pooled."
    else:
        q = f"Q = {numbers.decimal(row.q)} (df {row.q_df}, {numbers.p_value(row.q_p)})"
        parts = [*heterogeneity_parts(row), *tau2_limits(row, level), q]
        yield f"Heterogeneity: {', '.join(parts)}"
        how, counts = pooled_by(row), count_model(row)
        if counts is not None:
            how = capital(counts.name)
        elif not has_common_effect(row):
            how = f"{how}, τ² by {estimator(row.tau2_method)}"
        interval = INTERVALS[row.interval].name
        yield f"{how}; {numbers.level(level)} confidence interval by {interval}"


def _difference(test: ContrastRow | None) -> Iterator[str]:
    """Yield the line on the test whether subgroups differ."""
    if test is None:
        return
    if test.statistic is None:
        yield f"Subgroup differences not tested: {test.note}"
        return
    q = f"χ² = {numbers.decimal(test.statistic)} (df {test.df}, {numbers.p_value(test.p_value)})"
    yield f"Subgroup differences: {q}, each subgroup with its own τ²"


def source_of(settings: Settings) -> str:
    """Return the reference of the review that is reproduced, with its DOI."""
    doi = f"https://doi.org/{settings.doi}" if settings.doi else ""
    return ". ".join(part for part in (settings.citation.rstrip("."), doi) if part)
