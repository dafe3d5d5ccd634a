"""The departures of presentation: a number computed as agreed, but put on paper in another way.

Each takes the numbers that a specification gives and a question, and yields the texts that could
stand in print instead; nothing where it does not apply.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import exp

from liftproof.analysis.causes.fits import Numbers
from liftproof.analysis.causes.implied import implied
from liftproof.analysis.causes.prints import (
    SLIPS,
    dropped_digit,
    rounded_twice,
    truncated,
    written,
)
from liftproof.analysis.causes.question import PrintQuestion
from liftproof.statistics.distributions import critical_value
from liftproof.vocabulary.plausibility import KNOWN, RARE
from liftproof.vocabulary.quantities import SHARES

Give = Callable[[Numbers, PrintQuestion], Iterator[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Presentation:
    """``id``: unique. ``words``: completes "the printed number follows with ...".

    ``plausibility``: a weight of ``vocabulary.plausibility``.
    """

    id: str
    words: str
    give: Give
    plausibility: float = KNOWN


def _truncated(numbers: Numbers, question: PrintQuestion) -> Iterator[str]:
    yield truncated(numbers[question.quantity], question.decimals)


def _rounded_twice(numbers: Numbers, question: PrintQuestion) -> Iterator[str]:
    yield rounded_twice(numbers[question.quantity], question.decimals)


def _of_rounded_logarithm(numbers: Numbers, question: PrintQuestion) -> Iterator[str]:
    """Yield the exponential of the logarithm rounded to as many decimals as are printed."""
    value = numbers.get(f"log_{question.quantity}")
    if value is not None:
        yield written(exp(round(value, question.decimals)), question.decimals)


def _of_rounded_parts(numbers: Numbers, question: PrintQuestion) -> Iterator[str]:
    """Yield Wald's limits and z of estimate and standard error rounded to two or three decimals."""
    if question.quantity not in ("ci_low", "ci_high", "z"):
        return
    centre = numbers.get("log_estimate", numbers.get("estimate"))
    if centre is None or "se" not in numbers:
        return
    z = float(critical_value(question.level))
    for decimals in (2, 3):
        estimate, se = round(centre, decimals), round(numbers["se"], decimals)
        back = exp if "log_estimate" in numbers else float
        if question.quantity in ("ci_low", "ci_high"):
            sign = -1 if question.quantity == "ci_low" else 1
            yield written(back(estimate + sign * z * se), question.decimals)
        if question.quantity == "z" and se:
            yield written(estimate / se, question.decimals)


def _standard_deviation(numbers: Numbers, question: PrintQuestion) -> Iterator[str]:
    """Yield τ where τ² should stand, the other way round, and a variance for its error."""
    value = numbers[question.quantity]
    if question.quantity in ("tau2", "tau2_between", "tau2_within"):
        yield written(value**0.5, question.decimals)
    if question.quantity in ("tau", "se"):
        yield written(value**2, question.decimals)


def _one_sided(numbers: Numbers, question: PrintQuestion) -> Iterator[str]:
    if question.quantity == "p":
        yield written(numbers["p"] / 2, question.decimals)


def _logarithm(numbers: Numbers, question: PrintQuestion) -> Iterator[str]:
    value = numbers.get(f"log_{question.quantity}")
    if value is not None:
        yield written(value, question.decimals)
    elif question.quantity.startswith("log_"):
        yield written(exp(numbers[question.quantity]), question.decimals)


def _other_limit(numbers: Numbers, question: PrintQuestion) -> Iterator[str]:
    stem, _, side = question.quantity.rpartition("_")
    other = f"{stem}_{'high' if side == 'low' else 'low'}"
    if side in ("low", "high") and other in numbers:
        yield written(numbers[other], question.decimals)


def _whole_share(numbers: Numbers, question: PrintQuestion) -> Iterator[str]:
    """Yield a percentage as a fraction, a fraction as a percentage."""
    value = numbers[question.quantity]
    for factor in (0.01, 100):
        if question.quantity in SHARES:
            yield written(value * factor, question.decimals)


def _implied(numbers: Numbers, question: PrintQuestion) -> Iterator[str]:
    """Yield z or p of the printed estimate and limits."""
    if question.quantity not in ("p", "z"):
        return
    is_log = "log_estimate" in numbers
    span = implied(question.quantity, question.others, is_log=is_log, level=question.level)
    if span is not None:
        yield written(span.centre, question.decimals)


def _elsewhere(numbers: Numbers, question: PrintQuestion) -> Iterator[str]:  # noqa: ARG001
    yield from dict.fromkeys(question.elsewhere)


WEIGHTS = {"truncated": KNOWN, "implied": KNOWN, "rounded_twice": KNOWN / 2, "one_sided": KNOWN / 2}
"""Of the presentations that are not rare."""
PRESENTATIONS = tuple(
    Presentation(id=name, words=words, give=give, plausibility=WEIGHTS.get(name, RARE))
    for name, words, give in (
        ("truncated", "the digits cut off instead of rounded", _truncated),
        ("rounded_twice", "rounding to one digit more first, and then again", _rounded_twice),
        ("rounded_log", "the exponential of a rounded logarithm", _of_rounded_logarithm),
        ("rounded_parts", "a rounded estimate and a rounded standard error", _of_rounded_parts),
        (
            "root_or_square",
            "a square for its root, or the root for its square",
            _standard_deviation,
        ),
        ("one_sided", "a one-sided p value", _one_sided),
        ("logarithm", "a logarithm for the ratio, or the ratio for its logarithm", _logarithm),
        ("other_limit", "one limit in the place of the other", _other_limit),
        ("percentage", "a fraction for a percentage, or the reverse", _whole_share),
        ("implied", "the printed estimate and limits, which are rounded", _implied),
        ("elsewhere", "the number that is printed for another result", _elsewhere),
    )
)
SLIP_WORDS = {
    "sign": "a sign that was lost or added",
    "transposed": "two neighbouring digits exchanged",
    "point": "a misplaced decimal point",
    "digit": "one digit that is wrong",
    "dropped": "one digit left out",
}
"""Slips of the pen, the likelier first."""
SLIP_WEIGHTS = {"sign": RARE, "transposed": RARE, "point": RARE, "digit": RARE, "dropped": RARE / 2}
"""How plausible each kind of slip is; the texts that it may lead to share its weight."""


def slips(value: float, decimals: int) -> Iterator[tuple[str, str]]:
    """Yield each slip and the texts that it makes of a computed number.

    >>> dict(slips(0.55, 2))["sign"]
    '-0.55'
    """
    text = written(value, decimals)
    for name, make in SLIPS.items():
        yield from ((name, made) for made in make(text))
    yield from (("dropped", made) for made in dropped_digit(value, decimals))
