"""Few variances in place of those of many trials, in selection models."""

import numpy as np
import pytest

from liftproof.statistics.small_study.selection.fit import selection_model
from liftproof.statistics.small_study.selection.search import highest_maximum
from liftproof.statistics.small_study.selection.setup import set_up
from liftproof.statistics.small_study.selection.stand_ins import MANY, NODES, stand_ins
from support.selection_surface import surface

RANDOM = np.random.default_rng(5)
V = np.exp(RANDOM.uniform(-5, 0, 120))
Y = RANDOM.normal(0.3, np.sqrt(V + 0.02))
NEAR = 1e-10
"""Log-likelihood, near its maximum, of 120 trials whose variances differ 150-fold: a rule leaves
1e-12, the sum's own rounding as much."""


def setup_of(kind):
    """Return the parts of a model of all trials."""
    steps = [0.025] if kind == "stepfun" else None
    return set_up(Y, V, kind, "greater", steps, None, is_random=True)


def test_a_rule_gives_the_moments_of_the_trials():
    logs, few = np.log(V), stand_ins(V)
    assert len(few.v) == NODES
    for power in (0, 1, 2, 5, 2 * NODES - 1):
        of_rule = (few.counts * (np.log(few.v) / 5) ** power).sum()
        assert of_rule == pytest.approx(((logs / 5) ** power).sum(), rel=1e-11)


def test_few_trials_stand_for_themselves():
    few = stand_ins(V[:MANY])
    assert few.v.tolist() == V[:MANY].tolist()
    assert few.counts.tolist() == [1.0] * MANY


@pytest.mark.parametrize("values", [[0.04], [0.04, 0.09, 0.01]])
def test_repeated_variances_take_a_node_each(values):
    few = stand_ins(np.repeat(values, 120))
    kept = few.counts > 1e-9
    assert few.v[kept] == pytest.approx(sorted(values), rel=1e-12)
    assert few.counts[kept] == pytest.approx(120 * np.ones(len(values)), rel=1e-12)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["stepfun", "negexp"])
def test_a_search_led_by_few_ends_where_all_trials_have_their_maximum(kind):
    setup = setup_of(kind)
    of_all = setup.model.of_all_trials()
    found = highest_maximum(setup.model, setup.start)
    expected = highest_maximum(of_all, setup.start)
    assert found.at == pytest.approx(expected.at, rel=1e-9, abs=1e-12)
    assert found.value == float(surface(of_all, found.at).value)
    assert found.value == pytest.approx(expected.value, abs=NEAR)
    assert surface(setup.model, found.at).value == pytest.approx(found.value, abs=NEAR)


def test_variances_that_differ_ten_thousand_million_fold_do_no_harm():
    v = np.exp(RANDOM.uniform(-12, 11, 200))
    y = RANDOM.normal(0.3, np.sqrt(v + 0.02))
    found = selection_model(y, v, steps=[0.025])
    setup = set_up(y, v, "stepfun", "greater", [0.025], None, is_random=True)
    highest = highest_maximum(setup.model.of_all_trials(), setup.start)
    assert found.log_likelihood == pytest.approx(highest.value, abs=1e-9)
    assert found.estimate == pytest.approx(float(highest.at[0]), rel=1e-7)
