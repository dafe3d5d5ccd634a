"""Every choice behind a pooled number: one field a choice, so that one can be changed at a time."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from liftproof.errors import UsageError
from liftproof.reviews.model.defensible import OTHER_MEASURES
from liftproof.reviews.model.settings import Analysis
from liftproof.statistics.checks import is_number
from liftproof.statistics.clustering import require_treatment
from liftproof.statistics.effects.dispersion import MISREADINGS, STANDARDISERS
from liftproof.statistics.effects.entering import ENTRIES
from liftproof.statistics.effects.rounding import ROUNDINGS
from liftproof.statistics.sparse.around_mantel_haenszel import CENTRES
from liftproof.statistics.sparse.variances import RISK_DIFFERENCE_VARIANCES
from liftproof.statistics.tau2.approximate_limits import TAU2_LIMITS
from liftproof.suggest import did_you_mean
from liftproof.vocabulary.choices import CHOICES
from liftproof.vocabulary.estimators import ESTIMATORS, EstimatorRecord
from liftproof.vocabulary.intervals import INTERVALS, IntervalRecord
from liftproof.vocabulary.levels import USUAL_LEVEL, is_level, question_of_level
from liftproof.vocabulary.measures import MEASURES
from liftproof.vocabulary.models import COUNT_MODELS, INVERSE_VARIANCE, MODELS, ModelRecord
from liftproof.vocabulary.predictions import DEFAULT_PREDICTION, PREDICTIONS, PredictionRecord
from liftproof.vocabulary.record import AnyRecord
from liftproof.vocabulary.smd_formulas import (
    CHANGE_SDS,
    SMD_FORMULAS,
    USUAL_CHANGE_SD,
    USUAL_SMD,
)
from liftproof.vocabulary.suitability import require_interval, require_prediction, require_use
from liftproof.vocabulary.zero_cells import ZERO_CELLS

PERCENT = 100
OF_WEIGHTS = ("tau2", "interval", "prediction", "level")
"""Choices of a pool by weights 1/(v + τ²)."""
BEYOND_WEIGHTS = ("variance", "tau2_limits", "search", "i2", "q_about")
"""Choices that are made after effects are pooled, or in another way."""
OF_POOLS = (*OF_WEIGHTS, *BEYOND_WEIGHTS)
"""Choices that leave effects as they are."""
AS_DEFINED = ""
"""The value of a choice where the measure or the model has a definition of its own."""
NAMED: Mapping[str, Collection[str]] = {
    "measure": MEASURES,
    **CHOICES,
    "smd": SMD_FORMULAS,
    "change_sd": CHANGE_SDS,
}
"""By choice that always has a name, the names known."""
DEPARTING: Mapping[str, Collection[str]] = {
    "zero_cells": ZERO_CELLS,
    "dispersion": STANDARDISERS,
    "correction": ("none",),
    "misread": MISREADINGS,
    "other_measures": OTHER_MEASURES,
    "entered": ENTRIES,
    "rounding": ROUNDINGS,
    "direction": ("inverted",),
    "variance": RISK_DIFFERENCE_VARIANCES,
    "tau2_limits": TAU2_LIMITS,
    "search": ("loose",),
    "i2": ("from_q",),
    "q_about": CENTRES,
}
"""By choice that is empty as a rule, the names known of departures from it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Specification:
    """How trials are turned into effects, and effects into printed numbers.

    ``measure``, ``model``, ``tau2``, ``interval``, ``prediction`` and ``level`` (of all limits) as
    in ``review.yaml``, and so ``smd``, ``change_sd`` and ``pre_post_correlation``, of standardised
    mean differences; other fields are empty, or hold the name of a departure from the usual:

    ``zero_cells``: a code of ``ZERO_CELLS``. ``dispersion``: ``pooled`` standard deviations for a
    mean difference, ``separate`` for a standardised one. ``correction``: ``none`` for an
    uncorrected ratio of means. ``misread``: a name in ``dispersion.MISREADINGS``, of the trial
    ``misread_study``, empty for all. ``limits_read``: the level, in percent, at which reported
    limits are read instead of their own. ``clusters``: a treatment as in ``review.yaml``, or
    ``ICC`` and a number; ``as_extracted`` where empty. ``other_measures``: ``left_out`` for ratios
    of another kind than ``measure``, else ``taken``. ``entered``: a name in ``entering.ENTRIES``,
    what stands in the place of variances. ``rounding``: a name in ``rounding.ROUNDINGS``.
    ``direction``: ``inverted`` for arms exchanged.
    ``variance``: of the Mantel-Haenszel risk difference, as named there; ``sato`` where empty.
    ``tau2_limits``: a name in ``TAU2_LIMITS``; Q-profile where empty. ``search``: ``loose``
    where an iteration stops early. ``i2``: ``from_q``. ``q_about``: a name in ``CENTRES``, the
    Mantel-Haenszel estimate that Q, τ² by ``DL`` and I² are about; the weighted mean where empty.

    Raises UsageError for a name that is not known, with the nearest, and for a level that is none.
    Whether a choice suits the measure, the model and the trials shows where it is used.
    """

    measure: str
    model: str = INVERSE_VARIANCE
    tau2: str = "REML"
    interval: str = "hksj_adhoc"
    prediction: str = DEFAULT_PREDICTION
    level: float = USUAL_LEVEL
    smd: str = USUAL_SMD
    change_sd: str = USUAL_CHANGE_SD
    pre_post_correlation: float | None = None
    zero_cells: str = AS_DEFINED
    dispersion: str = AS_DEFINED
    correction: str = AS_DEFINED
    misread: str = AS_DEFINED
    misread_study: str = AS_DEFINED
    limits_read: str = AS_DEFINED
    clusters: str = AS_DEFINED
    other_measures: str = AS_DEFINED
    entered: str = AS_DEFINED
    rounding: str = AS_DEFINED
    direction: str = AS_DEFINED
    variance: str = AS_DEFINED
    tau2_limits: str = AS_DEFINED
    search: str = AS_DEFINED
    i2: str = AS_DEFINED
    q_about: str = AS_DEFINED

    def __post_init__(self) -> None:
        """Raise UsageError for a value that no function knows."""
        for field, names in NAMED.items():
            _require_known(field, getattr(self, field), names)
        for field, names in DEPARTING.items():
            value = getattr(self, field)
            if value != AS_DEFINED:
                _require_known(field, value, names)
        require_treatment(self.clusters)
        if not is_number(self.level):
            raise UsageError(f"There is no level {self.level}; write a share such as 0.95.")
        if not is_level(self.level):
            raise UsageError(f"There is no level {self.level}; {question_of_level(self.level)}")
        if self.limits_read != AS_DEFINED and not _is_percentage(self.limits_read):
            raise UsageError(
                f"There is no limits_read {self.limits_read}; give a text of percent from 50 to "
                "100, as 90."
            )


def _require_known(field: str, value: object, names: Collection[str]) -> None:
    """Raise UsageError for a value that is no name of the field, with the nearest."""
    if not isinstance(value, str) or value not in names:
        raise UsageError(f"There is no {field} {value}; {did_you_mean(str(value), names)}")


def _is_percentage(text: str) -> bool:
    try:
        return is_level(float(text) / PERCENT)
    except (TypeError, ValueError):
        return False


def specification_of(analysis: Analysis) -> Specification:
    """Return the choices of an analysis of a review.

    Models of counts have Wald's interval and no use for ``tau2``, which is then the default: what
    inverse variance would take. Raises UsageError where choices do not fit each other.
    """
    require_interval(analysis.interval, analysis.tau2, analysis.model)
    require_prediction(analysis.prediction, analysis.tau2, analysis.model)
    require_use(analysis.model, {"clustering": analysis.clustering})
    asked = Specification(
        measure=analysis.measure,
        model=analysis.model or INVERSE_VARIANCE,
        prediction=analysis.prediction or DEFAULT_PREDICTION,
        level=analysis.level,
        clusters=analysis.clustering,
        smd=analysis.smd or USUAL_SMD,
        change_sd=analysis.change_sd or USUAL_CHANGE_SD,
        pre_post_correlation=analysis.pre_post_correlation,
    )
    if analysis.model in COUNT_MODELS:
        return replace(asked, interval="wald")
    return replace(asked, tau2=analysis.tau2, interval=analysis.interval)


def estimators_of(model: str) -> Mapping[str, EstimatorRecord]:
    """Return the estimators of τ² that a model takes; none for a model of counts.

    >>> list(estimators_of("three-level")), list(estimators_of("MH"))
    (['REML', 'ML'], [])
    """
    return _taken(ESTIMATORS, model, MODELS[model].estimators)


def intervals_of(model: str) -> Mapping[str, IntervalRecord]:
    """Return the confidence intervals that a model takes; none where it has one of its own."""
    return _taken(INTERVALS, model, MODELS[model].intervals)


def predictions_of(model: str) -> Mapping[str, PredictionRecord]:
    """Return the prediction intervals that a model takes; none where it has its own, or none."""
    return _taken(PREDICTIONS, model, ())


def models_of(measure: str) -> Mapping[str, ModelRecord]:
    """Return the models that estimate a measure from effects or from counts, one result a trial.

    >>> list(models_of("RD"))
    ['IV', 'MH', 'beta-binomial']
    """
    return {
        code: record
        for code, record in MODELS.items()
        if code == INVERSE_VARIANCE or measure in record.measures
    }


def _taken(
    records: Mapping[str, AnyRecord], model: str, only: Sequence[str]
) -> Mapping[str, AnyRecord]:
    """Return all records for inverse variance, for other models only those that they name."""
    return records if model == INVERSE_VARIANCE else {code: records[code] for code in only}
