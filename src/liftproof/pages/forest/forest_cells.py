"""What stands in the cells of a forest plot: sizes, arms, weights, estimates, marks."""

from collections.abc import Sequence

from liftproof.analysis.arm_totals import arm_total
from liftproof.pages.forest.forest_labels import is_of_one_group
from liftproof.rows.result_rows import EffectRow, EstimateRow
from liftproof.vocabulary.measures import MEASURES
from liftproof.words import numbers
from liftproof.words.marks import RECONSTRUCTED, UNVERIFIED
from liftproof.words.names import has_common_effect
from liftproof.words.numbers import estimate_text
from liftproof.words.text import counted, minus

NO_WEIGHT = "–"


def size(effects: Sequence[EffectRow]) -> str:
    """Return how many trials there are, "6 trials", and how many comparisons if those are more."""
    trials = counted(len({effect.study for effect in effects}), "trial")
    pairs = counted(len(effects), "comparison")
    return trials if trials.split()[0] == pairs.split()[0] else f"{pairs} from {trials}"


def heterogeneity_parts(row: EstimateRow) -> tuple[str, ...]:
    """Return τ² and I² as texts; a fixed effect has no τ²."""
    i2 = () if row.i2 is None else (f"I² = {numbers.percent(row.i2)}",)
    has_tau2 = not has_common_effect(row)
    return (f"τ² = {numbers.effect(row.tau2)}{_levels(row)}", *i2) if has_tau2 else i2


def _levels(row: EstimateRow) -> str:
    """Return the two parts of a three-level τ² as a text."""
    if row.tau2_between is None or row.tau2_within is None:
        return ""
    between, within = (numbers.effect(part) for part in (row.tau2_between, row.tau2_within))
    return f" (between trials {between}, within trials {within})"


def tau2_limits(row: EstimateRow, level: float) -> tuple[str, ...]:
    """Return the limits of τ² as a text, where they exist."""
    low, high = row.tau2_ci_low, row.tau2_ci_high
    if low is None or high is None or has_common_effect(row):
        return ()
    limits = numbers.interval(low, high)
    return (f"{numbers.level(level)} CI of τ² {limits}",)


def limits_of(measure: str, low: float | None, high: float | None) -> str:
    """Return limits as a figure tells them: of ratios that tell nothing, in words."""
    return minus(numbers.limits(low, high, is_ratio=MEASURES[measure].is_ratio))


def text_of(measure: str, *numbers_of_row: float | None) -> str:
    """Return an estimate with its limits, "0.34 (0.24 to 0.48)", as a figure tells it."""
    return estimate_text(*numbers_of_row, is_ratio=MEASURES[measure].is_ratio)


def has_weights(effects: Sequence[EffectRow]) -> bool:
    """Say whether the model gives its trials weights."""
    return any(effect.weight_percent is not None for effect in effects)


def weight_of(effects: Sequence[EffectRow]) -> str:
    """Return the share of the whole pool that trials have together, a dash for models without."""
    if not has_weights(effects):
        return NO_WEIGHT
    return numbers.percent(sum(effect.weight_percent or 0.0 for effect in effects), 1)


def arms_of_trial(effect: EffectRow) -> tuple[str, ...]:
    """Return "12/461" for each arm of a trial, of a divided control arm the share, as "2/7.5".

    One text for one group; over person-time where its rate is pooled.
    """
    if is_of_one_group(effect):
        return (_cell(effect.events, effect.person_time or effect.n),)
    return (
        _cell(effect.events_intervention, effect.n_intervention),
        _cell(effect.events_control, effect.n_control),
    )


def arms_of_pool(effects: Sequence[EffectRow]) -> tuple[str, ...]:
    """Return the arms of trials, summed; a number that some lack is a dash."""
    if effects and all(map(is_of_one_group, effects)):
        return (_cell(arm_total(effects, "events"), _people_of(effects)),)
    first, second = (
        _cell(*(arm_total(effects, f"{name}_{arm}") for name in ("events", "n")))
        for arm in ("intervention", "control")
    )
    return first, second


def _people_of(effects: Sequence[EffectRow]) -> float | None:
    """Return the person-time of all groups, or their people; None where some lack it."""
    times = [effect.person_time for effect in effects]
    known = [time for time in times if time is not None]
    return sum(known) if known and len(known) == len(times) else arm_total(effects, "n")


def _cell(*numbers_of_arm: float | None) -> str:
    parts = ["–" if number is None else _plain(number) for number in numbers_of_arm]
    return "" if parts == ["–", "–"] else "/".join(parts)


def _plain(number: float) -> str:
    """Return a count or a time as people write it, 413 for 413.0."""
    return f"{number:.12g}" if isinstance(number, float) else str(number)


def marks_of(effects: Sequence[EffectRow]) -> str:
    """Return the marks of numbers that a reader must not take for sourced ones."""
    unverified = any(effect.unverified == "yes" for effect in effects)
    reconstructed = any(effect.reconstructed == "yes" for effect in effects)
    return UNVERIFIED * unverified + RECONSTRUCTED * reconstructed
