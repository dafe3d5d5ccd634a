"""Whether an analysis can stop, in sentences made from its diagnostics."""

from collections.abc import Iterator, Mapping, Sequence

from liftproof.analysis.diagnostics.accumulation import ALPHA, BETA
from liftproof.pages.diagnostics.diagnostic_numbers import rounded_up
from liftproof.pages.diagnostics.trial_diagnostics import values_of
from liftproof.pages.stopping.change_sentences import (
    StoppingTerms,
    fragility_sentences,
    next_trials_sentences,
)
from liftproof.rows.result_rows import DiagnosticRow, EstimateRow
from liftproof.vocabulary.measures import MEASURES
from liftproof.words import numbers

METHODS = ("monitoring", "information_size", "next_trials", "fragility")
"""The diagnostics that the sentences are made from."""
CERTAIN = 0.995
"""From here whole percents would say 100, and below what is left of it 0: no chance is either."""

_TESTED_ANEW = "Tested anew after every trial, by boundaries stricter for that, the estimate"


def stopping_sentences(
    estimate: EstimateRow, rows: Sequence[DiagnosticRow], labels: Mapping[str, str]
) -> tuple[str, ...]:
    """Return how much is known and what would change the conclusion; nothing where none applies.

    ``rows``: the diagnostics of the analysis. ``labels``: by key of a result, its trial's name.
    """
    terms = StoppingTerms(measure=MEASURES[estimate.measure], labels=labels)
    told = (
        *_information(rows, terms, estimate.participants),
        *next_trials_sentences(rows, terms),
        *fragility_sentences(rows, terms),
    )
    return (_asked(terms), *told) if told else ()


def _asked(terms: StoppingTerms) -> str:
    """Say which conclusion is meant: a sentence on a clinic's page may ask for another."""
    return (
        f"Asked here is whether the interval excludes no effect ({terms.measure.no_effect:g}). "
        "What would show an effect of a certain size, as a claim may state, is told with the claim."
    )


def _information(
    rows: Sequence[DiagnosticRow], terms: StoppingTerms, participants: int | None
) -> Iterator[str]:
    values, aims = values_of(rows, "monitoring", ""), values_of(rows, "next_trials", "")
    if not values or "effect_sought" not in aims:
        return
    size = values_of(rows, "information_size", "")
    people = _people(size, participants) if size else ""
    yield (
        f"To find {terms.named(aims['effect_sought'])}, the size assumed here to matter, with a "
        f"power of "
        f"{numbers.percent(100 * (1 - BETA))} and an error of {numbers.percent(100 * ALPHA)}, "
        f"{numbers.percent(100 * values['fraction'])} of the information is there that trials as "
        f"unlike as these need{people}."
    )
    yield from _monitored(values, terms, aims)


def _people(size: Mapping[str, float], participants: int | None) -> str:
    """Return how many people there are and are needed, and why not all participants count."""
    there, needed = rounded_up(size["achieved"]), rounded_up(size["diversity_adjusted"])
    is_divided = participants is not None and str(participants) != there
    divided = f", the {participants} divided by the design effect of their trial" * is_divided
    return f" (counted in people instead{divided}: {there} of {needed})"


def _monitored(
    values: Mapping[str, float], terms: StoppingTerms, aims: Mapping[str, float]
) -> Iterator[str]:
    if values["is_crossed"]:
        yield (f"{_TESTED_ANEW} still excludes no effect.")
    elif "power_trend" not in values:
        yield (
            f"All the information that was needed is there. {_TESTED_ANEW} does not exclude no "
            "effect."
        )
    else:
        trend, sought, none = (
            _chance(values[f"power_{assumed}"]) for assumed in ("trend", "sought", "none")
        )
        yield (
            f"{_TESTED_ANEW} does not yet exclude no effect. Once all that information is there, "
            f"the last test will, with a chance of {trend} if the trend so far goes on, of "
            f"{sought} if the effect is {terms.named(aims['effect_sought'])}, of {none} if there "
            "is no effect."
        )


def _chance(value: float) -> str:
    """Return a chance in percent, none as certain.

    >>> _chance(0.5902), _chance(0.9991), _chance(0.0001)
    ('59\u202f%', 'more than 99\u202f%', 'less than 1\u202f%')
    """
    if value > CERTAIN:
        return f"more than {numbers.percent(99)}"
    return (
        f"less than {numbers.percent(1)}" if value < 1 - CERTAIN else numbers.percent(100 * value)
    )
