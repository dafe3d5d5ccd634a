"""The numbers of one analysis that judgements on its certainty are held against."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite

import numpy as np

from liftproof.analysis.certainty.bias import TrialsJudged, judged
from liftproof.analysis.certainty.grading import Certainty, certainty_of
from liftproof.analysis.diagnostics.pooled_trials import PooledTrials, pooled_trials
from liftproof.analysis.effects import TrialEffect
from liftproof.analysis.estimates import cautious_limits, pool_analysis
from liftproof.reviews.model.choice import same, value_of
from liftproof.reviews.model.grade import Grade
from liftproof.reviews.model.provenance import marks
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.review_tables import MARKED_KINDS
from liftproof.reviews.model.settings import Analysis
from liftproof.rows.result_rows import EstimateRow
from liftproof.statistics.accumulation.information import participants_for_risks
from liftproof.statistics.small_study.egger import funnel_regression
from liftproof.statistics.statements.absolute import RISKS
from liftproof.vocabulary.intervals import INTERVALS
from liftproof.vocabulary.measures import MEASURES
from liftproof.vocabulary.models import INVERSE_VARIANCE

ENOUGH_FOR_ASYMMETRY = 10
"""Trials below which tests of asymmetry tell little (Sterne et al. 2011, BMJ 343, d4002)."""
RELATIVE_REDUCTION = 0.25
"""Of risk, that an optimal information size aims at (Guyatt et al. 2011, J Clin Epidemiol 64,
1283-1293), with two-sided α of 0.05 and power of 0.8."""
ENOUGH_FOR_MEANS = 400
"""Participants below which a mean is imprecise, as the same paper's rule of thumb has it."""
CONTROL = ("events_control", "n_control")


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """The risk without the intervention, a probability, and what it rests on.

    ``source``: as review.yaml states it; empty for the sum of ``arms`` control arms, which count
    ``outcomes`` different outcomes. ``marks``: those of their numbers.
    """

    risk: float
    source: str = ""
    arms: int | None = None
    outcomes: int | None = None
    marks: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class GradedAnalysis:
    """One judged analysis. Limits are on the natural scale, percentages from 0 to 100.

    ``of``: its effects and pool; None where nothing can be pooled. ``bias``: what was recorded of
    its trials. ``of_population``: trials of the question's population, None where review.yaml
    names none. ``size``: participants over the design effect; ``optimal_size``: how many are
    enough; ``hartung_knapp``: REML limits never narrower than Wald's, where the analysis puts
    limits that can be narrow on few trials.
    ``asymmetry_p``: of Egger's test, from ten trials on. None where there is no such number.
    """

    analysis: Analysis
    row: EstimateRow
    grades: Mapping[str, Grade]
    certainty: Certainty
    of: PooledTrials | None
    baseline: Baseline | None
    bias: TrialsJudged
    of_population: int | None
    size: float | None
    optimal_size: int | None
    hartung_knapp: tuple[float, float] | None
    asymmetry_p: float | None

    @property
    def no_effect(self) -> float:
        """The value of no effect."""
        return MEASURES[self.row.measure].no_effect

    @property
    def is_log(self) -> bool:
        """Whether effects are ratios."""
        return MEASURES[self.row.measure].is_log

    @property
    def excludes_no_effect(self) -> bool:
        """Whether the confidence interval exists and leaves no effect out."""
        low, high = self.row.ci_low, self.row.ci_high
        return low is not None and high is not None and not low <= self.no_effect <= high


def graded_analysis(review: Review, analysis: Analysis) -> GradedAnalysis:
    """Gather the numbers of one analysis.

    Raises InputError and ConvergenceError where its effects cannot be pooled.
    """
    whole = pool_analysis(review, analysis)
    effects, row, of = whole.trials, whole.estimate, pooled_trials(whole)
    baseline = _baseline(review, analysis, of)
    studies = dict.fromkeys(effect.study.study for effect in effects)
    return GradedAnalysis(
        analysis=analysis,
        row=row,
        grades=_grades(review, analysis),
        certainty=certainty_by_grade(review, analysis, effects),
        of=of,
        baseline=baseline,
        bias=judged(review.risk_of_bias, studies),
        of_population=_of_population(analysis, effects),
        size=_size(row, of),
        optimal_size=_optimal_size(analysis, baseline),
        hartung_knapp=_hartung_knapp(of),
        asymmetry_p=_asymmetry(of, len(studies)),
    )


def _baseline(review: Review, analysis: Analysis, of: PooledTrials | None) -> Baseline | None:
    """Return the risk that review.yaml states, else that of the control arms that give counts."""
    if analysis.measure not in RISKS:
        return None
    if analysis.baseline_risk:
        given = analysis.baseline_risk
        return Baseline(risk=given.risk, source=given.source)
    if of is None or not 0 < of.baseline_risk < 1:
        return None
    rows = [effect.outcome for effect in of.effects]
    known = [row for row in rows if None not in (row.events_control, row.n_control)]
    found = {kind for row in known for kind in marks(review, row, CONTROL)}
    return Baseline(
        risk=of.baseline_risk,
        arms=of.baselines,
        outcomes=len({row.outcome for row in known}),
        marks=frozenset(found.intersection(MARKED_KINDS)),
    )


def _grades(review: Review, analysis: Analysis) -> dict[str, Grade]:
    return {row.domain: row for row in review.grades if row.analysis == analysis.id}


def certainty_by_grade(
    review: Review, analysis: Analysis, effects: Sequence[TrialEffect]
) -> Certainty:
    """Return the certainty of an analysis; trials are randomised unless they say otherwise."""
    randomised = all(one.study.moderators.get("randomised", "yes") != "no" for one in effects)
    return certainty_of(_grades(review, analysis), randomised=randomised)


def _of_population(analysis: Analysis, effects: Sequence[TrialEffect]) -> int | None:
    """Return the number of trials that have a value of every column of ``population``."""
    if not analysis.population:
        return None
    return len(
        {
            effect.study.study
            for effect in effects
            if all(
                any(same(value, value_of(column, effect.study, effect.outcome)) for value in values)
                for column, values in analysis.population.items()
            )
        }
    )


def _size(row: EstimateRow, of: PooledTrials | None) -> float | None:
    """Return participants over the design effect; as they are where trials have several results."""
    if of is None or row.studies != row.k:
        return row.participants
    total = float(of.sizes.sum())
    return total if isfinite(total) else row.participants


def _optimal_size(analysis: Analysis, baseline: Baseline | None) -> int | None:
    if MEASURES[analysis.measure].is_of_means:
        return ENOUGH_FOR_MEANS
    if baseline is None:
        return None
    return participants_for_risks(baseline.risk, (1 - RELATIVE_REDUCTION) * baseline.risk)


def _hartung_knapp(of: PooledTrials | None) -> tuple[float, float] | None:
    few = of is not None and 1 < len(of.y) < ENOUGH_FOR_ASYMMETRY
    if of is None or not few:
        return None
    asked = of.specification
    if asked.model != INVERSE_VARIANCE or not INTERVALS[asked.interval].can_be_narrow:
        return None
    return cautious_limits(of.effects, asked)


def _asymmetry(of: PooledTrials | None, studies: int) -> float | None:
    """Return Egger's p where trials are enough, each with one result."""
    if of is None or studies < ENOUGH_FOR_ASYMMETRY or studies != len(of.y):
        return None
    p = float(np.asarray(funnel_regression(of.y, of.v).p_value))
    return p if isfinite(p) else None
