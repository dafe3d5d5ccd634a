"""Our estimates beside those of the engines, and the error when they differ.

The relative difference of two numbers is ``|theirs - ours| / max(|ours|, floor)``. The floor is the
standard error of the pooled estimate for the estimate and its limits, and the typical sampling
variance of a trial for tau²: numbers near zero are compared on the scale on which they matter, not
by their own last digits.
"""

from collections.abc import Sequence
from math import isfinite, log, sqrt
from types import ModuleType

import numpy as np

from liftproof.engines import pymare_engine, statsmodels_engine
from liftproof.engines.opinion import Array, Opinion, Question
from liftproof.errors import EnginesDisagreeError, InputError
from liftproof.rows.result_rows import EngineRow, EstimateRow, SubgroupRow
from liftproof.vocabulary.measures import MEASURES
from liftproof.vocabulary.models import THREE_LEVEL

CLOSED_FORM_TOLERANCE = 1e-8
"""Formulas without a search differ by rounding: 1e-12 at worst in metafor's reference cases."""

ITERATIVE_TOLERANCE = 1e-4
"""Searches stop where they please: 3e-7 at worst in those cases. A reader sees three digits."""

TOLERANCES = {"closed_form": CLOSED_FORM_TOLERANCE, "iterative": ITERATIVE_TOLERANCE}
QUANTITIES = ("estimate", "ci_low", "ci_high", "tau2")
ENGINES = (pymare_engine, statsmodels_engine)
FEWEST = 2
"""One trial leaves nothing to combine."""


def second_opinions(estimate: EstimateRow, y: Array, v: Array) -> list[EngineRow]:
    """Ask every engine for one pooled estimate and compare; one row an engine.

    ``y`` and ``v``, shape (k,), are the effects and variances that were pooled, on the analysis
    scale (log for ratios). A row of an engine that lacks the method, or that was not asked as
    there is one trial only, holds no number and a note that says why.

    Raises InputError when ``y`` and ``v`` are not k finite numbers with positive variances: the
    engines would take them without a word.
    """
    y, v = np.asarray(y, dtype=float), np.asarray(v, dtype=float)
    if not (y.shape == v.shape == (estimate.k,) and np.isfinite(y).all() and (v > 0).all()):
        raise InputError(
            f"{_name(estimate)}: second opinions need {estimate.k} finite effects with positive "
            f"variances, found y = {y.tolist()}, v = {v.tolist()}"
        )
    question = Question(y=y, v=v, tau2_method=estimate.tau2_method, interval=estimate.interval)
    return [_row(estimate, engine, question) for engine in ENGINES]


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
    if estimate.model == THREE_LEVEL:
        note = f"{engine.NAME} has no three-level model"
        opinion = Opinion(method="", kind="iterative", note=note)
    elif len(question.y) < FEWEST:
        opinion = Opinion(method="", kind="closed_form", note="fewer than two trials: not asked")
    else:
        opinion = engine.ask(question)
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
    )


def _difference(
    opinion: Opinion, ours: dict[str, float | None], floors: dict[str, float]
) -> tuple[float | None, list[str]]:
    """Return the largest relative difference, and the quantities that could not be compared."""
    differences, missing = [], []
    for quantity in QUANTITIES:
        theirs, own = getattr(opinion, quantity), ours[quantity]
        if theirs is None or own is None:
            missing.append(quantity)
        else:
            differences.append(abs(theirs - own) / max(abs(own), floors[quantity]))
    return max(differences, default=None), missing


def _floors(estimate: EstimateRow, question: Question) -> dict[str, float]:
    """Return the scale below which a difference of each quantity does not matter.

    Standard error: 1 / sqrt(sum w), w = 1 / (v + tau²). Typical sampling variance: Higgins and
    Thompson (2002), Statistics in Medicine 21, 1539-1558, equation 9.
    """
    error = 1 / sqrt(float(np.sum(1 / (question.v + (estimate.tau2 or 0.0)))))
    w = 1 / question.v
    spread = float(w.sum() ** 2 - (w**2).sum())
    typical = float((len(w) - 1) * w.sum()) / spread if spread else float(question.v.mean())
    return {"estimate": error, "ci_low": error, "ci_high": error, "tau2": typical}


def _analysis_scale(estimate: EstimateRow) -> dict[str, float | None]:
    """Return our numbers on the analysis scale; None where there is none."""
    is_log = MEASURES[estimate.measure].is_log
    limits = (estimate.estimate, estimate.ci_low, estimate.ci_high)
    scaled = [_logarithm(value) if is_log else value for value in limits]
    return dict(zip(QUANTITIES, [*scaled, estimate.tau2], strict=True))


def _logarithm(ratio: float | None) -> float | None:
    """Return log(ratio); None for the 0 or infinity that a limit like e^-800 is as a double."""
    return log(ratio) if ratio and isfinite(ratio) else None


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
