"""From judgements to the certainty of evidence, which is computed and never typed."""

from collections.abc import Mapping
from dataclasses import dataclass

from liftproof.reviews.model.grade import CERTAINTIES, DOWN, NOT_ASSESSED, STEPS, UP, Grade

HIGH, LOW = CERTAINTIES.index("high"), CERTAINTIES.index("low")


@dataclass(frozen=True, slots=True, kw_only=True)
class Certainty:
    """The certainty of one body of evidence.

    ``level``: a name in CERTAINTIES. ``at_most``: an upper bound, as domains were not assessed and
    something is left to lose. ``starts``: high for randomised trials, else low. ``down``, ``up``:
    the domains that rated it down or up. ``not_assessed``: those that nobody assessed.
    """

    level: str
    at_most: bool
    starts: str
    down: tuple[str, ...]
    up: tuple[str, ...]
    not_assessed: tuple[str, ...]


def certainty_of(grades: Mapping[str, Grade], *, randomised: bool) -> Certainty:
    """Return the certainty that judgements by domain give; a domain without one is not assessed.

    Each level runs from the start down by what is serious and up by what speaks for the effect,
    within very low and high. Source: GRADE Handbook, 2013, chapter 5.

    >>> serious = Grade(analysis="a", domain="imprecision", judgement="serious", reason="few",
    ...     judged_by="this project")
    >>> found = certainty_of({"imprecision": serious}, randomised=True)
    >>> found.level, found.at_most, len(found.not_assessed)
    ('moderate', True, 4)
    """
    steps = {domain: STEPS[grades[domain].judgement] for domain in (*DOWN, *UP) if domain in grades}
    start = HIGH if randomised else LOW
    level = min(max(start + sum(steps.values()), 0), HIGH)
    unknown = tuple(
        domain
        for domain in DOWN
        if domain not in grades or grades[domain].judgement == NOT_ASSESSED
    )
    return Certainty(
        level=CERTAINTIES[level],
        at_most=bool(unknown) and level > 0,
        starts=CERTAINTIES[start],
        down=tuple(domain for domain, step in steps.items() if step < 0),
        up=tuple(domain for domain, step in steps.items() if step > 0),
        not_assessed=unknown,
    )
