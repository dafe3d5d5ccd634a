"""What models of pooling need of measures, trials and their options."""

from collections.abc import Mapping, Sequence

from liftproof.errors import UsageError
from liftproof.suggest import did_you_mean
from liftproof.vocabulary.methods import COUNT_MODELS, THREE_LEVEL

SUITABLE: Mapping[str, tuple[str, ...]] = {
    "MH": ("OR", "RR", "RD", "IRR", "IRD"),
    "Peto": ("OR",),
    "UM.FS": ("OR", "IRR"),
    "UM.RS": ("OR", "IRR"),
    "CM.EL": ("OR", "IRR"),
    "CM.AL": ("OR",),
    "beta-binomial": ("OR", "RR", "RD"),
}
"""The measures that each method estimates."""

WHY: Mapping[str, str] = {
    "MH": "Mantel-Haenszel pools counts or rates of two arms",
    "Peto": "Peto's method is a step towards the odds ratio of two arms' counts",
    "UM.FS": "the model's links are logit and log",
    "UM.RS": "the model's links are logit and log",
    "CM.EL": "conditioning on a trial's events leaves only the odds ratio or the rate ratio",
    "CM.AL": "it approximates the conditional odds ratio; for rates CM.EL is exact",
    "beta-binomial": "the model is of participants with an event in two arms",
}
"""Why a method estimates no other measure."""

OF_RATES = ("IRR", "IRD")
"""Measures from events over person-time."""


def require_counts(method: str, measure: str, without_counts: Sequence[str] = ()) -> None:
    """Raise UsageError unless ``method`` can pool the trials' counts for ``measure``.

    ``without_counts``: names of trials of which only an estimate was reported. The sentence gives
    the reason and what could be used instead.

    >>> require_counts("Peto", "IRR")
    Traceback (most recent call last):
    liftproof.errors.UsageError: Peto cannot pool IRR: Peto's method is a step towards the odds \
ratio of two arms' counts. It pools OR; IRR is pooled by MH, UM.FS, UM.RS, CM.EL.
    """
    if method not in SUITABLE:
        raise UsageError(
            f"There is no method for counts {method}; {did_you_mean(method, SUITABLE)}"
        )
    if measure not in SUITABLE[method]:
        raise UsageError(_unsuitable(method, measure))
    if without_counts:
        counts = "events and person-time" if measure in OF_RATES else "events and participants"
        raise UsageError(
            f"{method} needs the {counts} of both arms of every trial, but of "
            f"{', '.join(without_counts)} only an estimate is known. Pool the estimates by inverse "
            "variance, such as REML, or leave these trials out."
        )


def require_three_level(tau2: str, interval: str, trials: Sequence[str]) -> None:
    """Raise UsageError unless the three-level model can be fitted, or there is one result only.

    ``trials``: the trial of each result. The sentence gives the reason and what to do.

    >>> require_three_level("REML", "t", ["a", "b"])
    Traceback (most recent call last):
    liftproof.errors.UsageError: three-level needs two trials or more, and several results of one \
of them; there are 2 results of 2 trials. Use model IV.
    """
    for key, value, known in (
        ("tau2", tau2, ("REML", "ML")),
        ("interval", interval, ("wald", "t")),
    ):
        if value not in known:
            raise UsageError(f"{THREE_LEVEL} takes {key} {' or '.join(known)}, not {value}.")
    several = len(set(trials))
    if len(trials) > 1 and not 1 < several < len(trials):
        raise UsageError(
            f"{THREE_LEVEL} needs two trials or more, and several results of one of them; there "
            f"are {len(trials)} results of {several} trial{'s' if several > 1 else ''}. "
            "Use model IV."
        )


FROM_REML = ("kr", "KR", "KR-PR")
"""The confidence interval and the prediction intervals whose variance is derived for τ² by REML."""
FOR_THREE = ("riley", "HTS", "HK-PR", "KR-PR", "SJ")
"""Prediction intervals that give up two degrees of freedom; others give up one at most."""


def require_interval(interval: str, tau2: str, model: str) -> None:
    """Raise UsageError unless a confidence interval fits the estimator of τ².

    >>> require_interval("kr", "DL", "IV")
    Traceback (most recent call last):
    liftproof.errors.UsageError: the interval kr is derived for tau2 REML, not DL. Use REML, or \
another such as hksj_adhoc.
    """
    if model not in (*COUNT_MODELS, THREE_LEVEL) and interval in FROM_REML and tau2 != "REML":
        raise UsageError(
            f"the interval {interval} is derived for tau2 REML, not {tau2}. Use REML, or another "
            "such as hksj_adhoc."
        )


def require_use(model: str, stated: Mapping[str, str]) -> None:
    """Raise UsageError where ``tau2`` or ``interval`` is stated for a model of counts.

    ``stated``: what was asked for, by key. Such a model has Wald's interval and, if any, a τ² of
    its own.

    >>> require_use("MH", {"tau2": "REML"})
    Traceback (most recent call last):
    liftproof.errors.UsageError: MH is fitted to counts by a way of its own and has no use for \
tau2 REML. Leave tau2 out, or use model IV.
    """
    for key, own in (("tau2", ""), ("interval", "wald")):
        value = stated.get(key, "")
        if model in COUNT_MODELS and value not in ("", own):
            raise UsageError(
                f"{model} is fitted to counts by a way of its own and has no use for {key} "
                f"{value}. Leave {key} out, or use model IV."
            )


def fewest_trials(prediction: str) -> int:
    """Return for how many trials a prediction interval exists at least.

    >>> fewest_trials("riley"), fewest_trials("t")
    (3, 2)
    """
    return 3 if prediction in FOR_THREE else 2


def require_prediction(prediction: str, tau2: str, model: str) -> None:
    """Raise UsageError unless a convention of prediction fits the model; empty fits any.

    >>> require_prediction("KR", "DL", "IV")
    Traceback (most recent call last):
    liftproof.errors.UsageError: the prediction interval KR is derived for tau2 REML, not DL. Use \
REML, or another such as riley.
    """
    reason = ""
    if model in COUNT_MODELS:
        reason = f"{model} gives no prediction interval. Leave prediction out, or use model IV."
    elif model == THREE_LEVEL:
        reason = f"{model} has a prediction interval of its own. Leave prediction out."
    elif tau2 == "FE":
        reason = (
            "FE has one effect for all trials, and no prediction interval. Leave prediction out, "
            "or estimate tau2, as by REML."
        )
    elif prediction in FROM_REML and tau2 != "REML":
        reason = (
            f"the prediction interval {prediction} is derived for tau2 REML, not {tau2}. Use REML, "
            "or another such as riley."
        )
    if prediction and reason:
        raise UsageError(reason)


def _unsuitable(method: str, measure: str) -> str:
    """Return why the method cannot estimate the measure, and what can."""
    others = [name for name, measures in SUITABLE.items() if measure in measures]
    instead = f"by {', '.join(others)}" if others else "by inverse variance, such as REML"
    pools = ", ".join(SUITABLE[method])
    return (
        f"{method} cannot pool {measure}: {WHY[method]}. It pools {pools}; {measure} is pooled "
        f"{instead}."
    )
