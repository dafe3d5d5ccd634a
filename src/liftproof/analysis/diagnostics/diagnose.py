"""Run the registered diagnostics on an analysis and turn their results into rows."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import isfinite, isinf
from typing import Any

from liftproof.analysis.diagnostics.method import Method, Methods, sentences
from liftproof.analysis.diagnostics.pooled_trials import PooledTrials, pooled_trials
from liftproof.analysis.diagnostics.registered_methods import METHODS
from liftproof.analysis.estimates import pool_analysis
from liftproof.errors import StatisticsError
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.settings import Analysis
from liftproof.rows.result_rows import DiagnosticRow
from liftproof.statistics.result import Result
from liftproof.vocabulary.measures import MEASURES
from liftproof.vocabulary.models import THREE_LEVEL

NOT_APPLICABLE = "not_applicable"
NO_NULL = "It is about no effect; of a value of one group none says so."
DEPENDENT = "It takes every result for a trial of its own; here trials have several."
INFINITE, MISSING = "This number is infinite.", "This number does not exist for these trials."

Row = dict[str, Any]


def diagnose(
    review: Review, analysis: Analysis, methods: Methods = METHODS
) -> tuple[DiagnosticRow, ...]:
    """Return one number a row for every method; why not, for those that do not apply."""
    of = pooled_trials(pool_analysis(review, analysis), analysis.better)
    return tuple(
        DiagnosticRow(review=review.name, analysis=analysis.id, method=name, **row)
        for name, method in methods.items()
        for row in _rows(method, of)
    )


def _rows(method: Method, of: PooledTrials | None) -> Iterator[Row]:
    k = 0 if of is None else len(of.y)
    if of is None or k < method.fewest:
        noun = "trial" if k == 1 else "trials"
        yield _not_applicable(f"{k} {noun}; it is shown for {method.fewest} or more.")
        return
    if of.specification.model == THREE_LEVEL and not method.takes_dependent:
        yield _not_applicable(DEPENDENT)
        return
    has_null = MEASURES[of.specification.measure].has_null
    shown = method.fields if has_null else _told_without_null(method)
    if not shown:
        yield _not_applicable(NO_NULL)
        return
    method = replace(method, fields=shown)
    try:
        result = method.compute(of)
    except StatisticsError as error:
        yield _not_applicable(str(error))
        return
    yield from _numbers(method, of, result)


def _told_without_null(method: Method) -> tuple[str, ...]:
    """Return the fields that a measure of which no value says "no effect" can have."""
    return tuple(name for name in method.fields if name not in method.of_none)


def _not_applicable(reason: str) -> Row:
    return {"quantity": NOT_APPLICABLE, "note": reason}


def _numbers(method: Method, of: PooledTrials, result: Result) -> Iterator[Row]:
    """Yield the registered numbers of a result; a text such as a side becomes one that is true.

    The note stands at every number of the analysis, and at the first of those of its trials.
    """
    note = method.note(of, result)
    numbers = list(result.numbers(method.fields))
    many = Counter(field for field, _, _ in numbers)
    studies = getattr(result, "studies", ()) or of.studies
    for field, index, value in numbers:
        is_one_a_trial = bool(index) and many[field] == len(studies)
        quantity = f"{field}_{value}" if isinstance(value, str) else field
        number = 1.0 if isinstance(value, str) else float(value)
        is_first = not is_one_a_trial or not any(index)
        yield {
            "quantity": quantity if is_one_a_trial else _quantity(quantity, index),
            "study": _study(result, index, studies) if is_one_a_trial else "",
            "value": number if isfinite(number) else None,
            "note": sentences(_why_none(number), note if is_first else ""),
        }


def _why_none(number: float) -> str:
    """Say why a number has no place in a table; nothing where it has."""
    if isfinite(number):
        return ""
    return INFINITE if isinf(number) else MISSING


def _study(result: Result, index: tuple[int, ...], studies: Sequence[str]) -> str:
    """Return the trial that a number belongs to: by its place, or by the order of accumulation."""
    order = getattr(result, "order", None)
    return studies[index[-1] if order is None else int(order[index[-1]])]


def _quantity(field: str, index: tuple[int, ...]) -> str:
    """Return the field, with its place where there are several that belong to no trial."""
    return f"{field}[{', '.join(map(str, index))}]" if index else field
