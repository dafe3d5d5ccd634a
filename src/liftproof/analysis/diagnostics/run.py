"""Run the registered diagnostics on an analysis and turn their results into rows."""

from collections import Counter
from collections.abc import Iterator, Sequence
from math import isfinite
from typing import Any

from liftproof.analysis.diagnostics.material import Material, material
from liftproof.analysis.diagnostics.methods import METHODS, Method
from liftproof.analysis.effects import TrialEffect
from liftproof.analysis.pooled import entering
from liftproof.analysis.records import DiagnosticRow
from liftproof.errors import StatisticsError
from liftproof.reviews.review import Review
from liftproof.reviews.settings import Analysis
from liftproof.statistics.result import Result

NOT_APPLICABLE = "not_applicable"


def diagnose_review(review: Review) -> tuple[DiagnosticRow, ...]:
    """Return the diagnostics of every analysis of a review."""
    return tuple(row for analysis in review.settings.analyses for row in diagnose(review, analysis))


def diagnose(review: Review, analysis: Analysis) -> tuple[DiagnosticRow, ...]:
    """Return one number a row for every registered method; why not, for those that do not apply."""
    effects = entering(review, analysis)
    return tuple(
        DiagnosticRow(review=review.name, analysis=analysis.id, method=name, **row)
        for name, method in METHODS.items()
        for row in _rows(method, analysis, effects)
    )


def _rows(
    method: Method, analysis: Analysis, effects: Sequence[TrialEffect]
) -> Iterator[dict[str, Any]]:
    if len(effects) < method.fewest:
        noun = "trial" if len(effects) == 1 else "trials"
        yield {
            "quantity": NOT_APPLICABLE,
            "note": f"{len(effects)} {noun}; it is shown for {method.fewest} or more.",
        }
        return
    of = material(analysis, effects)
    try:
        result = method.compute(of)
    except StatisticsError as error:
        yield {"quantity": NOT_APPLICABLE, "note": str(error)}
        return
    note = getattr(result, "cannot_tell", "")
    numbers = list(result.numbers())
    many = Counter(field for field, _, _ in numbers)
    for field, index, value in numbers:
        if field in method.fields:
            is_one_a_trial = bool(index) and many[field] == len(of.studies)
            yield {
                "quantity": field if is_one_a_trial else _quantity(field, index),
                "study": _study(result, index, of) if is_one_a_trial else "",
                "value": _number(value),
                "note": note,
            }


def _study(result: Result, index: tuple[int, ...], of: Material) -> str:
    """Return the trial that a number belongs to: by its place, or by the order of accumulation."""
    order = getattr(result, "order", None)
    return of.studies[index[-1] if order is None else int(order[index[-1]])]


def _quantity(field: str, index: tuple[int, ...]) -> str:
    """Return the field, with its place where there are several that belong to no trial."""
    return f"{field}[{', '.join(map(str, index))}]" if index else field


def _number(value: float) -> float | None:
    return float(value) if isfinite(value) else None
