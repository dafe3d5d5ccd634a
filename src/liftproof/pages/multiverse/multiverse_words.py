"""What the multiverse of an analysis says: sentences on its spread, its matches, its choices."""

from collections.abc import Iterator, Mapping, Sequence

from liftproof.rows.multiverse_rows import ChoiceRow, MultiverseRow
from liftproof.words import numbers
from liftproof.words.option_names import option_name
from liftproof.words.text import minus

DIGITS = 3
LEAST_SHARE, FINE_SHARE = 0.001, 0.01
"""Shares nearer to 0 or 1 than these are not written out, or get a decimal."""
MOST_NAMED = 3
NOT_IDENTIFIED = (
    "A match does not identify the inputs: that numbers agree shows that the review could have "
    "used these, not that it did."
)


def sentences(
    row: MultiverseRow, choices: Sequence[ChoiceRow], names: Mapping[str, str]
) -> tuple[str, ...]:
    """Return what a reader should take from one row with the choices behind it, in order.

    ``names``: those that the review declares for its codes.
    """
    if not row.combinations:
        return ("No combination of choices leaves a trial to pool.",)
    beside_print = (matching(row), nearest(row, choices, names)) if row.printed else ()
    return (pooled(row), spread(row), *beside_print, *moving(choices))


def in_short(row: MultiverseRow) -> str:
    """Return how far an estimate depends on choices, for a place that says no more of them."""
    if not row.combinations:
        return ""
    many = "1 combination" if row.combinations == 1 else f"{whole(row.combinations)} combinations"
    drawn = ", drawn at random," if row.sampled == "yes" else ""
    low, high = _effect(row.minimum), _effect(row.maximum)
    found = f"runs from {low} to {high}" if low != high else f"is {low} throughout"
    estimate = f"Over {many} of defensible choices{drawn} the estimate {found}"
    if row.share_significant is None:
        return f"{estimate}."
    return f"{estimate}; {_excluding(row.share_significant)} an interval that excludes no effect."


def _excluding(share_significant: float) -> str:
    """Say how many have it: none and all in words, as 0 % and 100 % may be rounded.

    >>> _excluding(0.0), _excluding(1.0), _excluding(0.06)
    ('none of them has', 'all of them have', '6\u202f% of them have')
    """
    if share_significant == 0:
        return "none of them has"
    many = "all" if share_significant == 1 else share(share_significant)
    return f"{many} of them have"


def pooled(row: MultiverseRow) -> str:
    """Say how many combinations were pooled, of how many, and how they were drawn."""
    of = whole(row.of)
    if row.sampled == "yes":
        drawn = f"{whole(row.combinations)} of {of} combinations of choices were pooled"
        return f"{drawn}, drawn at random without repeats (seed {row.seed})."
    if row.combinations < row.of:
        left = f"{whole(row.combinations)} of {of} combinations of choices leave a trial to pool"
        return f"{left} and were pooled."
    if row.of == 1:
        return "There is nothing to choose: 1 combination was pooled."
    return f"All {of} combinations of choices were pooled."


def spread(row: MultiverseRow) -> str:
    """Say how far the estimates lie apart, and what that does to the conclusion."""
    ends = f"Estimates run from {_effect(row.minimum)} to {_effect(row.maximum)}"
    half = f"half of them from {_effect(row.p25)} to {_effect(row.p75)}"
    if row.share_significant is None:
        return f"{ends}, {half}."
    significant = f"{share(row.share_significant)} have an interval that excludes no effect"
    other = f"{share(row.share_other_side)} lie on the other side of it"
    return f"{ends}, {half}; {significant}, {other}."


def matching(row: MultiverseRow) -> str:
    """Say how many combinations give the print, and that a match does not identify the inputs."""
    printed = print_of(row)
    alone = f"{share(row.share_estimate)} have an estimate that rounds to the printed one"
    drawn = " of those drawn" if row.sampled == "yes" else ""
    if not row.matches:
        caution = f" {NOT_IDENTIFIED}" if drawn and row.nearest_rounds == "yes" else ""
        return f"{alone}; none{drawn} gives all of {printed}.{caution}"
    many = "1 combination" if row.matches == 1 else f"{whole(row.matches)} combinations"
    give = "gives" if row.matches == 1 else "give"
    sets = "1 set" if row.matching_inputs == 1 else f"{whole(row.matching_inputs)} sets"
    return (
        f"{alone}; {many}{drawn} {give} {printed}, from {sets} of trial effects. {NOT_IDENTIFIED}"
    )


def nearest(row: MultiverseRow, choices: Sequence[ChoiceRow], names: Mapping[str, str]) -> str:
    """Name the departures of the combination nearest to the print; ``choices``: of its analysis."""
    if not row.nearest:
        return "No combination could be compared with the print."
    which = "The match with the fewest departures" if row.nearest_rounds == "yes" else "The nearest"
    if row.sampled == "yes" and (row.departures or row.nearest_rounds == "no"):
        which += " of those tried"
    found = _with_limits(row.nearest_estimate, row.nearest_ci_low, row.nearest_ci_high)
    if not row.departures:
        return f"{which} is the analysis as settled: {found}."
    many = "1 departure" if row.departures == 1 else f"{row.departures} departures"
    where = departures(row, choices, names)
    return f"{which} has {many} from the analysis as settled ({where}): {found}."


def departures(row: MultiverseRow, choices: Sequence[ChoiceRow], names: Mapping[str, str]) -> str:
    """Return the departures with options by their names: what was taken in place of what."""
    options: dict[str, list[ChoiceRow]] = {}
    for each in choices:
        options.setdefault(each.choice, []).append(each)
    words = {
        f"{choice}: {taken.option} for {settled.option}": f"{choice}: "
        f"{option_name(taken.kind, taken.option, names)} in place of "
        f"{option_name(settled.kind, settled.option, names)}"
        for choice, rows in options.items()
        for settled in rows
        if settled.settled == "yes"
        for taken in rows
    }
    parts = row.nearest.split("; ")
    return "; ".join(words.get(part, part.replace("_", " ")) for part in parts)


def moving(choices: Sequence[ChoiceRow]) -> Iterator[str]:
    """Name the choices that explain most of the spread; nothing where the estimate never moves."""
    total = {row.choice: row.total or 0.0 for row in choices}
    moved = sorted((name for name in total if total[name] > 0), key=lambda name: -total[name])
    if moved:
        named = ", ".join(f"{name} ({share(total[name])})" for name in moved[:MOST_NAMED])
        yield (
            f"Moved most by: {named}. In brackets: the share of the variance of the estimate "
            "(analysis scale) that the choice explains, alone and together with others."
        )


def print_of(row: MultiverseRow) -> str:
    """Return the printed estimate with its limits, to the digits printed."""
    return minus(row.printed)


def share(value: float | None) -> str:
    """Return a share as a percentage; one that is small but not nothing is not called 0.

    >>> share(0.5), share(0.0002), share(0.0)
    ('50\u202f%', 'less than 0.1\u202f%', '0\u202f%')
    """
    if value is None:
        return numbers.NOT_ESTIMABLE
    if 0 < value < LEAST_SHARE:
        return f"less than {numbers.percent(100 * LEAST_SHARE, 1)}"
    if 1 - LEAST_SHARE < value < 1:
        return f"more than {numbers.percent(100 - 100 * LEAST_SHARE, 1)}"
    is_fine = 0 < min(value, 1 - value) < FINE_SHARE
    return numbers.percent(100 * value, 1 if is_fine else 0)


def whole(value: float | None) -> str:
    """Return a count with thin spaces between thousands; in powers of ten where it is enormous.

    >>> whole(48384), whole(3e15)
    ('48\u202f384', '3.0e+15')
    """
    if value is None:
        return numbers.NOT_ESTIMABLE
    if value >= _ENORMOUS:
        return f"{value:.1e}"
    return f"{value:,.0f}".replace(",", "\u202f")


_ENORMOUS = 1e12


def _effect(value: float | None) -> str:
    return minus(numbers.decimal(value, DIGITS))


def _with_limits(estimate: float | None, low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return _effect(estimate)
    return f"{_effect(estimate)} ({_effect(low)} to {_effect(high)})"
