"""From an analysis of a review to its pool, and the rows that it gives."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace

from liftproof.analysis.count_arms import arms_under, needs_arms
from liftproof.analysis.effects import TrialEffect, trial_effects
from liftproof.analysis.engine import pool_under
from liftproof.analysis.pool_result import PoolResult
from liftproof.analysis.pooled_rows import effect_rows, estimate_row, subgroup_of
from liftproof.analysis.specification import Specification, specification_of
from liftproof.analysis.trial_data import trial_data
from liftproof.reviews.model.choice import chosen
from liftproof.reviews.model.effect_sources import is_complete
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.settings import Analysis
from liftproof.rows.result_rows import EffectRow, EstimateRow, SubgroupRow
from liftproof.statistics.checks import Array
from liftproof.vocabulary.measures import MEASURES


@dataclass(frozen=True, slots=True, kw_only=True)
class PooledGroup:
    """A subgroup of an analysis, pooled on its own; ``name`` is empty for trials without one."""

    name: str
    trials: tuple[TrialEffect, ...]
    pooled: PoolResult | None
    row: SubgroupRow


@dataclass(frozen=True, slots=True, kw_only=True)
class PooledAnalysis:
    """One analysis, pooled: its row, its trials' rows, and its subgroups.

    ``chosen``: the effects that it chooses, those of them included that tell the measure nothing;
    ``trials``: those that enter; ``pooled``: None where none enters.
    """

    review: Review = field(repr=False, compare=False)
    analysis: Analysis
    specification: Specification
    chosen: tuple[TrialEffect, ...]
    trials: tuple[TrialEffect, ...]
    pooled: PoolResult | None
    estimate: EstimateRow
    groups: tuple[PooledGroup, ...]
    _effects: list[tuple[EffectRow, ...]] = field(
        default_factory=list, init=False, repr=False, compare=False
    )

    @property
    def effects(self) -> tuple[EffectRow, ...]:
        """One row an effect, made where they are first asked for: very many take memory."""
        if not self._effects:
            rows = effect_rows(self.review, self.analysis, self.chosen, self.pooled)
            self._effects.append(rows)
        return self._effects[0]

    @property
    def left_out(self) -> tuple[TrialEffect, ...]:
        """The effects that tell the measure nothing."""
        return tuple(effect for effect in self.chosen if effect.left_out)

    @property
    def subgroups(self) -> tuple[SubgroupRow, ...]:
        """One row a subgroup."""
        return tuple(group.row for group in self.groups)


def pool_analysis(review: Review, analysis: Analysis) -> PooledAnalysis:
    """Pool one analysis of a review, its subgroups too where it has a ``subgroup`` column."""
    effects = chosen_effects(review, analysis)
    trials = _entering(effects)
    specification = specification_of(analysis)
    pooled = pool_effects(trials, specification)
    return PooledAnalysis(
        review=review,
        analysis=analysis,
        specification=specification,
        chosen=effects,
        trials=trials,
        pooled=pooled,
        estimate=estimate_row(review, analysis, trials, pooled),
        groups=_groups(review, analysis, trials, specification),
    )


def entering(review: Review, analysis: Analysis) -> tuple[TrialEffect, ...]:
    """Return the effects that an analysis pools, without the trials that it leaves out."""
    return _entering(chosen_effects(review, analysis))


def _entering(effects: tuple[TrialEffect, ...]) -> tuple[TrialEffect, ...]:
    return tuple(effect for effect in effects if not effect.left_out)


def chosen_effects(review: Review, analysis: Analysis) -> tuple[TrialEffect, ...]:
    """Return the effects that an analysis chooses, with those of trials that it leaves out."""
    rows = chosen(analysis, review.studies, review.outcomes)
    return trial_effects([row for row in rows if is_complete(row[1])], analysis)


def pool_review(review: Review) -> tuple[PooledAnalysis, ...]:
    """Pool every analysis of a review, in the order of ``review.yaml``."""
    return tuple(pool_analysis(review, analysis) for analysis in review.settings.analyses)


def pool_effects(effects: Sequence[TrialEffect], specification: Specification) -> PoolResult | None:
    """Pool the effects, or return None where no trial is left to pool."""
    if not effects:
        return None
    return pool_under(
        [effect.y for effect in effects],
        [effect.v for effect in effects],
        specification,
        study=[effect.study.study for effect in effects],
        arms=_arms(effects, specification),
    )


def _arms(effects: Sequence[TrialEffect], specification: Specification) -> Sequence[Array]:
    """Return the counts that a model pools, none for one of effects."""
    if not needs_arms(specification):
        return ()
    rows = [(one.study, one.outcome) for one in effects]
    trials = trial_data(rows, specification.measure, [one.source for one in effects])
    return arms_under(trials, specification)


def cautious_limits(
    effects: Sequence[TrialEffect], specification: Specification
) -> tuple[float, float]:
    """Return REML limits by Hartung-Knapp, never narrower than Wald's, on the natural scale.

    The trials are two or more, pooled by inverse variance.
    """
    asked = replace(specification, tau2="REML", interval="hksj_adhoc")
    pooled = pool_under([one.y for one in effects], [one.v for one in effects], asked)
    natural = MEASURES[specification.measure].natural
    return natural(float(pooled.ci_low)), natural(float(pooled.ci_high))


def _groups(
    review: Review,
    analysis: Analysis,
    effects: Sequence[TrialEffect],
    specification: Specification,
) -> tuple[PooledGroup, ...]:
    """Pool each subgroup on its own, in the order in which its first trial stands."""
    if not analysis.subgroup:
        return ()
    members: dict[str, list[TrialEffect]] = {}
    for effect in effects:
        members.setdefault(subgroup_of(analysis, effect), []).append(effect)
    return tuple(
        _group(review, analysis, name, tuple(inside), specification)
        for name, inside in members.items()
    )


def _group(
    review: Review,
    analysis: Analysis,
    name: str,
    inside: tuple[TrialEffect, ...],
    specification: Specification,
) -> PooledGroup:
    pooled = pool_effects(inside, specification)
    row = estimate_row(review, analysis, inside, pooled)
    return PooledGroup(
        name=name, trials=inside, pooled=pooled, row=SubgroupRow(**asdict(row), subgroup=name)
    )
