"""Every public function, and what it does with a column that cannot be right."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import numpy as np
import pandas as pd

from liftproof import api
from liftproof.errors import LiftproofError
from support.each_case import each_case
from support.public_calls import CALLS, WITHOUT_COLUMNS

LONGEST = 400
"""Characters of a message that a reader takes in."""
TYPED = ("0.5", "1_000", "many", b"1", 1 + 2j, np.datetime64("2024-05-31"))
NOT_FINITE = (float("nan"), float("inf"), -float("inf"), None, 10**400)
REGISTRIES = {"EFFECTS", "GLMM", "GLMM_REGRESSION", "MANTEL_HAENSZEL"}
FORMS = {"LINEAR", "QUADRATIC"}
every_function = each_case(CALLS, named=str, together=lambda _: "all")


def accepted(call, cases):
    """Return the columns that were not refused, each with why; other errors than ours go on.

    ``cases``: pairs of a description and the columns to replace.
    """
    wrong = []
    for what, instead in cases:
        try:
            call(**instead)
        except LiftproofError as refused:
            if len(str(refused)) > LONGEST:
                wrong.append((what, str(refused)))
        else:
            wrong.append((what, "accepted"))
    return wrong


def test_every_public_function_has_a_call_here():
    functions = {
        name
        for name in api.__all__
        if callable(getattr(api, name)) and not isinstance(getattr(api, name), type)
    }
    called = {name.split(" ")[0].split("[")[0] for name in CALLS}
    assert (called - REGISTRIES) | WITHOUT_COLUMNS == functions - FORMS


@every_function
def test_the_call_itself_is_answered(name):
    assert CALLS[name]() is not None


@every_function
def test_columns_of_unequal_length_are_refused(name):
    assert accepted(CALLS[name], of_other_lengths(CALLS[name])) == []


def of_other_lengths(call) -> Iterator[tuple[str, dict[str, list]]]:
    """Yield each column one shorter, alone and one longer, where another one has its length."""
    for column, values in call.columns.items() if len(call.columns) > 1 else ():
        yield f"{column} one short", {column: values[:-1]}
        yield f"{column} one alone", {column: values[:1]}
        yield f"{column} one more", {column: [*values, values[0]]}


@every_function
def test_what_is_no_number_is_refused(name):
    assert accepted(CALLS[name], with_texts(CALLS[name])) == []


def with_texts(call) -> Iterator[tuple[str, dict[str, list]]]:
    """Yield each column with a text, a complex number or a date, in a list or an array."""
    for column, (first, *rest) in call.columns.items():
        for wrong in TYPED:
            if column == "order" and isinstance(wrong, np.datetime64):  # dates are for that
                continue
            yield f"{column} {wrong!r} first", {column: [wrong, *rest]}
            objects = np.array([first, *rest], dtype=object)
            objects[-1] = wrong
            yield f"{column} {wrong!r} last", {column: objects}


@every_function
def test_numbers_that_are_not_finite_are_refused(name):
    cases = (
        (f"{column} {str(wrong)[:5]}", {column: [*values[:-1], wrong]})
        for column, values in CALLS[name].columns.items()
        for wrong in NOT_FINITE
    )
    assert accepted(CALLS[name], cases) == []


@every_function
def test_a_result_holds_no_array_of_its_caller(name):
    given = {column: np.array(values, float) for column, values in CALLS[name].columns.items()}
    found = CALLS[name](**given)
    held = [getattr(found, each.name) for each in fields(found)] if is_dataclass(found) else [found]
    arrays = [each for each in held if isinstance(each, np.ndarray)]
    assert not [
        column for column, own in given.items() if any(np.shares_memory(own, a) for a in arrays)
    ]


@every_function
def test_empty_columns_are_refused(name):
    call = CALLS[name]
    one = ((f"{column} empty", {column: []}) for column in call.columns)
    every = ("all empty", {column: [] for column in (*call.columns, *call.labels)})
    assert accepted(call, [*one, every]) == []


@every_function
def test_counts_that_are_not_whole_are_refused_where_people_are_counted(name):
    call = CALLS[name]
    cases = (
        (f"{column} {step}", {column: [value + step for value in call.columns[column]]})
        for column in call.whole
        for step in (0.5, 1e-9)
    )
    assert accepted(call, cases) == []


@every_function
def test_counts_that_a_double_cannot_hold_are_refused(name):
    call = CALLS[name]
    huge = {column: [2**53 + 1] * len(call.columns[column]) for column in call.counts}
    cases = [*((f"{column} huge", {column: values}) for column, values in huge.items())]
    assert accepted(call, [*cases, *([("all huge", huge)] if huge else [])]) == []


@every_function
def test_labelled_columns_are_taken_in_one_order_alone(name):
    call = CALLS[name]
    columns = {**call.columns, **call.labels}
    given = {column: labelled(values) for column, values in columns.items()}
    call(**given)
    cases = (
        (f"{column} {what}", given | {column: other})
        for column in (columns if len(columns) > 1 else ())
        for what, other in (
            ("reversed", given[column].iloc[::-1]),
            ("renamed", given[column].set_axis(range(len(given[column])), axis=0)),
        )
    )
    assert accepted(call, cases) == []


def labelled(values):
    """Return a column or a design as pandas holds them, with labels that are not places."""
    kind = pd.DataFrame if isinstance(values[0], list) else pd.Series
    return kind(values, index=[f"trial {place}" for place in range(len(values))])
