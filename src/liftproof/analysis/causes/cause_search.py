"""Search for the departure, or the pair, that gives a printed number."""

from collections.abc import Mapping, Sequence
from math import nan

from liftproof.analysis.causes.attempts import (
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
    steps,
)
from liftproof.analysis.causes.fits import Numbers
from liftproof.analysis.causes.pools import Pool
from liftproof.analysis.causes.question import PrintQuestion, read_print
from liftproof.analysis.specification import Specification
from liftproof.analysis.trial_data import TrialData
from liftproof.errors import InputError
from liftproof.reviews.model.printed_number import rounds_to

FROM_PRINTS = (("implied",), ("elsewhere",))
"""Presentations that take a number from other printed ones."""
MISSED = 0.02
"""How likely a print is to be another than a true cause gives, by some further departure."""
AS_LIKELY = 0.5
"""Hits share a rank with the likeliest where their weight is this share of its weight, or more."""
FEWEST_OF_A_ROW = 2
"""Other prints of a row: a single departure that gives all of these, one of which the computed
numbers miss, is named whatever else gives the print."""


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
        hits = sorted([*own, *hits], key=lambda one: -_likelihood(one, question))
        found = _found(question, base, tried, hits)
        if found.verdict == "named":
            return found
    return _found(question, base, tried, hits)


def _hits(attempts: Sequence[Attempt], question: PrintQuestion) -> list[Attempt]:
    """Return the attempts that give the print, the likeliest first."""
    number = question.number
    given = (one for one in attempts if rounds_to(one.value, number))
    return _distinct(sorted(given, key=lambda one: -_likelihood(one, question)))


def _found(
    question: PrintQuestion, base: Numbers, tried: Sequence[Attempt], hits: Sequence[Attempt]
) -> Causes:
    """Return what the attempts so far come to; the first of the hits is the likeliest."""
    ours = base[question.quantity]
    if not hits:
        return _causes(question, ours, "none", tried, [])
    hit, others = hits[0], len(question.others)
    gives_all = hit.agrees == others and hit.kind not in SLIPPED
    apart = _apart(base, question) if gives_all else []
    rivals = [one for one in tried if _rivals(one, hit, gives_all=gives_all)]
    chance = expected_by_chance(rivals, ours, question.number, max(apart, default=1))
    is_of_the_row = gives_all and others >= FEWEST_OF_A_ROW and apart and len(hit.ids) == 1
    is_likely = chance <= _most(hit) or is_of_the_row
    if is_likely and _is_coherent(hit, others):
        return _causes(question, ours, "named", tried, hits, chance)
    verdict = "this_number_alone" if is_likely else "by_chance"
    chance = expected_by_chance(tried, ours, question.number)
    return _causes(question, ours, verdict, tried, hits, chance)


def _apart(base: Numbers, question: PrintQuestion) -> list[int]:
    """Return of each other print that ours misses how many steps it is away."""
    prints = {name: read_print(text) for name, text in question.others.items() if name in base}
    return [
        steps(number.value, base[name], number.unit)
        for name, number in prints.items()
        if not number.bound and not rounds_to(base[name], number)
    ]


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
    return 2 * hit.agrees >= others or hit.ids in FROM_PRINTS


def _rivals(attempt: Attempt, hit: Attempt, *, gives_all: bool) -> bool:
    """Say whether an attempt is as plausible as a hit, and in accord with as many other prints."""
    if attempt.plausibility < hit.plausibility:
        return False
    return (_is_fishing(hit) and not gives_all) or attempt.agrees >= hit.agrees


def _distinct(hits: Sequence[Attempt]) -> list[Attempt]:
    """Return the hits without those that change the same choices and come to the same number."""
    first = {(hit.axes, f"{hit.value:.9g}"): hit for hit in reversed(hits)}
    return [hit for hit in hits if first[hit.axes, f"{hit.value:.9g}"] is hit]


def _likelihood(attempt: Attempt, question: PrintQuestion) -> float:
    """Return a weight that orders hits: plausibility, times MISSED for each print not given.

    A number taken from other prints need not give them.
    """
    is_taken = attempt.ids in FROM_PRINTS
    missed = 0 if is_taken else len(question.others) - attempt.agrees
    return attempt.plausibility * MISSED**missed


def _ranks(hits: Sequence[Attempt], question: PrintQuestion) -> list[int]:
    """Return the rank of each hit, the likeliest first; about as likely ones share it."""
    ranks: list[int] = []
    top = 0.0
    for place, hit in enumerate(hits, 1):
        weight = _likelihood(hit, question)
        is_equal = bool(ranks) and weight >= AS_LIKELY * top
        ranks.append(ranks[-1] if is_equal else place)
        top = top if is_equal else weight
    return ranks


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
                rank=rank,
                cause=" + ".join(hit.ids),
                words=" and ".join(hit.words),
                kind=hit.kind,
                departures=len(hit.ids),
                gives=hit.value,
                agrees=hit.agrees,
            )
            for hit, rank in zip(hits, _ranks(hits, question), strict=True)
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
