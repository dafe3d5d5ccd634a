"""Slopes of mixed models in closed form, beside those by differences."""

import numpy as np
import pytest

from liftproof.statistics.effects.checked_arms import rates_of, table_of
from liftproof.statistics.sparse.approach import approach
from liftproof.statistics.sparse.expected import expected_slopes
from liftproof.statistics.sparse.glmm_models import FROM_RATES, FROM_TABLES
from liftproof.statistics.sparse.glmm_setup import CountTerms
from liftproof.statistics.sparse.newton import Points, difference_slopes
from liftproof.statistics.sparse.search import climb

COUNTS = [[4.0, 0, 7, 2, 11], [40.0, 25, 60, 31, 90], [6.0, 3, 5, 1, 19], [38.0, 27, 66, 29, 85]]
NODES, FEWER_NODES = 40, 25
"""Of the quadrature: at deviations below 1 its error is rounding, so that both ways must meet."""
BY_DIFFERENCES = {"gradient": 1e-7, "hessian": 1e-6}
"""Fourth-order differences over 0.005 of a scale on which a likelihood near 10 varies."""
NEAR = 1e-7
"""In log-likelihood: an approach ends within 1e-4 standard errors, and FEWER_NODES err by less."""

MODELS = [
    *((FROM_TABLES[name], table_of(*COUNTS)) for name in ("UM.FS", "UM.RS", "CM.EL", "CM.AL")),
    (FROM_RATES["UM.FS"], rates_of(*COUNTS)),
]


def setup_of(build, data, nodes):
    """Return a mixed model of the counts."""
    return build(data, CountTerms(x=np.ones((len(COUNTS[0]), 1)), nodes=nodes))


def some_points(setup):
    """Return two points with deviations."""
    shared = np.repeat(setup.start.shared, 2, axis=0)
    shared[:, 0], shared[:, -1] = [0.2, -0.4], [0.3, 0.7]
    return Points(own=np.repeat(setup.start.own, 2, axis=0), shared=shared)


@pytest.mark.parametrize(("build", "data"), MODELS)
def test_slopes_in_closed_form_are_those_by_differences(build, data):
    model = setup_of(build, data, NODES).model
    local = some_points(setup_of(build, data, NODES)).by_trial(model)
    ours = expected_slopes(model, local, local.shape[-1])
    theirs = difference_slopes(model, local, local.shape[-1])
    assert ours[0] == pytest.approx(theirs[0], rel=1e-14)
    assert ours[1] == pytest.approx(theirs[1], abs=BY_DIFFERENCES["gradient"])
    assert ours[2] == pytest.approx(theirs[2], abs=BY_DIFFERENCES["hessian"])


@pytest.mark.parametrize(("build", "data"), MODELS)
def test_an_approach_ends_where_steps_by_differences_do(build, data):
    setup = setup_of(build, data, FEWER_NODES)
    start, free = some_points(setup), setup.x.shape[1]
    near, is_near = approach(setup.model, start, free)
    assert is_near.all()
    best = climb(setup.model, start, free)
    ours, highest = (
        setup.model.log_likelihood(points.by_trial(setup.model)).sum(axis=-1)
        for points in (near, best)
    )
    assert ours == pytest.approx(highest, abs=NEAR)
