"""Our estimates beside those of the engines, and the error when they differ.

The relative difference of two numbers is ``|theirs - ours| / max(|ours|, floor)``. The floor is the
standard error of the pooled estimate for the estimate and its limits, and the typical sampling
variance of a trial for tau²: numbers near zero are compared on the scale on which they matter, not
by their own last digits.
"""

from collections.abc import Sequence
from math import sqrt
from types import ModuleType

import numpy as np
from scipy.special import ndtri

from liftproof.engines import (
    likelihood_engine,
    pymare_engine,
    pymetaanalysis_engine,
    statsmodels_engine,
)
from liftproof.engines.opinion import (
    CLOSED_FORM,
    ITERATIVE,
    QUADRATURE,
    Array,
    Opinion,
    Question,
    no_opinion,
)
from liftproof.errors import EnginesDisagreeError, InputError
from liftproof.rows.result_rows import EngineRow, EstimateRow, SubgroupRow
from liftproof.vocabulary.levels import USUAL_LEVEL
from liftproof.vocabulary.measures import MEASURES
from liftproof.vocabulary.models import COUNT_MODELS, INVERSE_VARIANCE
from liftproof.vocabulary.scales import onto

CLOSED_FORM_TOLERANCE = 1e-8
"""Formulas without a search differ by rounding: 1e-12 at worst in metafor's reference cases."""

ITERATIVE_TOLERANCE = 1e-4
"""Searches stop where they please: 3e-7 at worst in those cases. A reader sees three digits."""

QUADRATURE_TOLERANCE = 5e-3
"""Seven nodes, metafor's and ours, are off from the integral by 4e-4 at worst in 100 random sets,
with τ² up to 5; twenty-five nodes agree with the sums over a grid."""

TOLERANCES = {
    CLOSED_FORM: CLOSED_FORM_TOLERANCE,
    ITERATIVE: ITERATIVE_TOLERANCE,
    QUADRATURE: QUADRATURE_TOLERANCE,
}
PREDICTED = ("pi_low", "pi_high")
"""Compared where both sides give them: most engines have no prediction interval."""
QUANTITIES = ("estimate", "ci_low", "ci_high", "tau2", *PREDICTED)
ENGINES = (pymare_engine, statsmodels_engine, pymetaanalysis_engine)
"""Asked of every estimate; a row says why where they have no such method."""
FEWEST = 2
"""One trial leaves nothing to combine."""


def second_opinions(
    estimate: EstimateRow,
    y: Array,
    v: Array,
    *,
    studies: Sequence[str] = (),
    arms: Sequence[Array] = (),
    level: float = USUAL_LEVEL,
) -> list[EngineRow]:
    """Ask every engine for one pooled estimate and compare; one row an engine.

    ``y`` and ``v``, shape (k,), are the effects and variances that were pooled, on the analysis
    scale (log for ratios); ``studies``: the trial of each. ``arms``: events and people of both
    arms, intervention first, each of shape (k,), for models of counts. ``level``: of all limits.
    A row of an engine that lacks the method, or that was not asked as there is one trial only,
    holds no number and a note that says why.

    Raises InputError when ``y`` and ``v`` are not k finite numbers with positive variances: the
    engines would take them without a word. Of a model of counts they are not asked for.
    """
    y, v = np.asarray(y, dtype=float), np.asarray(v, dtype=float)
    of_counts = estimate.model in COUNT_MODELS
    is_usable = y.shape == v.shape == (estimate.k,) and np.isfinite(y).all() and (v > 0).all()
    if not (of_counts or is_usable):
        raise InputError(
            f"{_name(estimate)}: second opinions need {estimate.k} finite effects with positive "
            f"variances, found y = {y.tolist()}, v = {v.tolist()}"
        )
    question = Question(
        y=y,
        v=v,
        tau2_method=estimate.tau2_method,
        interval=estimate.interval,
        prediction=estimate.prediction,
        level=level,
        model=estimate.model or INVERSE_VARIANCE,
        measure=estimate.measure,
        studies=tuple(studies),
        arms=tuple(arms),
    )
    engines = (
        (*ENGINES, likelihood_engine) if question.model in likelihood_engine.MODELS else ENGINES
    )
    return [_row(estimate, engine, question) for engine in engines]


def agree(rows: Sequence[EngineRow], estimates: Sequence[EstimateRow]) -> None:
    """Raise EnginesDisagreeError, with all numbers, if any engine differs by more than it may.

    ``estimates`` are ours, subgroups included, to be shown beside those of the engines. Every row
    of ``rows`` must have its estimate among them.
    """
    ours = {_key(estimate): estimate for estimate in estimates}
    complaints = [_complaint(row, ours[_key(row)]) for row in rows if _differs(row)]
    if complaints:
        raise EnginesDisagreeError("\n".join(complaints))


def _row(estimate: EstimateRow, engine: ModuleType, question: Question) -> EngineRow:
    opinion = _opinion(engine, question)
    difference, missing = _difference(
        opinion, _analysis_scale(estimate), _floors(estimate, question)
    )
    notes = [opinion.note] if opinion.note else []
    if opinion.method and missing:
        notes.append(f"not compared, as one side gives none: {', '.join(missing)}")
    return EngineRow(
        review=estimate.review,
        analysis=estimate.analysis,
        subgroup=_subgroup(estimate),
        engine=engine.NAME,
        version=engine.VERSION,
        method=opinion.method,
        kind=opinion.kind,
        estimate=opinion.estimate,
        ci_low=opinion.ci_low,
        ci_high=opinion.ci_high,
        tau2=opinion.tau2,
        largest_difference=difference,
        note="; ".join(notes),
        pi_low=opinion.pi_low,
        pi_high=opinion.pi_high,
        agreed="no" if difference is None else "yes",
        tolerance=None if difference is None else TOLERANCES[opinion.kind],
    )


def _opinion(engine: ModuleType, question: Question) -> Opinion:
    """Return what an engine answers, or why it was not asked."""
    if len(question.y) < FEWEST:
        return no_opinion("fewer than two trials: not asked", CLOSED_FORM)
    if question.model not in engine.MODELS:
        return no_opinion(f"{engine.NAME} has no {question.model} model")
    if question.model in COUNT_MODELS and not _are_known(question.arms):
        return no_opinion("not asked: effects.csv holds no counts of both arms of every trial")
    opinion: Opinion = engine.ask(question)
    return opinion


def _are_known(arms: Sequence[Array]) -> bool:
    return len(arms) > 0 and bool(np.isfinite(arms).all())


def _difference(
    opinion: Opinion, ours: dict[str, float | None], floors: dict[str, float]
) -> tuple[float | None, list[str]]:
    """Return the largest relative difference, and the quantities that could not be compared."""
    differences, missing = [], []
    for quantity in QUANTITIES:
        theirs, own = getattr(opinion, quantity), ours[quantity]
        if theirs is None and (own is None or quantity in PREDICTED):
            continue
        if theirs is None or own is None:
            missing.append(quantity)
        else:
            differences.append(abs(theirs - own) / max(abs(own), floors[quantity]))
    return max(differences, default=None), missing


def _floors(estimate: EstimateRow, question: Question) -> dict[str, float]:
    """Return the scale below which a difference of each quantity does not matter.

    Standard error: 1 / sqrt(sum w), w = 1 / (v + tau²); of a model of counts that of its limits,
    and k of its squares in the place of a trial's variance. Typical sampling variance: Higgins and
    Thompson (2002), Statistics in Medicine 21, 1539-1558, equation 9.
    """
    if question.model in COUNT_MODELS:
        ours = _analysis_scale(estimate)
        low, high = ours["ci_low"], ours["ci_high"]
        half = float(ndtri((1 + question.level) / 2))
        error = 1.0 if low is None or high is None else (high - low) / (2 * half)
        return _by_quantity(error, estimate.k * error**2)
    error = 1 / sqrt(float(np.sum(1 / (question.v + (estimate.tau2 or 0.0)))))
    w = 1 / question.v
    spread = float(w.sum() ** 2 - (w**2).sum())
    typical = float((len(w) - 1) * w.sum()) / spread if spread else float(question.v.mean())
    return _by_quantity(error, typical)


def _by_quantity(error: float, variance: float) -> dict[str, float]:
    return {name: variance if name == "tau2" else error for name in QUANTITIES}


def _analysis_scale(estimate: EstimateRow) -> dict[str, float | None]:
    """Return our numbers on the analysis scale; None where there is none.

    As for the 0 or infinity that a limit like e^-800 is as a double, and the ends of a range.
    """
    scale = MEASURES[estimate.measure].scale
    values = {name: getattr(estimate, name) for name in QUANTITIES}
    return {name: value if name == "tau2" else onto(scale, value) for name, value in values.items()}


def _differs(row: EngineRow) -> bool:
    return row.largest_difference is not None and not (
        row.largest_difference <= TOLERANCES[row.kind]
    )


def _complaint(row: EngineRow, estimate: EstimateRow) -> str:
    ours = _analysis_scale(estimate)
    numbers = ", ".join(
        f"{quantity} {getattr(row, quantity)!r} against our {ours[quantity]!r}"
        for quantity in QUANTITIES
    )
    return (
        f"{_name(estimate)}: {row.engine} {row.version} differs from our {estimate.tau2_method} "
        f"with {estimate.interval} limits by {row.largest_difference:.3g} (allowed: "
        f"{TOLERANCES[row.kind]:g}, as the method is {row.kind.replace('_', '-')}). "
        f"On the analysis scale: {numbers}. It was asked as {row.method}."
    )


def _subgroup(row: EstimateRow | EngineRow) -> str:
    return row.subgroup if isinstance(row, SubgroupRow | EngineRow) else ""


def _key(row: EstimateRow | EngineRow) -> tuple[str, str, str]:
    return row.review, row.analysis, _subgroup(row)


def _name(row: EstimateRow) -> str:
    return " ".join(part for part in _key(row) if part)
