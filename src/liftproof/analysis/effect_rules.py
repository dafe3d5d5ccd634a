"""What a specification says about single trials: which are left out, and the rules of formulas."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from liftproof.analysis.specification import Specification
from liftproof.analysis.trial_data import SourceData, TrialData, measure_from
from liftproof.errors import UsageError
from liftproof.statistics.checks import Array
from liftproof.statistics.effects.by_source import rules_of
from liftproof.statistics.effects.counts import all_events, double_zero
from liftproof.statistics.effects.dispersion import MISREADINGS
from liftproof.statistics.effects.two_arm_tables import ZeroCells, has_empty_cell
from liftproof.vocabulary.measures import MEASURES
from liftproof.vocabulary.models import MODELS
from liftproof.vocabulary.smd_formulas import USUAL_CHANGE_SD, USUAL_SMD
from liftproof.vocabulary.sources import OF_EVENTS, OF_MEANS, OF_ONE_GROUP, SOURCES
from liftproof.vocabulary.zero_cells import USUAL_ZERO_CELLS, ZERO_CELLS, ZeroCellRecord

NO_EVENTS = "no events in either arm"
ONLY_EVENTS = "events in everyone in both arms"
EMPTY_CELL = "an empty cell"
OTHER_MEASURE = "a ratio of another kind"
LEFT_OUT = "left_out"
ARMS = ("intervention", "control")
OF_SOURCES: Mapping[str, tuple[str, ...]] = {
    "zero_cells": OF_EVENTS,
    **dict.fromkeys(("dispersion", "correction", "misread"), OF_MEANS),
    "limits_read": ("reported",),
}
"""By choice, the sources that it is about."""
KEYWORDS: Mapping[str, str] = {
    "dispersion": "dispersion",
    "correction": "correct",
    "smd": "formula",
    "change_sd": "change_sd",
    "pre_post_correlation": "pre_post_correlation",
}
"""By choice about means, the keyword of the functions that know it."""
ONLY_OF_CHANGES = ("change_sd", "pre_post_correlation")
USUAL: Mapping[str, Any] = {
    "smd": USUAL_SMD,
    "change_sd": USUAL_CHANGE_SD,
    "pre_post_correlation": None,
}
"""By choice about means, the value that asks for nothing, where it is not empty."""


def require_use(trials: TrialData, specification: Specification) -> None:
    """Raise UsageError for a choice that is about numbers which no trial has."""
    for name, sources in OF_SOURCES.items():
        value = getattr(specification, name)
        is_usual = name == "zero_cells" and value == USUAL_ZERO_CELLS
        if value and not is_usual and not set(sources) & set(trials.raw):
            raise UsageError(
                f"{name} {value} is about {' or '.join(sources)}, which no trial has: leave "
                f"{name} out."
            )
    if (
        specification.rounding.startswith("natural")
        and not MEASURES[specification.measure].is_ratio
    ):
        raise UsageError(f"{specification.measure} is no ratio: there is no other scale to round.")
    if specification.misread_study and specification.misread_study not in trials.study:
        raise UsageError(f"There is no trial {specification.misread_study} to misread.")


def zero_cell_rule(specification: Specification) -> ZeroCellRecord:
    """Return the rule for empty cells."""
    return ZERO_CELLS[specification.zero_cells or USUAL_ZERO_CELLS]


def left_out_under(trials: TrialData, specification: Specification) -> NDArray[np.object_]:
    """Return why each result does not enter, shape (k,), empty where it does.

    A trial without events, or with events in everyone, tells a ratio nothing (metafor: drop00)
    unless the model is of the arms' risks. Where nothing is added to empty cells, no trial with
    one enters.
    """
    reasons = np.full(len(trials.study), "", dtype=object)
    for source in set(OF_EVENTS) & set(trials.raw):
        raw = trials.raw[source]
        reasons[raw.trials] = without_effect(source, raw.numbers, specification)
    if specification.other_measures == LEFT_OUT:
        reasons[trials.is_other] = OTHER_MEASURE
    return reasons


def without_effect(
    source: str, numbers: Array, specification: Specification
) -> NDArray[np.object_]:
    """Return why results of a source of events have no effect, (...,); empty where they have one.

    ``numbers`` (4, ...), of one group (2, ...): columns of the source.
    """
    reasons = np.full(numbers.shape[1:], "", dtype=object)
    rule = zero_cell_rule(specification)
    measure = MEASURES[measure_from(source, specification.measure)]
    if not rule.add:
        reasons[has_empty_cell(source, numbers)] = EMPTY_CELL
    if source in OF_ONE_GROUP:
        return reasons
    says_nothing = measure.is_log or measure.needs_events
    if rule.drop00 and says_nothing and not MODELS[specification.model].takes_empty_trials:
        if source == "counts" and not (rule.keeps_everybody and measure.code in rule.cells):
            reasons[all_events(*numbers)] = ONLY_EVENTS
        reasons[double_zero(*numbers[0::2])] = NO_EVENTS
    return reasons


def keywords_under(source: str, measure: str, specification: Specification) -> dict[str, Any]:
    """Return the rules for the function of a measure and a source; UsageError for one it lacks."""
    known = rules_of(source, measure)
    asked = dict(_asked(source, specification))
    for keyword, (name, value, argument) in asked.items():
        values = known.get(keyword)
        if values is None or (values and argument not in values):
            others = ", ".join(values or known) or "no other"
            raise UsageError(
                f"{measure} from {source} has no {name} {value}: leave {name} out. It knows "
                f"{others}."
            )
    return {keyword: argument for keyword, (_, _, argument) in asked.items()} | _zero_cells(
        source, measure, specification
    )


def _asked(source: str, specification: Specification) -> Iterator[tuple[str, tuple[str, str, Any]]]:
    """Yield the keyword, and the choice, its value and the argument, of each choice about means."""
    for name, keyword in KEYWORDS.items() if source in OF_MEANS else ():
        value = getattr(specification, name)
        concerns = source == "changes" or name not in ONLY_OF_CHANGES
        if concerns and value != USUAL.get(name, ""):
            yield keyword, (name, value, False if value == "none" else value)


def _zero_cells(source: str, measure: str, specification: Specification) -> dict[str, ZeroCells]:
    if source not in OF_EVENTS:
        return {}
    rule = zero_cell_rule(specification)
    if not takes_zero_cells(source, measure, rule):
        raise UsageError(
            f"{measure} from {source} has no rule for empty cells {rule.code}: leave zero_cells "
            "out."
        )
    if MEASURES[measure].takes_empty or "zero_cells" not in rules_of(source, measure):
        return {}
    cells = rule.cells.get(measure, "all")
    return {"zero_cells": ZeroCells(add=rule.add, to=rule.to, drop00=False, cells=cells)}


def takes_zero_cells(source: str, measure: str, rule: ZeroCellRecord) -> bool:
    """Say whether a measure of counts or rates can be computed under a rule for empty cells."""
    is_usual = rule.code == USUAL_ZERO_CELLS or not rule.add
    is_known = measure in rule.cells if rule.cells else not MEASURES[measure].takes_empty
    is_about_arms = source in OF_ONE_GROUP and not rule.drop00
    can = is_known and not is_about_arms and "zero_cells" in rules_of(source, measure)
    return is_usual or can


def offered_zero_cells(trials: TrialData, measure: str) -> tuple[str, ...]:
    """Return the rules for empty cells that each measure of the trials' counts and rates knows."""
    computed = [(name, measure_from(name, measure)) for name in OF_EVENTS if name in trials.raw]
    return tuple(
        code
        for code, rule in ZERO_CELLS.items()
        if computed and all(takes_zero_cells(*one, rule) for one in computed)
    )


def any_empty_cell(trials: TrialData) -> bool:
    """Say whether a cell of any trial is empty."""
    raw = trials.raw
    return any(has_empty_cell(name, raw[name].numbers).any() for name in OF_EVENTS if name in raw)


def as_read(source: str, raw: SourceData, trials: TrialData, specification: Specification) -> Array:
    """Return the numbers of means, with standard deviations as a reader takes them."""
    reading = specification.misread
    if not reading:
        return raw.numbers
    mistake = MISREADINGS[reading]
    numbers = raw.numbers.copy()
    names = np.array([trials.study[place] for place in raw.trials])
    where = np.isin(names, specification.misread_study or names)
    columns = (*SOURCES[source].columns, *SOURCES[source].optional)
    for arm in ARMS:
        n = numbers[columns.index(f"n_{arm}")]
        for name in (f"sd_{arm}", f"sd_pre_{arm}"):
            if name in columns:
                sd = columns.index(name)
                numbers[sd] = mistake(numbers[sd], n, where)
    return numbers
