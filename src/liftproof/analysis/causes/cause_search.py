"""Search for the departure, or the pair, that gives a printed number."""

from collections.abc import Mapping, Sequence
from math import nan

from liftproof.analysis.causes.attempts import (
    KINDS,
    SLIPPED,
    double_attempts,
    single_attempts,
)
from liftproof.analysis.causes.candidates import (
    MOST_BY_CHANCE,
    MOST_OF_SLIPS,
    Attempt,
    Candidate,
    Causes,
    expected_by_chance,
)
from liftproof.analysis.causes.pools import Pool
from liftproof.analysis.causes.question import PrintQuestion
from liftproof.analysis.specification import Specification
from liftproof.analysis.trial_data import TrialData
from liftproof.errors import InputError
from liftproof.reviews.model.printed_number import rounds_to

FROM_PRINTS = ("implied", "elsewhere")
"""Presentations that take a number from other printed ones."""


def search(
    pool: Pool, question: PrintQuestion, computed: float | None = None, *, with_pairs: bool = True
) -> Causes:
    """Return which departures give a printed number: single ones, and pairs where none does.

    ``computed``: our value where it is known from elsewhere. ``with_pairs``: whether to go on to
    pairs. Slips of the pen go last. Nothing is named where more hits are expected by chance than
    MOST_BY_CHANCE, of slips and pairs MOST_OF_SLIPS, nor where a departure gives fewer than half of
    the other prints. Raises InputError for a print that is no number.
    """
    base = dict(pool.numbers)
    if computed is not None:
        base[question.quantity] = computed
    if question.quantity not in base:
        return _causes(question, nan, "none", [], [])
    ours = base[question.quantity]
    if rounds_to(ours, question.number):
        return _causes(question, ours, "rounds", [], [])
    tried: list[Attempt] = []
    hits: list[Attempt] = []
    for tier in (single_attempts, double_attempts) if with_pairs else (single_attempts,):
        tried += (attempts := list(tier(pool, base, question)))
        own = _hits(attempts, question)
        found = _found(question, ours, tried, [*own, *hits])
        if found.verdict == "named":
            return found
        hits += own
    return _found(question, ours, tried, hits)


def _hits(attempts: Sequence[Attempt], question: PrintQuestion) -> list[Attempt]:
    """Return the attempts that give the print, the likeliest first."""
    number = question.number
    given = (one for one in attempts if rounds_to(one.value, number))
    return _distinct(sorted(given, key=_by_plausibility))


def _found(
    question: PrintQuestion, ours: float, tried: Sequence[Attempt], hits: Sequence[Attempt]
) -> Causes:
    """Return what the attempts so far come to; the first of the hits is the likeliest."""
    if not hits:
        return _causes(question, ours, "none", tried, [])
    rivals = [one for one in tried if _rivals(one, hits[0])]
    chance = expected_by_chance(rivals, ours, question.number)
    is_likely = chance <= _most(hits[0])
    if is_likely and _is_coherent(hits[0], len(question.others)):
        return _causes(question, ours, "named", tried, hits, chance)
    verdict = "this_number_alone" if is_likely else "by_chance"
    chance = expected_by_chance(tried, ours, question.number)
    return _causes(question, ours, verdict, tried, hits, chance)


def _is_fishing(attempt: Attempt) -> bool:
    """Say whether an attempt is one of very many: a slip of the pen, or a pair."""
    return attempt.kind in SLIPPED or len(attempt.ids) > 1


def _most(hit: Attempt) -> float:
    """Return how many hits may be expected by chance where a cause is still named."""
    return MOST_OF_SLIPS if _is_fishing(hit) else MOST_BY_CHANCE


def _is_coherent(hit: Attempt, others: int) -> bool:
    """Say whether the rest of the result fits as well: half of its other prints or more.

    A number copied from elsewhere, or from the other prints themselves, says nothing about them.
    """
    return 2 * hit.agrees >= others or hit.ids[0] in FROM_PRINTS


def _rivals(attempt: Attempt, hit: Attempt) -> bool:
    """Say whether an attempt is as plausible as a hit, and in accord with as many other prints."""
    is_as_plausible = KINDS.index(attempt.kind) <= KINDS.index(hit.kind)
    return is_as_plausible and (_is_fishing(hit) or attempt.agrees >= hit.agrees)


def _distinct(hits: Sequence[Attempt]) -> list[Attempt]:
    """Return the hits without those that change the same choices and come to the same number."""
    first = {(hit.axes, f"{hit.value:.9g}"): hit for hit in reversed(hits)}
    return [hit for hit in hits if first[hit.axes, f"{hit.value:.9g}"] is hit]


def _by_plausibility(attempt: Attempt) -> tuple[int, int, int]:
    """Order hits: slips last, then those that give most of the other prints, then methods."""
    kind = KINDS.index(attempt.kind)
    return attempt.kind in SLIPPED and kind, -attempt.agrees, kind


def _causes(
    question: PrintQuestion,
    computed: float,
    verdict: str,
    tried: Sequence[Attempt],
    hits: Sequence[Attempt],
    chance: float = 0.0,
) -> Causes:
    return Causes(
        quantity=question.quantity,
        printed=question.printed,
        computed=computed,
        verdict=verdict,
        departures=len(hits[0].ids) if hits else 0,
        chance=chance,
        others=len(question.others),
        tried=len(tried),
        candidates=tuple(
            Candidate(
                cause=" + ".join(hit.ids),
                words=" and ".join(hit.words),
                kind=hit.kind,
                departures=len(hit.ids),
                gives=hit.value,
                agrees=hit.agrees,
            )
            for hit in hits
        ),
    )


def causes_of(
    printed: str,
    quantity: str,
    trials: TrialData,
    specification: Specification,
    *,
    others: Mapping[str, str] | None = None,
    computed: float | None = None,
) -> Causes:
    """Return what could have made a printed number of a meta-analysis whose data are known.

    ``printed``: its text, whose digits are the tolerance. ``quantity``: ``estimate``, ``ci_low``,
    ``ci_high``, ``p``, ``z``, ``se``, ``tau2``, ``tau2_ci_low``, ``tau2_ci_high``, ``tau``, ``i2``,
    ``q``, ``q_p``, ``pi_low``, ``pi_high``, ``reduction``; of a regression on ``trials.x``
    ``intercept``, ``slope`` and their ``_se``. ``trials``: by :func:`trials_of`. ``specification``:
    how the paper says that it pooled them. ``others``: further numbers printed of the same result,
    by quantity; a departure that gives these as well is the likelier. Raises InputError for a print
    that is no number, or a quantity that the specification does not give.

    >>> from liftproof.analysis.trial_data import trials_of
    >>> trials = trials_of(source="counts", numbers=([4, 6, 3], [123, 306, 231], [11, 29, 11],
    ...                                              [139, 303, 220]))
    >>> usual = Specification(measure="RR", tau2="DL", interval="wald")
    >>> found = causes_of("0.25", "estimate", trials, usual)
    >>> found.verdict, round(found.computed, 3), found.cause
    ('named', 0.264, 'measure_OR')
    """
    question = PrintQuestion(
        quantity=quantity,
        printed=printed,
        others=dict(others or {}),
        level=specification.level,
    )
    pool = Pool(trials=trials, specification=specification, quantities=(quantity,))
    if quantity not in pool.numbers and computed is None:
        known = ", ".join(sorted(pool.numbers)) or "none: the data do not fit the specification"
        raise InputError(f"The specification gives no {quantity}; it gives {known}.")
    return search(pool, question, computed)
