"""Every dose question of a review, answered: the models, the trials behind them, the curves."""

from collections.abc import Iterator
from dataclasses import dataclass

from liftproof.analysis.dose.dose_data import DoseMaterial, dose_material
from liftproof.analysis.dose.dose_fits import fit_of
from liftproof.analysis.dose.model_rows import curve_rows, dose_row, trial_rows
from liftproof.reviews.model.review import Review
from liftproof.rows.dose_rows import DoseCurveRow, DoseRow, DoseTrialRow

FEWEST_TO_LEAVE_OUT = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseAnswers:
    """The rows of dose_response.csv (sentences still empty), dose_trials.csv, dose_curves.csv."""

    models: tuple[DoseRow, ...]
    trials: tuple[DoseTrialRow, ...]
    curves: tuple[DoseCurveRow, ...]


def answer_doses(review: Review) -> DoseAnswers:
    """Answer the dose questions of a review, each also without every one of its trials."""
    materials = [dose_material(review, question) for question in review.settings.dose]
    fits = [fit_of(material) for material in materials]
    pairs = list(zip(materials, fits, strict=True))
    return DoseAnswers(
        models=tuple(
            row
            for material, fit in pairs
            for row in (dose_row(material, fit), *_leave_outs(material))
        ),
        trials=tuple(row for pair in pairs for row in trial_rows(*pair)),
        curves=tuple(row for pair in pairs for row in curve_rows(*pair)),
    )


def dose_models(review: Review) -> tuple[DoseRow, ...]:
    """Answer the dose questions of a review from all trials alone, sentences still empty."""
    materials = [dose_material(review, question) for question in review.settings.dose]
    return tuple(dose_row(material, fit_of(material)) for material in materials)


def _leave_outs(material: DoseMaterial) -> Iterator[DoseRow]:
    """Yield the model without each trial that has a dose."""
    if len(material.studies) < FEWEST_TO_LEAVE_OUT:
        return
    for study in material.studies:
        rest = material.without(study)
        yield dose_row(rest, fit_of(rest), left_out=study)
