"""Modules under their former names, which scripts still import, are those of today."""

import numpy as np

from liftproof.analysis.estimates import pool_review
from liftproof.analysis.pooled import pool_review as by_former_name
from liftproof.figures import forest
from liftproof.pages.forest.forest_drawing import draw_forest
from liftproof.reviews.loading import read
from liftproof.words.plots import forests
from support.review_arithmetic import REVIEWS


def test_former_names_lead_to_the_functions_of_today():
    assert by_former_name is pool_review
    assert forest.draw is draw_forest


def test_forests_of_former_scripts_hold_the_numbers_of_the_pools():
    review = read(REVIEWS / "lauersen2018")
    pooled = pool_review(review)
    views = forests(
        review.settings,
        [one.estimate for one in pooled],
        [row for one in pooled for row in one.effects],
        [row for one in pooled for row in one.subgroups],
    )
    pools = [[row.estimate for row in view.rows if row.kind == "pooled"][-1] for view in views]
    np.testing.assert_array_equal(pools, [one.estimate.estimate for one in pooled])
