"""A rate ratio from the rates of both arms with their limits."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from liftproof.reviews.forms.derived import ARMS, Derived, Row, printed_range
from liftproof.reviews.model.problems import Problem
from liftproof.vocabulary.levels import USUAL_LEVEL, is_level

if TYPE_CHECKING:
    from liftproof.statistics.conversions.rate_limits import RateError

ENDS = ("rate", "rate_low", "rate_high")
OTHERWISE = (
    *("estimate", "ci_low", "ci_high", "se", "p_value", "y"),
    *("person_time_intervention", "person_time_control"),
)
"""Numbers that say the effect themselves, or with others."""
MADE = {"log": "symmetric about its logarithm", "natural": "symmetric about the rate"}


def has_limits(row: Row, arm: str) -> bool:
    """Say whether an arm gives a rate with both limits."""
    return all(row.cell(f"{name}_{arm}") for name in ENDS)


def ratio_of_rates(row: Row) -> Iterator[Derived]:
    """Yield the rate ratio and the standard error of its logarithm, where both arms have limits."""
    record = row.record
    is_otherwise = any(getattr(record, name) not in (None, "") for name in OTHERWISE)
    if is_otherwise or not all(has_limits(row, arm) for arm in ARMS):
        return
    read = {f"{name}_{arm}" for name in ENDS for arm in ARMS} | {"ci_level", "measure"}
    level = USUAL_LEVEL if record.ci_level is None else record.ci_level
    if row.bad.intersection(read) or not is_level(level):
        return
    if record.measure not in ("", "IRR"):
        wrong = f"rates with limits give an IRR, not {record.measure}"
        problem = row.problem("measure", wrong, "empty it, or write IRR")
        yield Derived(column="estimate", problem=problem)
        return
    errors = {arm: _error(row, arm, level) for arm in ARMS}
    fitting = {arm: error for arm, error in errors.items() if error}
    if len(fitting) < len(ARMS):
        for arm in errors.keys() - fitting.keys():
            yield Derived(column="estimate", problem=_unfitting(row, arm))
        return
    yield from _effect(row, fitting)


def _error(row: Row, arm: str, level: float) -> "RateError | None":
    """Return the standard error of the logarithm of an arm's rate, None where none follows."""
    from liftproof.statistics.conversions.rate_limits import (  # noqa: PLC0415 - SciPy, for few
        error_of_rate,
    )

    middle, lowest, highest = (getattr(row.record, f"{name}_{arm}") for name in ENDS)
    if not 0 <= lowest < middle < highest:
        return None
    least, most = zip(*(printed_range(row.cell(f"{name}_{arm}")) for name in ENDS), strict=True)
    rate, low, high = zip(map(float, least), map(float, most), strict=True)
    return error_of_rate(rate, low, high, level)


def _unfitting(row: Row, arm: str) -> Problem:
    column = f"rate_{arm}"
    limits = " to ".join(row.cell(f"{name}_{arm}") for name in ENDS[1:])
    wrong = (
        f"the limits {limits} do not fit the rate: they are symmetric neither about it nor about "
        "its logarithm, and no number of events has them as exact limits"
    )
    remedy = f"correct a misprint or ci_level, or give events_{arm} and what the rates are per"
    return row.problem(column, wrong, remedy)


def _effect(row: Row, errors: Mapping[str, "RateError"]) -> Iterator[Derived]:
    """Yield ratio and error; the logarithms of both rates are independent."""
    record = row.record
    ratio = float(record.rate_intervention or 0) / float(record.rate_control or 1)
    error = sum(one.error**2 for one in errors.values()) ** 0.5
    made = "; ".join(f"{arm}: {_made(one)}" for arm, one in errors.items())
    wrong = (
        f"a rate ratio of {ratio:.4g} with standard error {error:.3g} of its logarithm is taken "
        f"from the rates with their limits ({made})"
    )
    remedy = "fill in events and person-time of each arm where a source has them"
    told = row.problem("rate_intervention", wrong, remedy, rule="from_rate_limits")
    origins = tuple(f"{name}_{arm}" for arm in ARMS for name in ENDS)
    if record.ci_level is not None:
        origins += ("ci_level",)
    yield Derived(column="estimate", origins=origins, value=ratio, problem=told)
    yield Derived(column="se", origins=origins, value=error)
    yield Derived(column="measure", origins=origins, value="IRR")


def _made(error: "RateError") -> str:
    if error.kind == "exact":
        return f"exact, as of {error.events} events"
    return MADE[error.kind]
