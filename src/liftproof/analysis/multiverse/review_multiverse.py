"""The multiverse of every analysis that a printed result names or that asks for it, as rows."""

from dataclasses import dataclass

from liftproof.analysis.multiverse.run_rows import Run, choice_rows, curve, target_row
from liftproof.analysis.multiverse.shares import shares
from liftproof.analysis.multiverse.space import MOST, SAMPLE
from liftproof.analysis.multiverse.targets import analyses_with_targets, targets
from liftproof.analysis.multiverse.universe import Universe, universe
from liftproof.reviews.model.review import Review
from liftproof.rows.multiverse_rows import ChoiceRow, CurveRow, MultiverseRow
from liftproof.vocabulary.models import THREE_LEVEL

MOST_THREE_LEVEL = 2000
"""Combinations of a three-level model, which has no closed form, that are pooled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MultiverseTables:
    """The rows of the three tables of one review."""

    targets: tuple[MultiverseRow, ...]
    choices: tuple[ChoiceRow, ...]
    curves: tuple[CurveRow, ...]


def multiverse_review(review: Review) -> MultiverseTables:
    """Return the multiverse of every printed estimate of a review, and of analyses that ask for it.

    Raises UsageError where the choices are too many, and StatisticsError where one cannot be
    pooled.
    """
    printed = targets(review)
    rows: list[MultiverseRow] = []
    choices: list[ChoiceRow] = []
    curves: list[CurveRow] = []
    for analysis in analyses_with_targets(review):
        own = [target for target in printed if target.analysis == analysis.id]
        with_limits = any(target.has_limits for target in own)
        run = run_of(review.name, universe(review, analysis, with_limits=with_limits))
        rows += [target_row(run, target) for target in own]
        choices += choice_rows(run)
        curves += curve(run)
    return MultiverseTables(targets=tuple(rows), choices=tuple(choices), curves=tuple(curves))


def run_of(review: str, world: Universe) -> Run:
    """Pool every combination of a universe, or a sample of a large one."""
    slow = world.analysis.model == THREE_LEVEL
    most, sample = (MOST_THREE_LEVEL,) * 2 if slow else (MOST, SAMPLE)
    digits = world.space.combinations(most, sample)
    pooled = world.pool(digits)
    return Run(
        review=review,
        universe=world,
        digits=digits,
        pooled=pooled,
        shares=shares(world, digits, pooled.estimate),
    )
