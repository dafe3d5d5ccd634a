"""Numbers that are like their fellows once the decimal point is moved."""

from collections.abc import Collection, Iterator, Sequence
from math import log, log10, sqrt
from statistics import median

from liftproof.analysis.effects import TrialEffect
from liftproof.analysis.suspicion.places import Suspicion
from liftproof.reviews.model.review_tables import Outcome
from liftproof.vocabulary.measures import MEASURES
from liftproof.vocabulary.sources import OF_ESTIMATES

PLACES = (-2, -1, 1, 2)
CLOSE = 1.5
"""Within which factor means of one row lie: those of two arms, before and after."""
ALIKE = 2.0
"""Within which factor standard deviations of one row, and ratios of an analysis, are alike."""
DIVIDED = 1.25
"""Within which factor of ten times each other the people of two arms look like one digit too many:
no trial divides them so, and a trial that divided nobody by chance has six times as many."""
APART = sqrt(10)
"""By which factor a ratio lies beyond its nearest fellow at least: half the way of one place of the
point."""
ONE_PLACE = 10.0
"""By which factor a place of the point moves a number."""
FEWEST_FELLOWS = 3
"""Fellows that say what is usual, beside the number that is looked at."""
MEANS = tuple(f"mean_{when}{arm}" for when in ("", "pre_") for arm in ("intervention", "control"))
PEOPLE = ("n_intervention", "n_control")
SDS = tuple(name.replace("mean", "sd") for name in MEANS)
REMEDY = "look at the paper's digits, and at the unit"


def row_slips(outcome: Outcome) -> Iterator[Suspicion]:
    """Yield people, a mean, or a deviation of a row whose point seems to be misplaced."""
    of_people, of_means = (PEOPLE, DIVIDED, 1), (MEANS, CLOSE, 1)
    for names, within, fewest in (of_people, of_means, (SDS, ALIKE, FEWEST_FELLOWS)):
        known = {name: value for name in names if (value := getattr(outcome, name))}
        if len(known) <= fewest or _are_near(known.values(), within):
            continue
        for name, value in known.items():
            others = [other for own, other in known.items() if own != name]
            if len(others) >= fewest and _are_alike(others, within):
                meant = moved(value, median(others), within)
                if meant:
                    yield _slip(name, f"{value:g}", others, meant)
                    break


def effect_slips(trials: Sequence[TrialEffect]) -> Iterator[tuple[TrialEffect, Suspicion]]:
    """Yield reported ratios far beyond all others of an analysis, but not with the point moved.

    ``trials``: the effects that an analysis pools.
    """
    if len(trials) <= FEWEST_FELLOWS:
        return
    ordered = sorted(trials, key=lambda one: one.y)
    for one, others in ((ordered[0], ordered[1:]), (ordered[-1], ordered[:-1])):
        is_ratio = one.source in OF_ESTIMATES and MEASURES[one.measure].is_log
        if not is_ratio or min(abs(one.y - other.y) for other in others) < log(APART):
            continue
        usual = median(other.y for other in others)
        for places in PLACES:
            y = one.y + places * log(10)
            if abs(y - usual) <= log(ALIKE) and others[0].y <= y <= others[-1].y:
                estimate = one.outcome.estimate or 0.0
                meant = f"{estimate * 10.0**places:g}"
                natural = [MEASURES[one.measure].natural(other.y) for other in others]
                yield one, _slip("estimate", f"{estimate:g}", natural, meant)
                break


def moved(value: float, usual: float, within: float) -> str:
    """Return a number with its point where it is like the usual one; empty where it is so already.

    >>> moved(34.5, 3.3, 1.5), moved(3.45, 3.3, 1.5), moved(6.0, 3.3, 1.5)
    ('3.45', '', '')
    """
    if value * usual <= 0:
        return ""
    apart = log10(value / usual)
    for places in PLACES:
        if abs(apart + places) <= log10(within):
            return f"{value * 10.0**places:g}"
    return ""


def _are_near(values: Collection[float], within: float) -> bool:
    """Say whether no number can be like another once its point is moved."""
    return min(values) > 0 and max(values) * within**2 <= ONE_PLACE * min(values)


def _are_alike(values: Sequence[float], within: float) -> bool:
    sizes = [abs(value) for value in values]
    return max(sizes) <= within * min(sizes)


def _slip(column: str, value: str, others: Sequence[float], meant: str) -> Suspicion:
    ends = others if len(others) <= FEWEST_FELLOWS else (min(others), max(others))
    joint = ", " if len(others) <= FEWEST_FELLOWS else " to "
    fellows = joint.join(f"{other:.3g}" for other in ends)
    return Suspicion(
        rule="decimal_slip",
        column=column,
        wrong=f"{value} is far from its fellows {fellows}; with the decimal point moved it is "
        f"{meant}",
        numbers=value,
        remedy=REMEDY,
    )
