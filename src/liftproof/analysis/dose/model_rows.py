"""From a fitted regression to the rows of the three tables."""

from collections.abc import Iterator
from math import isfinite
from typing import Any

import numpy as np

from liftproof.analysis.dose.dose_data import Dosed, DoseMaterial
from liftproof.analysis.dose.dose_fits import DoseFit
from liftproof.reviews.model.dose_question import RCS
from liftproof.reviews.model.review_tables import MARKED_KINDS
from liftproof.rows.dose_rows import (
    ASSOCIATION,
    INCONCLUSIVE,
    NOT_TESTABLE,
    TOO_FEW,
    DoseCurveRow,
    DoseRow,
    DoseTrialRow,
)
from liftproof.statistics.distributions import limits
from liftproof.vocabulary.measures import MEASURES

ENOUGH_TRIALS = 10
"""Fewer trials do not show what modifies an effect (Cochrane Handbook 10.11.5.1)."""
SIGNIFICANCE = 0.05
TENTH_MORE = 1.1
GRID = 61


def dose_row(material: DoseMaterial, fit: DoseFit | None, left_out: str = "") -> DoseRow:
    """Return the row of one model, without its sentence; numbers are None where there is none."""
    question = material.question
    doses = material.arrays()[2]
    found = _numbers(material, fit) if fit else {}
    marked: dict[str, Any] = {kind: material.marked(kind) for kind in MARKED_KINDS}
    return DoseRow(
        review=material.review,
        analysis=material.analysis.id,
        dose=question.id,
        title=question.title,
        column=question.name,
        unit=question.unit,
        form=question.form,
        per=question.per,
        left_out=left_out,
        measure=material.analysis.measure,
        k=len(material.dosed),
        studies=len(material.studies),
        trials_without_dose=material.trials_without,
        dose_low=float(doses.min()) if doses.size else None,
        dose_mean=float(doses.mean()) if doses.size else None,
        dose_high=float(doses.max()) if doses.size else None,
        model=material.analysis.model,
        claimed_points=question.claimed_points,
        target=question.target,
        verdict=_verdict(material, fit),
        **marked,
        **found,
    )


def trial_rows(material: DoseMaterial, fit: DoseFit | None) -> Iterator[DoseTrialRow]:
    """Yield every result of the question, with its weight where it is regressed."""
    tau2 = fit.tau2 if fit else 0.0
    total = sum(1 / (result.effect.v + tau2) for result in material.dosed)
    natural = MEASURES[material.analysis.measure].natural
    for result in material.results:
        effect = result.effect
        low, high = limits(np.array(effect.y), np.sqrt(effect.v), material.analysis.level, np.inf)
        study = effect.study
        yield DoseTrialRow(
            review=material.review,
            analysis=material.analysis.id,
            dose=material.question.id,
            study=study.study,
            label=study.label,
            outcome=effect.outcome.outcome,
            detail=effect.outcome.detail,
            amount=result.amount,
            estimate=natural(effect.y),
            ci_low=natural(float(low)),
            ci_high=natural(float(high)),
            weight_percent=_weight(result, tau2, total),
            design=study.design,
            sport=study.sport,
            **{kind: "yes" if kind in result.marks else "no" for kind in MARKED_KINDS},
        )


def curve_rows(material: DoseMaterial, fit: DoseFit | None) -> Iterator[DoseCurveRow]:
    """Yield the fitted effect from the lowest dose to the highest; beyond it says nothing."""
    if fit is None:
        return
    natural = MEASURES[material.analysis.measure].natural
    doses = material.arrays()[2]
    grid = np.linspace(doses.min(), doses.max(), GRID)
    for amount, *values in zip(grid, *fit.curve(grid), strict=True):
        estimate, low, high = (natural(float(value)) for value in values)
        yield DoseCurveRow(
            review=material.review,
            analysis=material.analysis.id,
            dose=material.question.id,
            amount=float(amount),
            estimate=_number(estimate),
            ci_low=_number(low),
            ci_high=_number(high),
        )


def _weight(result: Dosed, tau2: float, total: float) -> float | None:
    return None if result.amount is None else 100 / (result.effect.v + tau2) / total


def _numbers(material: DoseMaterial, fit: DoseFit) -> dict[str, Any]:
    """Return the numbers of the model by column, NaN as None."""
    per, is_line = material.question.per, material.question.form != RCS
    slope, low, high = fit.slope(per) if is_line else (np.nan,) * 3
    modified_low, modified_high, modified_p = fit.modified
    measure = MEASURES[material.analysis.measure]
    ratios = [measure.natural(each) if measure.is_log else np.nan for each in (slope, low, high)]
    values = {
        "slope": slope,
        "ci_low": low,
        "ci_high": high,
        "p_value": fit.p_value,
        "df": fit.df,
        "modified_ci_low": per * modified_low if is_line else np.nan,
        "modified_ci_high": per * modified_high if is_line else np.nan,
        "modified_p_value": modified_p,
        "permutation_p": fit.permutation_p,
        "smallest_permutation_p": fit.smallest_p,
        **dict(zip(("ratio", "ratio_ci_low", "ratio_ci_high"), ratios, strict=True)),
        "nonlinear_p": fit.nonlinear_p,
        "tau2": fit.tau2,
        "r2": fit.r2,
        **_ten_percent(material, fit),
    }
    return {
        "interval": fit.interval,
        "tau2_method": fit.tau2_method,
        "permutations": fit.orders or None,
        "permutations_drawn": ("no", "yes")[fit.is_sampled] if fit.orders else "",
        **{name: _number(value) for name, value in values.items()},
    }


def _ten_percent(material: DoseMaterial, fit: DoseFit) -> dict[str, float]:
    """Return the effect at the mean dose, and what 10 % more dose does to it, in points.

    The limits are those of the change on the analysis scale, the effect at the mean dose held at
    its estimate: they exclude 0 where the slope's do.
    """
    measure = MEASURES[material.analysis.measure]
    mean = float(material.arrays()[2].mean())
    at_mean = measure.natural(float(fit.curve(np.array([mean]))[0][0]))
    if not measure.is_log:
        return {"effect_at_mean": at_mean}
    suffixes = ("", "_low", "_high", "_modified_low", "_modified_high")
    names = [f"points_10_percent{suffix}" for suffix in suffixes]
    change = (
        *fit.contrast(mean, TENTH_MORE * mean),
        *fit.modified_contrast(mean, TENTH_MORE * mean),
    )
    points = [100 * at_mean * (measure.natural(each) - 1) for each in change]
    return {"effect_at_mean": at_mean, **dict(zip(names, points, strict=True))}


def _verdict(material: DoseMaterial, fit: DoseFit | None) -> str:
    """Return what the model can show: no more than an association between ten trials or more."""
    if fit is None or not fit.is_told:
        return NOT_TESTABLE
    p_values = (fit.p_value, fit.modified[2], fit.permutation_p)
    if any(p >= SIGNIFICANCE for p in p_values):
        return INCONCLUSIVE
    return TOO_FEW if len(material.studies) < ENOUGH_TRIALS else ASSOCIATION


def _number(value: float) -> float | None:
    """Return a plain float, or None where the number does not exist."""
    return float(value) if isfinite(value) else None
