"""Standard deviations, or a standardised mean difference, from t, F or the P value of a t test."""

from collections.abc import Iterator
from dataclasses import dataclass

from liftproof.reviews.forms.derived import ARMS, Derived, Row, printed_range
from liftproof.reviews.model.effect_sources import is_number

STATISTICS = ("t_value", "f_value", "p_value")
BESIDE = ("estimate", "y", "events_intervention", "events_control")
"""Numbers of another result, or the effect itself: the test is then no source of it."""
PRECISIONS = ("ci_low", "ci_high", "se")
"""Numbers of an effect that a test would give anew."""
SIGNS = {"intervention": 1.0, "control": -1.0}
"""By the arm with the higher mean, the direction of a difference."""
SMALLEST_ARM = 2
EVEN = 0.5
"""P of one side where there is no difference; above it the difference goes the other way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Statistic:
    """A printed statistic as t: ``size``, and the ``low`` and ``high`` that print like it."""

    column: str
    size: float
    low: float
    high: float
    origins: tuple[str, ...]


def numbers_of_tests(row: Row) -> Iterator[Derived]:
    """Yield what follows from a test between two means: both deviations, or the effect itself."""
    record = row.record
    people = record.n_intervention, record.n_control
    read = (
        *STATISTICS,
        "p_sides",
        "df",
        *(f"{x}_{arm}" for x in ("n", "mean", "sd") for arm in ARMS),
    )
    column = next((name for name in STATISTICS if is_number(getattr(record, name))), "")
    if not column or row.bad.intersection(read):
        return
    has_means = None not in (record.mean_intervention, record.mean_control)
    has_deviation = record.sd_intervention is not None or record.sd_control is not None
    is_beside = any(getattr(record, name) is not None for name in BESIDE)
    is_begun = any(getattr(record, name) is not None for name in PRECISIONS) and not has_means
    is_bare_p = column == "p_value" and not (has_means or record.higher_arm)
    if has_deviation or is_beside or is_begun or is_bare_p:
        return
    if None in people:
        lacking = f"n_{ARMS[people.index(None)]}"
        problem = row.problem(column, f"a test without {lacking}", f"fill in {lacking}")
        yield Derived(column=lacking, problem=None if record.awaits else problem)
        return
    if min(float(n or 0) for n in people) < SMALLEST_ARM:
        return
    found = _as_t(row, column)
    if found is None:
        wrong = "nothing follows from a test that shows no difference at all, or an endless one"
        remedy = "give the standard deviations, or say in awaits what is missing"
        yield Derived(column="sd_intervention", problem=row.problem(column, wrong, remedy))
    elif has_means:
        yield from _deviations(row, found)
    else:
        yield from _effect(row, found)


def _as_t(row: Row, column: str) -> _Statistic | None:
    """Return a statistic as the size of t, None where it is none or has no end."""
    text = row.cell(column)
    record = row.record
    low, high = (float(end) for end in printed_range(text.lstrip("-")))
    is_p = column == "p_value"
    if is_p:
        from liftproof.statistics.distributions import (  # noqa: PLC0415 - SciPy, for few rows
            size_of_statistic,
        )

        sides = record.p_sides or 2
        df = record.df or float(record.n_intervention or 0) + float(record.n_control or 0) - 2
        chances = [min(max(p, 0.0), float(sides)) for p in (float(text), high, low)]
        size, *ends = (float(size_of_statistic(p, sides, df)) for p in chances)
    else:
        power = 0.5 if column == "f_value" else 1.0
        size, *ends = (max(value, 0.0) ** power for value in (float(text.lstrip("-")), low, high))
    if not 0 < size < float("inf"):
        return None
    further = tuple(name for name in ("p_sides", "df") if is_p and getattr(record, name))
    return _Statistic(
        column=column,
        size=size,
        low=min(ends),
        high=max(ends),
        origins=(column, "n_intervention", "n_control", *further),
    )


def _deviations(row: Row, found: _Statistic) -> Iterator[Derived]:
    """Yield the deviation of both arms: |m₁ - m₂| over t√(1/n₁ + 1/n₂).

    Source: Cochrane Handbook 6.5, section 6.5.2.3.
    """
    record = row.record
    distance = abs(float(record.mean_intervention or 0) - float(record.mean_control or 0))
    if not distance:
        wrong = "no standard deviation follows from a test of two equal means"
        problem = row.problem(found.column, wrong, "fill in sd_intervention and sd_control")
        yield Derived(column="sd_intervention", problem=problem)
        return
    spread = (1 / float(record.n_intervention or 1) + 1 / float(record.n_control or 1)) ** 0.5
    value = distance / (found.size * spread)
    wrong = f"a standard deviation of {value:.4g} in both arms is taken from {_named(row, found)}"
    wrong += _allowed(distance / spread, found)
    remedy = "fill in sd_intervention and sd_control where a source has them"
    told = row.problem(found.column, wrong, remedy, rule="from_test")
    origins = ("mean_intervention", "mean_control", *found.origins)
    yield Derived(column="sd_intervention", origins=origins, value=value, problem=told)
    yield Derived(column="sd_control", origins=origins, value=value)


def _effect(row: Row, found: _Statistic) -> Iterator[Derived]:
    """Yield Hedges' g and its standard error, where it is said which arm has the higher mean."""
    record = row.record
    if record.measure not in ("", "SMD"):
        wrong = f"a test alone gives an SMD, not {record.measure}"
        problem = row.problem("measure", wrong, "empty it, or fill in the means")
        yield Derived(column="estimate", problem=problem)
        return
    if not record.higher_arm:
        wrong = "a test between the arms without the arm that has the higher mean"
        remedy = "write intervention or control in higher_arm, or fill in the means"
        yield Derived(column="estimate", problem=row.problem("higher_arm", wrong, remedy))
        return
    from liftproof.statistics.conversions.from_statistics import (  # noqa: PLC0415 - for few rows
        smd_from_t,
    )

    arms = float(record.n_intervention or 0), float(record.n_control or 0)
    effect = smd_from_t(SIGNS[record.higher_arm] * found.size, *arms)
    y, error = float(effect.y), float(effect.v) ** 0.5
    wrong = f"an SMD of {y:.3g} with standard error {error:.3g} is taken from {_named(row, found)}"
    told = row.problem(
        found.column, wrong, "fill in means and standard deviations where known", rule="from_test"
    )
    yield Derived(column="estimate", origins=found.origins, value=y, problem=told)
    yield Derived(column="se", origins=found.origins, value=error)
    yield Derived(column="measure", origins=found.origins, value="SMD")


def _named(row: Row, found: _Statistic) -> str:
    letter = {"t_value": "t", "f_value": "F", "p_value": "P"}[found.column]
    words = f"{letter} = {row.cell(found.column)}"
    if found.column != "p_value" or row.record.p_sides != 1:
        return words
    is_against = float(row.cell(found.column)) > EVEN
    side = "against the side that was tested" if is_against else "to the side that was tested"
    return f"{words} of one side, for a difference {side}"


def _allowed(over_one: float, found: _Statistic) -> str:
    """Return the deviations that the printed digits allow; ``over_one``: that of t = 1."""
    lowest = over_one / found.high
    if found.low <= 0:
        return f", whose digits allow any above {lowest:.3g}"
    return f", whose digits allow {lowest:.3g} to {over_one / found.low:.3g}"
