"""Effects of trials from the numbers of one source, before any rule of a pool changes them."""

import numpy as np
from numpy.typing import NDArray

from liftproof.analysis.effect_rules import as_read, keywords_under
from liftproof.analysis.specification import PERCENT, Specification
from liftproof.analysis.trial_data import SourceData, TrialData, measure_from
from liftproof.errors import InputError
from liftproof.statistics.checks import Array
from liftproof.statistics.effects.by_source import effect_function
from liftproof.statistics.effects.reported import FROM_REPORTED, from_interval
from liftproof.vocabulary.sources import OF_ESTIMATES

Pair = tuple[Array, Array]


def source_effects(
    source: str, raw: SourceData, trials: TrialData, specification: Specification
) -> Pair:
    """Return y and v from one source, analysis scale, before inflation; shape (k,) of ``raw``.

    InputError begins with the first trial that has no effect.
    """
    try:
        y, v = _of_source(source, raw, trials, specification)
    except InputError:
        for place in range(len(raw.trials)):
            one = SourceData(trials=raw.trials[[place]], numbers=raw.numbers[:, [place]])
            try:
                _of_source(source, one, trials, specification)
            except InputError as error:
                sentence = str(error).replace(" at index 0", "")
                raise InputError(f"{trials.labels[raw.trials[place]]}: {sentence}") from error
        raise
    exists = np.isfinite(y) & np.isfinite(v) & (v > 0)
    if not exists.all():
        label = trials.labels[raw.trials[int(exists.argmin())]]
        raise InputError(
            f"{label}: its {specification.measure} from {source} has no finite value with a "
            "positive variance."
        )
    return y, v


def _of_source(
    source: str, raw: SourceData, trials: TrialData, specification: Specification
) -> Pair:
    if source == "given":
        y, v = raw.numbers
        return y, v
    if source in OF_ESTIMATES:
        return _from_estimates(source, raw, trials.is_log[raw.trials], specification)
    measure = measure_from(source, specification.measure)
    keywords = keywords_under(source, measure, specification)
    numbers = as_read(source, raw, trials, specification)
    effect = effect_function(source, measure)(*numbers, **keywords)
    return effect.y, effect.v


def _from_estimates(
    source: str, raw: SourceData, is_log: NDArray[np.bool_], specification: Specification
) -> Pair:
    """Return y and v from estimates as reported, ratios together and differences together."""
    y, v = np.empty((2, len(is_log)))
    for logs in set(is_log.tolist()):
        at = is_log == logs
        numbers = raw.numbers[:, at]
        if source == "reported":
            y[at], v[at] = _from_limits(numbers, logs, specification)
        else:
            effect = FROM_REPORTED[source](*numbers, is_log=logs)
            y[at], v[at] = effect.y, effect.v
    return y, v


def _from_limits(numbers: Array, is_log: bool, specification: Specification) -> Pair:
    """Return y and v from estimates and limits, those of one level together."""
    estimate, low, high, level = numbers
    if specification.limits_read:
        level = np.full_like(level, float(specification.limits_read) / PERCENT)
    y, v = np.empty((2, len(level)))
    for own in set(level.tolist()):
        at = level == own
        effect = from_interval(estimate[at], low[at], high[at], own, is_log=is_log)
        y[at], v[at] = effect.y, effect.v
    return y, v
