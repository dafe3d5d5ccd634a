"""The opinion of statsmodels.

It knows DL ("dl") and Paule-Mandel ("pm"), gives the fixed-effect result beside either, and a
Wald and a Hartung-Knapp standard error for each. The quantile is chosen here: its ``conf_int``
would take either normal or t limits for both.
"""

from importlib.metadata import version
from typing import Any

from scipy.special import ndtri, stdtrit
from statsmodels.stats.meta_analysis import combine_effects

from liftproof.engines.opinion import Opinion, Question, heard, no_opinion, number, spelt_out
from liftproof.vocabulary.models import INVERSE_VARIANCE

NAME = "statsmodels"
VERSION = version("statsmodels")

PM_SEARCH = {"tau2_start": 0, "atol": 1e-6, "maxiter": 1000}
"""``atol`` bounds Q(tau²) - (k - 1). Tighter than about 1e-8, rounding can make that difference
negative at the root, which statsmodels takes for tau² = 0."""

OPTIONS: dict[str, dict[str, Any]] = {
    "FE": {"method_re": "dl"},
    "DL": {"method_re": "dl"},
    "PM": {"method_re": "pm", **PM_SEARCH},
}
MODELS = (INVERSE_VARIANCE,)
INTERVALS = ("wald", "hksj", "hksj_adhoc")
NOT_FLOORED = "tau² below zero, which statsmodels does not floor: its fixed-effect result is shown"


def ask(question: Question) -> Opinion:
    """Pool with statsmodels, by the estimator of tau² and the interval that ``question`` names.

    It has no likelihood estimators; the answer then holds a note and no number. Its DL tau² is not
    floored at zero, so that weights can turn negative: where it falls below zero, the truncated
    estimator that everyone else computes is statsmodels' own fixed-effect result.
    """
    if question.tau2_method not in OPTIONS:
        return no_opinion(f"statsmodels has no {question.tau2_method} estimator")
    if question.interval not in INTERVALS:
        return no_opinion(f"statsmodels has no {question.interval} interval")
    options = {**OPTIONS[question.tau2_method], "use_t": False, "alpha": 1 - question.level}
    with heard() as warned:
        result: Any = combine_effects(  # type: ignore[no-untyped-call]
            question.y, question.v, row_names=None, **options
        )
    below = question.tau2_method == "DL" and result.tau2 < 0
    if below or question.tau2_method == "FE":
        # What it warned of are square roots of negative variances in the half that is not read.
        return _opinion(question, result, options, "fe", [NOT_FLOORED] if below else [])
    return _opinion(question, result, options, "re", warned)


def _opinion(
    question: Question, result: Any, options: dict[str, Any], part: str, notes: list[str]
) -> Opinion:
    """Read the fixed-effect ("fe") or random-effects ("re") numbers out of statsmodels' result."""
    centre = getattr(result, f"mean_effect_{part}")
    wald, hksj = (getattr(result, f"sd_eff_w_{part}{end}") for end in ("", "_hksj"))
    error = {"wald": wald, "hksj": hksj, "hksj_adhoc": max(wald, hksj)}[question.interval]
    wanted, df = (1 + question.level) / 2, len(question.y) - 1
    half = error * (ndtri(wanted) if question.interval == "wald" else stdtrit(df, wanted))
    return Opinion(
        method=f"{spelt_out('combine_effects', options)}: {part}, {question.interval}",
        kind="iterative" if question.tau2_method == "PM" else "closed_form",
        estimate=number(centre),
        ci_low=number(centre - half),
        ci_high=number(centre + half),
        tau2=0.0 if part == "fe" else number(result.tau2),
        note="; ".join(notes),
    )
