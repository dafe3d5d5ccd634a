"""The analyses of both reviews by Lauersen, as `review.yaml` asks for them: choices and results."""

from collections import Counter
from functools import cache

import pytest

from liftproof.analysis.estimates import PooledAnalysis, pool_review
from liftproof.analysis.reproduction import reproduce
from liftproof.reviews import load
from liftproof.reviews.model.review import Review
from support.review_arithmetic import REVIEWS

NAMES = ("lauersen2018", "lauersen2014")


@cache
def review(name: str) -> Review:
    loaded = load(REVIEWS / name)
    assert [str(problem) for problem in loaded.problems if not problem.is_warning] == []
    assert loaded.review is not None
    return loaded.review


@cache
def analyses(name: str) -> dict[str, PooledAnalysis]:
    return {pooled.estimate.analysis: pooled for pooled in pool_review(review(name))}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "analysis", "expected", "k"),
    [
        ("lauersen2018", "overall", "0.339 (0.239-0.481)", 6),
        ("lauersen2018", "analysed", "0.340 (0.239-0.483)", 6),
        ("lauersen2018", "counts", "0.355 (0.257-0.490)", 6),
        ("lauersen2018", "counts_inflated", "0.349 (0.250-0.488)", 6),
        ("lauersen2018", "hazard_ratio", "0.332 (0.234-0.472)", 6),
        ("lauersen2014", "strength", "0.317 (0.209-0.482)", 4),
        ("lauersen2014", "strength_counts", "0.309 (0.214-0.447)", 4),
        ("lauersen2014", "strength_icc", "0.316 (0.208-0.479)", 4),
        ("lauersen2014", "stretching", "0.963 (0.853-1.088)", 2),
        ("lauersen2014", "proprioception", "0.559 (0.355-0.879)", 4),
        ("lauersen2014", "multiple", "0.697 (0.542-0.895)", 9),
        ("lauersen2014", "overall", "0.639 (0.533-0.767)", 19),
        ("lauersen2014", "acute", "0.460 (0.356-0.593)", 8),
        ("lauersen2014", "overuse", "0.538 (0.298-0.971)", 5),
    ],
)
def test_estimate(name: str, analysis: str, expected: str, k: int) -> None:
    row = analyses(name)[analysis].estimate
    assert f"{row.estimate:.3f} ({row.ci_low:.3f}-{row.ci_high:.3f})" == expected
    assert row.k == k


def test_current_methods_never_narrow_the_interval() -> None:
    pooled = analyses("lauersen2018")
    current, wald = pooled["current_methods"].estimate, pooled["overall"].estimate
    assert current.estimate == pytest.approx(wald.estimate, rel=1e-12)  # tau² is 0 in both
    assert current.ci_low < wald.ci_low
    assert current.ci_high > wald.ci_high


@pytest.mark.parametrize("name", NAMES)
def test_a_trial_enters_an_analysis_once(name: str) -> None:
    for pooled in analyses(name).values():
        assert max(Counter(row.study for row in pooled.effects).values()) == 1


@pytest.mark.parametrize("name", NAMES)
def test_every_verdict_is_explained_where_it_must_be_and_only_there(name: str) -> None:
    rows = reproduce(review(name), [pooled.estimate for pooled in analyses(name).values()])
    assert len(rows) == len(review(name).published)
    assert {row.explanation for row in rows} <= {"given", "not_needed"}


def test_main_results_are_close() -> None:
    printed = {("lauersen2018", "main"), ("lauersen2014", "strength")}
    verdicts = {
        row.verdict
        for name in NAMES
        for row in reproduce(review(name), [each.estimate for each in analyses(name).values()])
        if (name, row.target) in printed
    }
    assert verdicts == {"reproduced", "close", "fitted"}


def test_marks_reach_the_effects() -> None:
    rows = {row.study: row for row in analyses("lauersen2018")["overall"].effects}
    assert {name for name, row in rows.items() if row.unverified == "yes"} == {"vanderhorst2015"}
    rows = {row.study: row for row in analyses("lauersen2014")["overuse"].effects}
    solved = {name for name, row in rows.items() if row.reconstructed == "yes"}
    assert solved == {"brushoj2008", "labella2011"}
