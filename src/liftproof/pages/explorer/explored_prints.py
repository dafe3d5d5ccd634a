"""The printed numbers that follow the explorer, as it holds them against what is shown."""

from collections.abc import Iterator, Sequence
from math import log10
from typing import Any

from liftproof.analysis.conclusions import CRITICAL_Z, SIGNIFICANCE, printed_conclusion
from liftproof.pages.printed.verdict_words import described, printed_text, verdict_text
from liftproof.reviews.model.printed_number import (
    HALF_A_DIGIT,
    Printed,
    in_decimals,
    printed_number,
)
from liftproof.reviews.model.review import Review
from liftproof.rows.result_rows import ReproductionRow
from liftproof.vocabulary.print_verdicts import CLOSE, CLOSE_LIMIT, VERDICTS
from liftproof.vocabulary.quantities import LOGARITHMS, QUANTITIES, REDUCTIONS

FOLLOWED = (
    *("estimate", "ci_low", "ci_high", "i2", "tau2", "q", "q_p", "p", "k", "studies", "z"),
    *("pi_low", "pi_high", "half_width", *REDUCTIONS, *LOGARITHMS),
)
"""Quantities that follow from the effects of trials and how they are pooled; people do not."""


def explored_prints(
    review: Review, rows: Sequence[ReproductionRow], analysis: str, measure: str
) -> list[dict[str, Any]]:
    """Return the prints of an analysis that follow it, as the page's script holds them.

    ``unit``: the place of the last digit compared. ``digits``: decimals that the computed number
    is shown with. ``theirs``: the side of no effect of what was printed, -1, 0 or 1, and whether
    its limits leave no effect out; absent where no effect was printed.
    """
    return [
        _print(review, row, number, measure)
        for row, number in _followed(review, rows)
        if row.analysis == analysis
    ]


def _followed(
    review: Review, rows: Sequence[ReproductionRow]
) -> Iterator[tuple[ReproductionRow, Printed]]:
    """Yield the rows that a pool of effects gives; slopes of a dose come from regressions."""
    slopes = {dose.target for dose in review.settings.dose}
    for row in rows:
        number = printed_number(row.printed)
        is_followed = row.quantity in FOLLOWED and row.target not in slopes
        if is_followed and row.verdict != "blocked" and not row.see and number is not None:
            yield row, number


def _print(review: Review, row: ReproductionRow, number: Printed, measure: str) -> dict[str, Any]:
    target = {each.quantity: each.printed for each in review.published if each.target == row.target}
    compared = in_decimals(number, row.decimals or 0)
    theirs = printed_conclusion(target, measure)
    return {
        "target": row.target,
        "name": described(row),
        "quantity": row.quantity,
        "printed": printed_text(row),
        "value": number.value,
        "unit": compared.unit,
        "bound": number.bound,
        "digits": max(0, 1 - round(log10(number.unit))),
        "settled": row.verdict,
        **({"fitted": True} if row.fitted else {}),
        **({"theirs": theirs} if theirs else {}),
    }


def verdict_rules() -> dict[str, Any]:
    """Return what verdicts rest on, for the page's script."""
    return {
        "half": HALF_A_DIGIT,
        "close": CLOSE,
        "closeLimit": CLOSE_LIMIT,
        "significance": SIGNIFICANCE,
        "criticalZ": CRITICAL_Z,
        "verdicts": {code: verdict_text(code) for code in VERDICTS},
        "quantities": {
            code: {"name": QUANTITIES[code].name, "is": _kind(code)} for code in FOLLOWED
        },
    }


def _kind(code: str) -> str:
    """Return what a quantity is, as far as its verdict goes."""
    record = QUANTITIES[code]
    if record.counts:
        return "count"
    if record.is_p:
        return "p"
    if record.is_limit:
        return "limit"
    of_effect = record.is_on_effect or record.is_reduction or record.is_logarithm
    return "effect" if of_effect or code == "half_width" else ""
