"""Dose-response: within trials that have several dose arms, and across trials.

``log_ratio_contrasts``, ``mean_contrasts`` or ``dose_contrasts`` set dose arms against the
reference arm of their trial; ``dose_response`` fits a curve to them, ``dose_curve`` gives it at any
dose, ``goodness_of_fit`` its fit. ``dose_regression`` regresses one effect a trial on its dose.
A form of curve is ``LINEAR``, ``QUADRATIC``, ``logarithmic()`` or ``spline()``.
"""

from liftproof.statistics.dose.across import DoseRegression, dose_regression, fewest_trials
from liftproof.statistics.dose.arms import log_ratio_contrasts, mean_contrasts
from liftproof.statistics.dose.contrasts import Contrasts, dose_contrasts
from liftproof.statistics.dose.fitting import DoseResponse, dose_response
from liftproof.statistics.dose.forms import (
    FORMS,
    LINEAR,
    QUADRATIC,
    Form,
    columns,
    logarithmic,
    spline,
)
from liftproof.statistics.dose.prediction import Curve, GoodnessOfFit, dose_curve, goodness_of_fit
from liftproof.statistics.dose.splines import harrell_knots
from liftproof.statistics.dose.two import LineThroughTwo, line_through_two

__all__ = [
    "FORMS",
    "LINEAR",
    "QUADRATIC",
    "Contrasts",
    "Curve",
    "DoseRegression",
    "DoseResponse",
    "Form",
    "GoodnessOfFit",
    "LineThroughTwo",
    "columns",
    "dose_contrasts",
    "dose_curve",
    "dose_regression",
    "dose_response",
    "fewest_trials",
    "goodness_of_fit",
    "harrell_knots",
    "line_through_two",
    "log_ratio_contrasts",
    "logarithmic",
    "mean_contrasts",
    "spline",
]
