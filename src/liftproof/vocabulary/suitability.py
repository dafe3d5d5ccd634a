"""What models of pooling need of measures, trials and their options."""

from collections.abc import Mapping, Sequence

from liftproof.errors import UsageError
from liftproof.suggest import did_you_mean
from liftproof.vocabulary.estimators import ESTIMATORS
from liftproof.vocabulary.intervals import INTERVALS, TESTS
from liftproof.vocabulary.measures import source_of_counts
from liftproof.vocabulary.models import COUNT_MODELS, INVERSE_VARIANCE, MODELS, THREE_LEVEL
from liftproof.vocabulary.predictions import PREDICTIONS, REPORTED
from liftproof.vocabulary.sources import SOURCES

OF_COUNTS: Mapping[str, tuple[str, ...]] = {
    "tau2": (),
    "interval": ("wald",),
    "clustering": ("as_extracted", "ignore"),
}
"""By key, the values that a model of counts can have."""


def require_counts(method: str, measure: str, without_counts: Sequence[str] = ()) -> None:
    """Raise UsageError unless ``method`` can pool the trials' counts for ``measure``.

    ``without_counts``: names of trials of which only an estimate was reported. The sentence gives
    the reason and what could be used instead.

    >>> require_counts("Peto", "IRR")
    Traceback (most recent call last):
    liftproof.errors.UsageError: Peto cannot pool IRR: Peto's method is a step towards the odds \
ratio of two arms' counts. It pools OR; IRR is pooled by MH, UM.FS, UM.RS, CM.EL.
    """
    if method not in COUNT_MODELS:
        raise UsageError(
            f"There is no method for counts {method}; {did_you_mean(method, COUNT_MODELS)}"
        )
    if measure not in MODELS[method].measures:
        raise UsageError(_unsuitable(method, measure))
    if without_counts:
        counts = SOURCES[source_of_counts(measure)].name
        raise UsageError(
            f"{method} needs the {counts} of both arms of every trial, but of "
            f"{', '.join(without_counts)} only an estimate is known. Pool the estimates by inverse "
            "variance, such as REML, or leave these trials out."
        )


def require_whole_counts(method: str, in_parts: Sequence[str]) -> None:
    """Raise UsageError where a model of whole people meets a control arm divided into fractions.

    >>> require_whole_counts("MH", ["One 2001"])
    >>> require_whole_counts("UM.FS", ["One 2001"])
    Traceback (most recent call last):
    liftproof.errors.UsageError: UM.FS is fitted to whole counts, but of One 2001 the control arm \
was divided into fractions. Use model IV, MH or Peto, or the undivided arm in one comparison.
    """
    if in_parts and not MODELS[method].takes_parts:
        names = ", ".join(dict.fromkeys(in_parts))
        raise UsageError(
            f"{method} is fitted to whole counts, but of {names} the control arm was divided into "
            "fractions. Use model IV, MH or Peto, or the undivided arm in one comparison."
        )


def require_three_level(tau2: str, interval: str, trials: Sequence[str]) -> None:
    """Raise UsageError unless the three-level model can be fitted, or there is one result only.

    ``trials``: the trial of each result. The sentence gives the reason and what to do.

    >>> require_three_level("REML", "t", ["a", "b"])
    Traceback (most recent call last):
    liftproof.errors.UsageError: three-level needs two trials or more, and several results of one \
of them; there are 2 results of 2 trials. Use model IV.
    """
    model = MODELS[THREE_LEVEL]
    for key, value, known in (
        ("tau2", tau2, model.estimators),
        ("interval", interval, model.intervals),
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


def require_interval(interval: str, tau2: str, model: str) -> None:
    """Raise UsageError unless a confidence interval fits the estimator of τ².

    >>> require_interval("kr", "DL", "IV")
    Traceback (most recent call last):
    liftproof.errors.UsageError: the interval kr is derived for tau2 REML, not DL. Use REML, or \
another such as hksj_adhoc.
    """
    if model == INVERSE_VARIANCE and interval in INTERVALS and not INTERVALS[interval].fits(tau2):
        wanted = " or ".join(INTERVALS[interval].tau2)
        raise UsageError(
            f"the interval {interval} is derived for tau2 {wanted}, not {tau2}. Use {wanted}, or "
            "another such as hksj_adhoc."
        )


def test_of(interval: str) -> str:
    """Return the test of a regression's coefficients, or raise UsageError where there is none.

    >>> test_of("kr")
    Traceback (most recent call last):
    liftproof.errors.UsageError: a regression has no interval kr. It takes interval wald, t, hksj \
or hksj_adhoc.
    """
    if interval not in TESTS:
        *most, last = TESTS
        raise UsageError(
            f"a regression has no interval {interval}. It takes interval {', '.join(most)} or "
            f"{last}."
        )
    return TESTS[interval]


def require_use(model: str, stated: Mapping[str, str]) -> None:
    """Raise UsageError where a model of counts has no use for what is stated.

    ``stated``: what was asked for, by key: ``tau2``, ``interval``, ``clustering``. Such a model has
    Wald's interval and, if any, a τ² of its own, and takes counts as they are, without a design
    effect.

    >>> require_use("MH", {"tau2": "REML"})
    Traceback (most recent call last):
    liftproof.errors.UsageError: MH is fitted to counts by a way of its own and has no use for \
tau2 REML. Leave tau2 out, or use model IV.
    """
    for key, own in OF_COUNTS.items():
        value = stated.get(key, "")
        if model in COUNT_MODELS and value and value not in own:
            raise UsageError(
                f"{model} is fitted to counts by a way of its own and has no use for {key} "
                f"{value}. Leave {key} out, or use model IV."
            )


def fewest_trials(prediction: str) -> int:
    """Return for how many trials a prediction interval exists at least.

    >>> fewest_trials("riley"), fewest_trials("t")
    (3, 2)
    """
    return REPORTED[prediction].fewest_trials if prediction in REPORTED else 2


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
    elif tau2 in ESTIMATORS and ESTIMATORS[tau2].is_common_effect:
        reason = (
            f"{tau2} has one effect for all trials, and no prediction interval. Leave prediction "
            "out, or estimate tau2, as by REML."
        )
    elif prediction in PREDICTIONS and not PREDICTIONS[prediction].fits(tau2):
        wanted = " or ".join(PREDICTIONS[prediction].tau2)
        reason = (
            f"the prediction interval {prediction} is derived for tau2 {wanted}, not {tau2}. Use "
            f"{wanted}, or another such as riley."
        )
    if prediction and reason:
        raise UsageError(reason)


def require_predictive(tau2: str, model: str) -> None:
    """Raise UsageError where there is no prediction interval, and so no distribution to draw.

    >>> require_predictive("FE", "IV")
    Traceback (most recent call last):
    liftproof.errors.UsageError: FE has no prediction interval, and so no distribution of effects \
in new settings
    """
    has_common = tau2 in ESTIMATORS and ESTIMATORS[tau2].is_common_effect
    by_counts = model in COUNT_MODELS
    if by_counts or (has_common and model != THREE_LEVEL):
        raise UsageError(
            f"{model if by_counts else tau2} has no prediction interval, and so no distribution of "
            "effects in new settings"
        )


def _unsuitable(method: str, measure: str) -> str:
    """Return why the method cannot estimate the measure, and what can."""
    others = [name for name in COUNT_MODELS if measure in MODELS[name].measures]
    instead = f"by {', '.join(others)}" if others else "by inverse variance, such as REML"
    pools = ", ".join(MODELS[method].measures)
    return (
        f"{method} cannot pool {measure}: {MODELS[method].why}. It pools {pools}; {measure} is "
        f"pooled {instead}."
    )
