"""Design effects."""

import pytest

from liftproof.errors import InputError
from liftproof.statistics.clustering import design_effect_from_icc, inflate


def test_design_effect_of_a_trial_in_classes():
    assert float(design_effect_from_icc(21, 0.05)) == pytest.approx(2.0, rel=1e-15, abs=0)


def test_single_participants_are_not_clusters():
    assert float(design_effect_from_icc(1, 0.3)) == 1.0


def test_inflating_equals_dividing_the_trial():
    assert inflate([0.1, 0.4], 1.5).tolist() == pytest.approx([0.15, 0.6], rel=1e-15, abs=0)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: design_effect_from_icc(0.5, 0.1), "cluster size must be 1 or more, but 0.5"),
        (lambda: design_effect_from_icc(5, 1.1), "ICC must be 1 or less, but 1.1"),
        (lambda: design_effect_from_icc(11, -0.1), "must be positive, but 0 "),
        (lambda: inflate(0.1, 0), "design effect must be positive, but 0"),
        (lambda: inflate(float("inf"), 1), "v must be finite"),
    ],
)
def test_bad_input_is_refused_in_a_sentence(call, says):
    with pytest.raises(InputError, match=says):
        call()
