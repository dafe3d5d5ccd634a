"""What would change whether an interval shows the size that a claim asks for, by closed forms."""

from math import exp, log
from pathlib import Path

import pytest

from liftproof.analysis.claims.pooled_claim import PooledClaim
from liftproof.analysis.claims.size_change import size_change
from liftproof.analysis.estimates import pool_analysis
from liftproof.reviews.model.claim import Claim
from liftproof.reviews.model.claim_point import Bound
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.review_tables import Outcome, Study
from liftproof.reviews.model.settings import Analysis, Settings

Z = 1.959963984540054
SEARCHED = 1e-6
"""Relative: sizes are narrowed down to 1e-9."""


def evidence(*ratios):
    """Return trials of these risk ratios pooled by a fixed effect, variance 0.04 each."""
    asked = Analysis(id="all", title="All", measure="RR", tau2="FE", interval="wald")
    names = [f"s{number}" for number in range(len(ratios))]
    review = Review(
        name="r",
        folder=Path("/nowhere"),
        settings=Settings(title="R", analyses=(asked,)),
        studies=tuple(Study(study=name, label=name, year=2000) for name in names),
        outcomes=tuple(
            Outcome(study=name, outcome="injury", variant="primary", y=log(ratio), v=0.04)
            for name, ratio in zip(names, ratios, strict=True)
        ),
    )
    whole = pool_analysis(review, asked)
    assert whole.pooled is not None
    return PooledClaim(
        specification=whole.specification,
        estimate=whole.estimate,
        effects=whole.trials,
        pooled=whole.pooled,
    )


def claim(**point):
    return Claim(id="c", claimed="c", where="p", source=("r", "all"), point=Bound(**point))


def test_a_size_that_is_not_shown_needs_trials_like_the_pool():
    found = size_change(claim(below=0.5), evidence(0.4, 0.4))
    needed = (Z * 0.2 / log(0.5 / 0.4)) ** 2
    assert (found.is_shown, found.trials) == (False, 2)
    assert 3 < needed < 4
    assert found.size == pytest.approx(needed - 2, rel=SEARCHED)
    assert found.effect == pytest.approx(0.4, rel=1e-10)


def test_a_size_that_is_shown_ends_with_trials_of_no_effect():
    found = size_change(claim(below=0.5), evidence(0.25, 0.25))
    assert (found.is_shown, found.effect, found.trials) == (True, 1.0, 2)
    assert 2 * log(0.25) / 3 + Z * 0.2 / 3**0.5 < log(0.5)  # one such trial is too few
    total = 2 + found.size
    upper = 2 * log(0.25) / total + Z * 0.2 / total**0.5
    assert exp(upper) == pytest.approx(0.5, rel=SEARCHED)


@pytest.mark.parametrize(
    ("point", "ratios"),
    [({"below": 1.0}, (0.4, 0.4)), ({"below": 0.3}, (0.4, 0.4)), ({"below": 0.5}, (0.4,))],
    ids=["some effect", "the estimate falls short", "one trial"],
)
def test_nothing_is_said_where_no_size_could_be_shown(point, ratios):
    assert size_change(claim(**point), evidence(*ratios)) is None


def test_nothing_is_said_without_a_pool():
    assert size_change(claim(below=0.5), None) is None
