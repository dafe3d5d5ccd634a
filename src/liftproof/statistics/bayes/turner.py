"""Empirical priors of the heterogeneity among log odds ratios, from 14,886 Cochrane meta-analyses.

Log-normal distributions of τ² by type of outcome and of comparison: Turner, Jackson, Wei, Thompson
& Higgins 2015, Stat Med 34, 984-998, table IV, and page 993 for the general setting. They are for
log odds ratios; log risk ratios of common outcomes vary less. bayesmeta: ``TurnerEtAlPrior``.
"""

from collections.abc import Mapping

from liftproof.errors import InputError
from liftproof.statistics.bayes.priors import TauPrior, log_normal
from liftproof.statistics.checks import choose

OUTCOMES = (
    "all-cause mortality",
    "obstetric outcomes",
    "cause-specific mortality / major morbidity event / composite (mortality or morbidity)",
    "resource use / hospital stay / process",
    "surgical / device related success / failure",
    "withdrawals / drop-outs",
    "internal / structure-related outcomes",
    "general physical health indicators",
    "adverse events",
    "infection / onset of new disease",
    "signs / symptoms reflecting continuation / end of condition",
    "pain",
    "quality of life / functioning (dichotomized)",
    "mental health indicators",
    "biological markers (dichotomized)",
    "subjective outcomes (various)",
)
"""Types of outcome, in bayesmeta's words."""

# fmt: off
_MEANS: Mapping[str, tuple[float, ...]] = {
    "pharmacological vs. placebo / control": (
        -3.95, -3.52, -3.71, -2.34, -2.14, -2.99, -2.71, -2.29,
        -1.87, -2.49, -2.06, -1.83, -2.54, -2.12, -1.77, -2.70),
    "pharmacological vs. pharmacological": (
        -4.18, -3.75, -3.95, -2.58, -2.37, -3.23, -2.94, -2.53,
        -2.10, -2.73, -2.29, -2.06, -2.78, -2.35, -2.00, -2.93),
    "non-pharmacological vs. placebo / control": (
        -4.17, -3.74, -3.93, -2.56, -2.36, -3.21, -2.93, -2.51,
        -2.10, -2.71, -2.28, -2.05, -2.77, -2.34, -1.99, -2.92),
    "non-pharmacological vs. pharmacological": (
        -2.92, -2.49, -2.68, -1.31, -1.11, -1.96, -1.67, -1.26,
        -0.84, -1.46, -1.03, -0.80, -1.51, -1.09, -0.74, -1.67),
    "non-pharmacological vs. non-pharmacological": (
        -3.50, -3.08, -3.27, -1.90, -1.69, -2.55, -2.26, -1.85,
        -1.43, -2.05, -1.61, -1.38, -2.10, -1.67, -1.33, -2.26),
}
_SDS: Mapping[str, tuple[float, ...]] = {
    "pharmacological vs. placebo / control": (
        1.34, 1.74, 1.74, 1.74, 1.74, 1.74, 1.74, 1.53,
        1.52, 1.52, 1.51, 1.52, 1.54, 1.53, 1.52, 1.52),
    "pharmacological vs. pharmacological": (
        1.41, 1.79, 1.79, 1.79, 1.79, 1.79, 1.79, 1.58,
        1.58, 1.58, 1.58, 1.58, 1.60, 1.60, 1.58, 1.58),
    "non-pharmacological vs. placebo / control": (
        1.55, 1.91, 1.91, 1.91, 1.91, 1.91, 1.92, 1.72,
        1.71, 1.71, 1.71, 1.71, 1.73, 1.72, 1.71, 1.71),
    "non-pharmacological vs. pharmacological": (
        1.02, 1.50, 1.51, 1.50, 1.50, 1.51, 1.51, 1.25,
        1.24, 1.24, 1.24, 1.25, 1.27, 1.27, 1.24, 1.25),
    "non-pharmacological vs. non-pharmacological": (
        1.26, 1.68, 1.68, 1.68, 1.68, 1.68, 1.68, 1.46,
        1.45, 1.45, 1.45, 1.45, 1.47, 1.47, 1.45, 1.45),
}
# fmt: on
COMPARISONS = tuple(_MEANS)
"""Types of comparison, in bayesmeta's words."""
GENERAL = (-2.56, 1.74)
"""Mean and sd of log τ² in any setting."""


def turner(outcome: str | None = None, comparison: str | None = None) -> TauPrior:
    """Return the prior of τ for log odds ratios of an outcome and comparison, or in general.

    If log τ² is normal with mean a and sd b, log τ is with a/2 and b/2. ``outcome``: a name in
    OUTCOMES; ``comparison``: a name in COMPARISONS. Raises InputError.

    Source: Turner et al. 2015, Stat Med 34, 984-998. bayesmeta: ``TurnerEtAlPrior(outcome,
    comparator1, comparator2)$dprior``.

    >>> turner("all-cause mortality", "pharmacological vs. placebo / control").label
    'log-normal(mean=-1.975, sd=0.67)'
    >>> turner().label
    'log-normal(mean=-1.28, sd=0.87)'
    """
    if outcome is None and comparison is None:
        mean, sd = GENERAL
    elif outcome is None or comparison is None:
        raise InputError("Turner's priors need both an outcome and a comparison, or neither.")
    else:
        place = choose({name: i for i, name in enumerate(OUTCOMES)}, outcome, "type of outcome")
        means = choose(_MEANS, comparison, "type of comparison")
        mean, sd = means[place], _SDS[comparison][place]
    return log_normal(mean / 2, sd / 2)
