"""Results as tables and as frames, and which of their fields belong to trials."""

import numpy as np
import pytest

import liftproof as lp
from liftproof.errors import InputError
from liftproof.frames import tidy
from liftproof.statistics.accumulation import cumulative, monitor
from liftproof.statistics.influence import gosh, leave_one_out, regression_influence
from liftproof.statistics.pooling import pool
from liftproof.statistics.result import Result
from liftproof.statistics.small_study.selection.fit import selection_model

Y, V = [-0.51, -0.22, 0.05, 0.3], [0.04, 0.01, 0.09, 0.05]
LABELS = ["a", "b", "c", "d"]


def studies(result, quantity, labels=LABELS):
    """Return the trials of a quantity, and its numbers."""
    frame = tidy(result, labels)
    rows = frame[frame.quantity == quantity]
    return rows.study.tolist(), rows.value.tolist()


def every_result():
    """Return all classes of results, those of results included."""
    found = list(Result.__subclasses__())
    for each in found:
        found += each.__subclasses__()
    return found


def test_what_is_declared_of_trials_is_a_field():
    for result in every_result():
        names = set(result.__dataclass_fields__)
        assert set(result.per_trial) | set(result.per_step) <= names
        assert "order" in names or not result.per_step


def test_a_session_shows_what_print_does():
    pooled = pool(Y, V)
    assert repr(pooled) == str(pooled)
    assert repr(pooled).splitlines()[:2] == ["Pooled", "tau2_method        REML"]


def test_numbers_of_trials_stand_side_by_side():
    lines = str(leave_one_out(Y, V, tau2="DL", interval="wald")).splitlines()
    head = next(i for i, line in enumerate(lines) if line.split()[:2] == ["estimate", "se"])
    assert [line.split()[0] for line in lines[head + 1 : head + 5]] == ["[0]", "[1]", "[2]", "[3]"]
    first = leave_one_out(Y, V, tau2="DL", interval="wald").estimate[0]
    assert lines[head + 1].split()[1] == f"{first:.6g}"
    assert max(map(len, lines)) <= 100


def test_a_long_table_is_cut_and_counted():
    lines = str(leave_one_out(np.arange(70.0), np.ones(70), tau2="FE")).splitlines()
    assert "... and 10 more rows" in lines
    assert not any(line.startswith("[60]") for line in lines)


def test_a_notebook_shows_the_same_numbers():
    html = leave_one_out(Y, V)._repr_html_()
    assert "<th scope='row'>[3]</th>" in html
    assert "<th scope='col'>estimate</th>" in html


def test_a_cumulative_row_names_the_trial_that_was_added():
    steps = cumulative(Y, V, [2010, 2001, 2005, 2003])
    trials, estimates = studies(steps, "estimate")
    assert trials == ["b", "d", "c", "a"]
    assert estimates == steps.estimate.tolist()
    assert studies(steps, "order") == (trials, [1.0, 3.0, 2.0, 0.0])


def test_trials_that_were_added_at_once_are_named_together():
    steps = cumulative(Y, V, [2010, 2001, 2001, 2003], together=True)
    assert studies(steps, "k") == (["b, c", "d", "a"], [2.0, 3.0, 4.0])


def test_a_monitored_row_names_the_trial_that_was_added():
    shown = monitor(Y, V, [100] * 4, 1000, order=[4, 3, 2, 1])
    assert studies(shown, "size") == (["d", "c", "b", "a"], [100.0, 200.0, 300.0, 400.0])
    assert set(studies(shown, "planned.timing")[0]) == {""}


def test_parameters_as_many_as_trials_are_not_the_trials():
    model = selection_model([0.9, 0.2, 0.4], [0.1, 0.1, 0.2], steps=[0.025, 0.5])
    assert len(model.delta) == 3
    with pytest.raises(InputError, match="No field of the result has 3 numbers"):
        tidy(model, LABELS[:3])


def test_without_one_names_the_trial_left_out_and_no_weight():
    without = leave_one_out(Y, V)
    assert studies(without, "estimate")[0] == LABELS
    assert set(studies(without, "weights")[0]) == {""}


def test_changes_of_coefficients_are_named_by_row():
    x = np.column_stack((np.ones(5), [1.0, 2.0, 4.0, 3.0, 7.0]))
    found = regression_influence([*Y, 0.1], [*V, 0.02], x, tau2="DL")
    assert studies(found, "dfbetas", list("abcde"))[0] == list("aabbccddee")


@pytest.mark.parametrize("labels", [np.array(LABELS), tuple(LABELS)])
def test_labels_come_in_any_sequence(labels):
    assert studies(pool(Y, V), "weights", labels)[0] == LABELS


def test_numbers_and_texts_of_a_frame_are_apart():
    frame = tidy(gosh(Y, V, tau2="DL"))
    assert frame.value.dtype == np.float64
    assert frame[frame.quantity == "tau2_method"].text.tolist() == ["DL"]
    assert frame[frame.quantity == "include"].place.tolist()[:5] == [
        *("0, 0", "0, 1", "0, 2", "0, 3"),
        "1, 0",
    ]
    assert frame[frame.quantity == "include"].value.sum() == 4 * 2**3


def test_results_keep_their_numbers_when_the_columns_change_later():
    y, v, x = np.array(Y), np.array(V), np.arange(4.0)
    fit, seen = lp.multilevel(y, v, x=x, intercept=False), lp.funnel(y, v)
    before = lp.multilevel_residuals(fit).residual.tolist()
    for column in (y, v, x):
        column[:] = 7.0
    assert lp.multilevel_residuals(fit).residual.tolist() == before
    assert seen.y.tolist() == Y
