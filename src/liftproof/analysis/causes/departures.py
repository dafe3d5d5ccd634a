"""The departures of method: each changes one choice behind a computed number."""

from collections.abc import Iterator

from liftproof.analysis.causes.departure import Departure, one, tried
from liftproof.analysis.causes.mantel_haenszel_departures import of_mantel_haenszel
from liftproof.analysis.causes.mean_departures import of_means
from liftproof.analysis.effect_rules import (
    any_empty_cell,
    offered_zero_cells,
)
from liftproof.analysis.specification import (
    PERCENT,
    Specification,
    estimators_of,
    intervals_of,
    models_of,
    predictions_of,
)
from liftproof.analysis.trial_data import TrialData
from liftproof.statistics.clustering import IGNORED
from liftproof.statistics.effects.rounding import ROUNDINGS
from liftproof.vocabulary.estimators import ESTIMATORS
from liftproof.vocabulary.levels import USUAL_LEVEL, level_text
from liftproof.vocabulary.measures import MEASURES, source_of_counts, taken_for
from liftproof.vocabulary.models import COUNT_MODELS, INVERSE_VARIANCE, THREE_LEVEL
from liftproof.vocabulary.plausibility import COMMON, DEFAULT, KNOWN, RARE
from liftproof.vocabulary.zero_cells import ZERO_CELLS

LEVELS = (0.9, USUAL_LEVEL, 0.99)
PREDICTION = ("pi_low", "pi_high")
LIMITS_OF_TAU2 = ("tau2_ci_low", "tau2_ci_high")
ON_TEST = ("ci_low", "ci_high", "p", "z", "se", "reduction_low", "reduction_high", *PREDICTION)


def departures_from(specification: Specification, trials: TrialData) -> tuple[Departure, ...]:
    """Return every departure that the trials and the specification leave room for.

    >>> from liftproof.analysis.trial_data import trials_of
    >>> usual = Specification(measure="RR", tau2="DL", interval="wald")
    >>> trials = trials_of(y=[-0.51, -0.22], v=[0.04, 0.01])
    >>> [departure.id for departure in departures_from(usual, trials)][:4]
    ['tau2_FE', 'tau2_HE', 'tau2_HS', 'tau2_HSk']
    """
    every = [
        *_of_the_pool(specification),
        *_of_counts(specification, trials),
        *of_mantel_haenszel(specification, trials),
        *of_means(specification, trials),
        *_of_inputs(specification, trials),
    ]
    return tuple(
        departure for departure in every if departure.applied(specification) != specification
    )


def _of_the_pool(specification: Specification) -> Iterator[Departure]:
    """Yield other estimators, intervals, levels and conventions that the model takes."""
    model = specification.model
    for code, estimator in tried(estimators_of(model)).items():
        words = f"{code} as the estimator of τ²"
        yield one("tau2", code, words, plausibility=estimator.plausibility)
    for code, interval in tried(intervals_of(model)).items():
        yield one("interval", code, interval.departure, ON_TEST, interval.plausibility)
    for level in LEVELS:
        if level == specification.level:
            continue
        words = f"{level_text(level)} limits in the place of {level_text(specification.level)}"
        limits = [name for name in ON_TEST if name.endswith(("low", "high"))]
        yield one("level", level, words, [*limits, *LIMITS_OF_TAU2])
    for code, prediction in tried(predictions_of(model)).items():
        yield one("prediction", code, prediction.departure, PREDICTION)
    if model == INVERSE_VARIANCE:
        yield from _of_tau2(specification)
    if model == THREE_LEVEL:
        yield Departure(
            id="two_level",
            axis="model",
            changes=(("model", INVERSE_VARIANCE),),
            words="results of one trial taken as independent",
        )


def _of_tau2(specification: Specification) -> Iterator[Departure]:
    estimator = ESTIMATORS[specification.tau2]
    if estimator.is_likelihood:
        words = "limits of τ² by Satterthwaite's method instead of Q-profile"
        yield one("tau2_limits", "satterthwaite", words, LIMITS_OF_TAU2)
    words = "limits of τ² from its standard error instead of Q-profile"
    yield one("tau2_limits", "standard_error", words, LIMITS_OF_TAU2)
    if estimator.can_stop_early:
        words = "a search for τ² that stops early, at a loose tolerance"
        yield one("search", "loose", words, plausibility=RARE)
    yield one("i2", "from_q", "I² from Q instead of τ²", ("i2",), DEFAULT)


def _of_counts(specification: Specification, trials: TrialData) -> Iterator[Departure]:
    """Yield other rules for empty cells, other measures, and other models of counts or rates."""
    if specification.model not in COUNT_MODELS:
        yield from _zero_cells(specification, trials)
    own = MEASURES[specification.measure]
    for code in taken_for(own.code) if own.is_departure else ():
        other = MEASURES[code]
        if other.is_departure and other.sources == own.sources and own.sources[0] in trials.raw:
            yield one("measure", code, f"{other.name}s in the place of {own.name}s")
    whole = trials.raw.get(source_of_counts(own.code))
    is_known = whole is not None and len(whole.trials) == len(trials.study)
    if is_known and trials.x is None and specification.model != THREE_LEVEL:
        for code, model in tried(models_of(own.code)).items():
            yield one("model", code, model.departure, plausibility=model.plausibility)
        if specification.model == "MH" and own.code == "RD":
            words = "the variance of Greenland and Robins in the place of Sato's"
            yield one("variance", "greenland_robins", words)


def _zero_cells(specification: Specification, trials: TrialData) -> Iterator[Departure]:
    has_empty = any_empty_cell(trials)
    offered = offered_zero_cells(trials, specification.measure)
    for code, rule in tried(ZERO_CELLS).items():
        if code in offered and (has_empty or not rule.needs_empty_cell):
            yield Departure(
                id=f"zero_cells_{rule.departure_code}",
                axis="zero_cells",
                changes=(("zero_cells", code),),
                words=rule.departure,
                plausibility=rule.plausibility,
            )


def _of_inputs(specification: Specification, trials: TrialData) -> Iterator[Departure]:
    """Yield other readings of what went into the pool."""
    yield one("direction", "inverted", "the arms exchanged")
    if specification.model in COUNT_MODELS:
        return
    if "reported" in trials.raw:
        *_, own_levels = trials.raw["reported"].numbers
        for level in LIMITS_READ:
            if (own_levels != level / PERCENT).any():
                words = f"the trials' own limits read as {level} % limits"
                yield one("limits_read", str(level), words)
    if (trials.clusters.inflation(specification.clusters) != 1).any():
        yield Departure(
            id="clusters_ignored",
            axis="clusters",
            changes=(("clusters", IGNORED),),
            words="clusters ignored",
            plausibility=COMMON,
        )
    for slip, words in ENTERED.items() if set(FROM_ESTIMATES) & set(trials.raw) else ():
        yield one("entered", slip, f"{words} in every trial", plausibility=KNOWN / 2)
    for name, (what, decimals) in ROUNDINGS.items():
        if what == "natural" and not MEASURES[specification.measure].is_ratio:
            continue
        words = f"{ROUNDED[what]} rounded to {decimals} decimals first"
        yield one("rounding", name, words, plausibility=RARE * FEWEST / decimals)


LIMITS_READ = (90, 95, 99)
"""Levels in percent that limits are usually printed at."""
FROM_ESTIMATES = ("given", "reported", "standard_error")
"""Sources of trials whose precision somebody typed."""
ENTERED = {
    "se_as_variance": "standard errors taken for variances",
    "variance_as_se": "variances taken for standard errors",
}
"""By slip of ``entering.ENTRIES``, words for the departure."""
FEWEST = min(decimals for _, decimals in ROUNDINGS.values())
ROUNDED = {
    "variance": "variances of the trials",
    "se": "standard errors of the trials",
    "natural": "estimates and limits of the trials",
    "entered": "effects and standard errors of the trials",
}
