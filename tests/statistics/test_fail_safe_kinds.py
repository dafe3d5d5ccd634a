"""Fail-safe N by the name of its kind: the numbers of Becker 2005, as metafor has them."""

import numpy as np
import pytest

from liftproof.errors import InputError
from liftproof.statistics.small_study.fail_safe import general, orwin, rosenberg, rosenthal
from liftproof.statistics.small_study.fail_safe_kinds import KINDS, fail_safe
from support.metafor_cases import table

ROWS = table("data/raudenbush1985.csv")
Y, V = (np.array([float(row[name]) for row in ROWS]) for name in ("yi", "vi"))


@pytest.mark.parametrize(
    ("options", "n"),
    [
        ({}, 26),
        ({"kind": "Orwin", "target": 0.05}, 4),
        ({"kind": "Rosenberg"}, 0),
        ({"kind": "General"}, 0),
        ({"kind": "General", "target": 0.05}, 12),
    ],
)
def test_numbers_of_the_expectancy_data(options, n):
    """metafor 5.1, tests of fsn."""
    assert float(fail_safe(Y, V, **options).n) == n


def test_equal_weights_are_equal_variances():
    assert float(fail_safe(Y, np.ones_like(V), kind="Orwin", target=0.05).n) == 44  # metafor: no vi


def test_each_kind_is_its_function():
    functions = {"Rosenthal": rosenthal, "Orwin": orwin, "Rosenberg": rosenberg, "General": general}
    assert {kind: function for kind, (function, _) in KINDS.items()} == functions
    assert float(fail_safe(Y, V, alpha=0.01).n) == float(rosenthal(Y, V, alpha=0.01).n)
    sets = np.stack([Y, 2 * Y])
    found = fail_safe(sets, V, kind="General", tau2="DL")
    assert found.n.tolist() == [float(general(one, V, tau2="DL").n) for one in sets]


def test_an_option_that_a_kind_does_not_take_is_refused():
    with pytest.raises(InputError, match="Rosenthal has no target; it takes alpha"):
        fail_safe(Y, V, target=0.1)
    with pytest.raises(InputError, match="did you mean"):
        fail_safe(Y, V, kind="Rosental")
    with pytest.raises(InputError, match="missing="):
        fail_safe([0.1, np.nan], [0.1, 0.1])
