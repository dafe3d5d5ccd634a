"""Numbers in another unit than those beside them: person-time, means, a ratio for its logarithm."""

from collections.abc import Iterator, Sequence
from math import exp, log
from statistics import median

from liftproof.analysis.effects import TrialEffect
from liftproof.analysis.suspicion.places import Suspicion
from liftproof.analysis.suspicion.slip_rules import FEWEST_FELLOWS
from liftproof.reviews.model.review_tables import Outcome
from liftproof.vocabulary.measures import MEASURES
from liftproof.vocabulary.sources import OF_MEANS

UNIT = "unit_differs"
TIME_APART = 10.0
"""Factor between the person-time of two arms that no trial has by chance: they run side by side."""
APART = {"mean": 1.8, "sd": 3.0}
"""Factors from the median of the others: below pounds to kilograms, 2.2; standard deviations of
trials differ more than their means."""
BEYOND = 2.0
"""How many times further from the median of the others than the furthest of them, in logarithms."""
_ARMS = ("intervention", "control")


def time_findings(row: Outcome) -> Iterator[Suspicion]:
    """Yield person-time in a unit that cannot be that of both arms, of its events or its rate."""
    if not (row.person_time_intervention and row.person_time_control):
        return
    times = [row.person_time_intervention, row.person_time_control]
    people = [row.n_intervention, row.n_control]
    shares = (
        [time / n for time, n in zip(times, people, strict=True) if n] if all(people) else times
    )
    apart = max(shares) / min(shares)
    if apart >= TIME_APART:
        of_each = " a person" if all(people) else ""
        yield Suspicion(
            rule=UNIT,
            column="person_time_intervention",
            wrong=f"the arms' person-time{of_each} differs by a factor of {apart:.3g}",
            numbers=_both(times),
            remedy="look at its unit in each arm: hours, thousands of hours, or years",
        )
    else:
        yield from _in_both(row, times, is_people=times == people)


def _in_both(row: Outcome, times: Sequence[float], *, is_people: bool) -> Iterator[Suspicion]:
    """Yield person-time in a unit that is wrong in both arms; ``is_people``: it is as many."""
    events = [getattr(row, f"events_{arm}") for arm in _ARMS]
    is_typed = not any(f"person_time_{arm}" in row.derived_from for arm in _ARMS)
    if any(count and count > time for count, time in zip(events, times, strict=True)):
        wrong = "more than one event in a unit of person-time"
        remedy = "look at the unit: thousands of hours, or a rate per 1000 with 1 in rate_per"
    elif is_people:
        wrong = "the person-time of both arms is the number of their people"
        remedy = "write hours, sessions or years; right where each was followed for one unit"
    elif is_typed and row.rate_per and max(times) < row.rate_per:
        wrong = f"less person-time than the {row.rate_per:g} that the rates are given per"
        remedy = "look whether it is people, or thousands of hours; write it in the rates' unit"
    else:
        return
    yield Suspicion(
        rule=UNIT,
        column="person_time_intervention",
        wrong=wrong,
        numbers=_both(times),
        remedy=remedy,
    )


def _both(times: Sequence[float]) -> str:
    return " and ".join(f"{time:g}" for time in times)


def unit_findings(trials: Sequence[TrialEffect]) -> Iterator[tuple[TrialEffect, Suspicion]]:
    """Yield effects that an analysis pools in one unit, but that were typed in another."""
    of_means = [one for one in trials if one.source in OF_MEANS and one.measure == "MD"]
    for name in APART:
        yield from _levels(of_means, name)
    yield from _ratios(trials)


def _levels(trials: Sequence[TrialEffect], name: str) -> Iterator[tuple[TrialEffect, Suspicion]]:
    """Yield trials whose means, or deviations, are far from those of the others, all alike."""
    sizes = [abs(_typical(one.outcome, name)) for one in trials]
    if len(trials) <= FEWEST_FELLOWS or not all(sizes):
        return
    for place, one in enumerate(trials):
        others = [log(size) for at, size in enumerate(sizes) if at != place]
        usual = median(others)
        apart = log(sizes[place]) - usual
        furthest = max(abs(other - usual) for other in others)
        is_far = abs(apart) >= max(log(APART[name]), BEYOND * furthest)
        if is_far and (apart > 0 or name == "mean"):
            what = "means" if name == "mean" else "standard deviations"
            yield (
                one,
                Suspicion(
                    rule=UNIT,
                    column=f"{name}_intervention",
                    wrong=f"the {what} are {exp(apart):.2g} times those of the other trials, about "
                    f"{exp(usual):.3g}",
                    numbers=f"{_typical(one.outcome, name):.6g}",
                    remedy="look at the unit, and at the paper's digits: a difference of means is "
                    "pooled in one unit",
                ),
            )


def _typical(row: Outcome, name: str) -> float:
    """Return the mean of both arms' means, or deviations; 0 where one is not known."""
    arms = [getattr(row, f"{name}_{arm}") for arm in _ARMS]
    return 0.0 if None in arms else sum(arms) / len(arms)


def _ratios(trials: Sequence[TrialEffect]) -> Iterator[tuple[TrialEffect, Suspicion]]:
    """Yield effects given as y beyond all others, whose logarithm lies among and nearer to them."""
    if len(trials) <= FEWEST_FELLOWS:
        return
    for one in trials:
        given = one.outcome.y
        if one.source != "given" or not MEASURES[one.measure].is_log or not given or given <= 0:
            continue
        others = [other.y for other in trials if other is not one]
        is_nearer = abs(log(given) - median(others)) < abs(given - median(others))
        if is_nearer and given > max(others) and min(others) <= log(given) <= max(others):
            yield (
                one,
                Suspicion(
                    rule=UNIT,
                    column="y",
                    wrong=f"{given:g} is read as a logarithm, of {exp(given):.3g}; as the ratio "
                    "itself it would be like the other trials",
                    numbers=f"{given:g}",
                    remedy=f"if the paper prints the ratio, y is {log(given):.4g}; or give it as "
                    "estimate, with se or limits",
                ),
            )
