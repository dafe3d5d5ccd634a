"""The departures of method: each changes one choice behind a computed number."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from liftproof.analysis.effect_rules import (
    KEYWORDS,
    any_empty_cell,
    offered_zero_cells,
)
from liftproof.analysis.specification import (
    Specification,
    estimators_of,
    intervals_of,
    models_of,
    predictions_of,
)
from liftproof.analysis.trial_data import TrialData
from liftproof.statistics.clustering import IGNORED
from liftproof.statistics.effects.by_source import FROM, rules_of
from liftproof.statistics.effects.rounding import ROUNDINGS
from liftproof.vocabulary.estimators import ESTIMATORS
from liftproof.vocabulary.measures import MEASURES, source_of_counts, taken_for
from liftproof.vocabulary.models import COUNT_MODELS, INVERSE_VARIANCE, THREE_LEVEL
from liftproof.vocabulary.record import AnyRecord
from liftproof.vocabulary.sources import OF_MEANS
from liftproof.vocabulary.zero_cells import ZERO_CELLS

LEVELS = (0.9, 0.99)
PREDICTION = ("pi_low", "pi_high")
LIMITS_OF_TAU2 = ("tau2_ci_low", "tau2_ci_high")
ON_TEST = ("ci_low", "ci_high", "p", "z", "se", "reduction_low", "reduction_high", *PREDICTION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """One changed choice.

    ``id``: unique. ``axis``: two departures of one axis exclude each other. ``changes``: fields of
    the specification and their values. ``words``: completes "the printed number follows with ...".
    ``quantities``: the only ones it can touch, empty for any.
    """

    id: str
    axis: str
    changes: tuple[tuple[str, Any], ...]
    words: str
    quantities: tuple[str, ...] = ()

    @property
    def is_of_one_trial(self) -> bool:
        """Whether it concerns one trial of several."""
        return any(name == "misread_study" for name, _ in self.changes)

    def applied(self, specification: Specification) -> Specification:
        """Return the specification with this choice changed."""
        return replace(specification, **dict(self.changes))


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
        *_of_means(specification, trials),
        *_of_inputs(specification, trials),
    ]
    return tuple(
        departure for departure in every if departure.applied(specification) != specification
    )


def _one(axis: str, value: Any, words: str, quantities: Sequence[str] = ()) -> Departure:
    """Return the departure of a single field, which names the axis."""
    return Departure(
        id=f"{axis}_{value}",
        axis=axis,
        changes=((axis, value),),
        words=words,
        quantities=tuple(quantities),
    )


def _of_the_pool(specification: Specification) -> Iterator[Departure]:
    """Yield other estimators, intervals, levels and conventions that the model takes."""
    model = specification.model
    for code in _tried(estimators_of(model)):
        yield _one("tau2", code, f"{code} as the estimator of τ²")
    for code, interval in _tried(intervals_of(model)).items():
        yield _one("interval", code, interval.departure, ON_TEST)
    for level in LEVELS:
        words = f"{100 * level:.0f} % limits in the place of 95 %"
        limits = [name for name in ON_TEST if name.endswith(("low", "high"))]
        yield _one("level", level, words, [*limits, *LIMITS_OF_TAU2])
    for code, prediction in _tried(predictions_of(model)).items():
        yield _one("prediction", code, prediction.departure, PREDICTION)
    if model == INVERSE_VARIANCE:
        yield from _of_tau2(specification)
    if model == THREE_LEVEL:
        yield Departure(
            id="two_level",
            axis="model",
            changes=(("model", INVERSE_VARIANCE),),
            words="results of one trial taken as independent",
        )


def _tried(records: Mapping[str, AnyRecord]) -> Mapping[str, AnyRecord]:
    return {code: record for code, record in records.items() if record.is_departure}


def _of_tau2(specification: Specification) -> Iterator[Departure]:
    estimator = ESTIMATORS[specification.tau2]
    if estimator.is_likelihood:
        words = "limits of τ² by Satterthwaite's method instead of Q-profile"
        yield _one("tau2_limits", "satterthwaite", words, LIMITS_OF_TAU2)
    words = "limits of τ² from its standard error instead of Q-profile"
    yield _one("tau2_limits", "standard_error", words, LIMITS_OF_TAU2)
    if estimator.can_stop_early:
        words = "a search for τ² that stops early, at a loose tolerance"
        yield _one("search", "loose", words)
    yield _one("i2", "from_q", "I² from Q instead of τ²", ("i2",))


def _of_counts(specification: Specification, trials: TrialData) -> Iterator[Departure]:
    """Yield other rules for empty cells, other measures, and other models of counts or rates."""
    if specification.model not in COUNT_MODELS:
        yield from _zero_cells(specification, trials)
    own = MEASURES[specification.measure]
    for code in taken_for(own.code) if own.is_departure else ():
        other = MEASURES[code]
        if other.is_departure and other.sources == own.sources and own.sources[0] in trials.raw:
            yield _one("measure", code, f"{other.name}s in the place of {own.name}s")
    whole = trials.raw.get(source_of_counts(own.code))
    is_known = whole is not None and len(whole.trials) == len(trials.study)
    if is_known and trials.x is None and specification.model != THREE_LEVEL:
        for code, model in _tried(models_of(own.code)).items():
            yield _one("model", code, model.departure)
        if specification.model == "MH" and own.code == "RD":
            words = "the variance of Greenland and Robins in the place of Sato's"
            yield _one("variance", "greenland_robins", words)


def _zero_cells(specification: Specification, trials: TrialData) -> Iterator[Departure]:
    has_empty = any_empty_cell(trials)
    offered = offered_zero_cells(trials, specification.measure)
    for code, rule in _tried(ZERO_CELLS).items():
        if code in offered and (has_empty or not rule.needs_empty_cell):
            yield Departure(
                id=f"zero_cells_{rule.departure_code}",
                axis="zero_cells",
                changes=(("zero_cells", code),),
                words=rule.departure,
            )


def _of_means(specification: Specification, trials: TrialData) -> Iterator[Departure]:
    """Yield other rules for standard deviations, and those read for something else.

    A rule is offered where the measure knows it from every source of means that the trials have.
    """
    sources = [name for name in OF_MEANS if name in trials.raw]
    measure = specification.measure
    if not sources or any(measure not in FROM[name] for name in sources):
        return
    rules = [rules_of(name, measure) for name in sources]
    for keyword, words in MEANS_WORDS.items():
        if all(keyword in each for each in rules):
            for value, sentence in words.items():
                if all(_may_depart(keyword, value, each[keyword]) for each in rules):
                    yield _one(AXES[keyword], value, sentence)
    yield from _misreadings(trials, sources[0])


def _may_depart(keyword: str, value: str, known: tuple[str, ...]) -> bool:
    """Say whether a rule takes the value; the usual dispersion, its first, is no departure.

    The usual variance depends on the source, so that either may depart.
    """
    if keyword == "dispersion":
        return value in known[1:]
    return not known or value in known


AXES = {keyword: name for name, keyword in KEYWORDS.items()}
MEANS_WORDS = {
    "dispersion": {
        "pooled": "pooled standard deviations in the place of separate",
        "separate": "the arms' standard deviations averaged, not pooled",
        "control": "the control arm's standard deviation alone",
    },
    "variance": {
        "LS": "the variance 1/n₁ + 1/n₂ + g²/2N",
        "LS2": "the variance J²(1/n₁ + 1/n₂ + d²/2N)",
    },
    "correct": {"none": "no correction for small samples"},
}
"""By rule of ``statistics.effects`` and value, words for the departure."""
MISREAD = {
    "se_as_sd": "standard errors taken for standard deviations",
    "sd_as_se": "standard deviations taken for standard errors",
}


def _misreadings(trials: TrialData, source: str) -> Iterator[Departure]:
    """Yield one kind of dispersion taken for the other, in all trials and in each."""
    studies = dict.fromkeys(trials.study[place] for place in trials.raw[source].trials)
    for reading, words in MISREAD.items():
        yield _one("misread", reading, f"{words} in every trial")
        for study in studies if len(studies) > 1 else ():
            yield Departure(
                id=f"misread_{reading}_{study}",
                axis="misread",
                changes=(("misread", reading), ("misread_study", study)),
                words=f"{words} in {trials.names.get(study, study)}",
            )


def _of_inputs(specification: Specification, trials: TrialData) -> Iterator[Departure]:
    """Yield other readings of what went into the pool."""
    yield _one("direction", "inverted", "the arms exchanged")
    if specification.model in COUNT_MODELS:
        return
    if "reported" in trials.raw:
        for level in (90, 99):
            words = f"the trials' own limits read as {level} % limits"
            yield _one("limits_read", str(level), words)
    if (trials.clusters.inflation(specification.clusters) != 1).any():
        yield Departure(
            id="clusters_ignored",
            axis="clusters",
            changes=(("clusters", IGNORED),),
            words="clusters ignored",
        )
    for name, (what, decimals) in ROUNDINGS.items():
        if what == "natural" and not MEASURES[specification.measure].is_log:
            continue
        yield _one("rounding", name, f"{ROUNDED[what]} rounded to {decimals} decimals first")


ROUNDED = {
    "variance": "variances of the trials",
    "se": "standard errors of the trials",
    "natural": "estimates and limits of the trials",
    "entered": "effects and standard errors of the trials",
}
