"""Whether subgroups, analyses and printed strata differ, as `contrasts.csv` tells it."""

import json

import pytest

from liftproof.analysis.contrasts import contrast_rows
from liftproof.analysis.estimates import pool_review
from liftproof.reviews import read
from support.metafor_cases import REFERENCE
from support.review_arithmetic import REVIEWS

pytestmark = pytest.mark.slow

CLOSED = 1e-10
"""Relative. Pools by DL and their contrasts are closed forms."""
SEARCHED = 1e-8
"""REML is searched for; τ² is flat near its maximum."""

SETTINGS = """\
title: Made up
measure: RR
analyses:
  - id: all
    title: All
    tau2: DL
    interval: wald
    subgroup: level
"""
STUDIES = "study,label,year,level\none,One,2001,high\ntwo,Two,2002,low\nsix,Six,2006,low\n"
OUTCOMES = (
    "study,outcome,arm,events_intervention,n_intervention,events_control,n_control\n"
    "one,injury,,5,50,10,50\ntwo,injury,,8,60,9,60\nsix,injury,,3,40,7,40\n"
)


def rows_of(name):
    review = read(REVIEWS / name)
    return {
        (row.contrast, row.first, row.second): row
        for row in contrast_rows(review, pool_review(review))
    }


@pytest.fixture
def rows(tmp_path):
    """Return the rows of a review of these files."""

    def run(settings=SETTINGS, studies=STUDIES, outcomes=OUTCOMES):
        texts = {"review.yaml": settings, "studies.csv": studies, "outcomes.csv": outcomes}
        for name, text in texts.items():
            (tmp_path / name).write_text(text, encoding="utf-8")
        review = read(tmp_path)
        return contrast_rows(review, pool_review(review))

    return run


def test_the_strata_of_lauersen2014_differ():
    """metafor 3.8.1: rma(yi, vi, method="DL") per stratum, then rma(estimates, sei=, "EE")."""
    rows = rows_of("lauersen2014")
    whole = rows["kinds", "", ""]
    assert (whole.compared, whole.estimates, whole.df, whole.k) == ("analyses", 4, 3, 19)
    assert whole.statistic == pytest.approx(30.9995710214, rel=CLOSED)
    assert whole.p_value == pytest.approx(8.50224876318e-07, rel=CLOSED)
    assert (whole.unverified, whole.reconstructed) == ("yes", "yes")
    pair = rows["kinds", "strength", "proprioception"]
    assert pair.estimate == pytest.approx(0.568282699654, rel=CLOSED)
    assert pair.ci_low == pytest.approx(0.306989006763, rel=CLOSED)
    assert pair.ci_high == pytest.approx(1.05197651906, rel=CLOSED)
    assert pair.statistic == pytest.approx(-1.79869118308, rel=CLOSED)
    assert pair.p_value == pytest.approx(0.0720675443988, rel=CLOSED)
    assert pair.holm_p == pytest.approx(0.144135088798, rel=CLOSED)
    holm = rows["kinds", "stretching", "multiple"].holm_p
    assert holm == pytest.approx(0.0901357121991, rel=CLOSED)


def test_the_printed_strata_are_compared_by_their_limits():
    """Strength over proprioception is 0.57 (0.31 to 1.07), p 0.08, as worked out by hand."""
    rows = rows_of("lauersen2014")
    reference = json.loads((REFERENCE / "contrasts.json").read_text(encoding="utf-8"))
    printed = next(case for case in reference if case["id"] == "lauersen2014_printed")
    whole = rows["kinds_printed", "", ""]
    assert (whole.statistic, whole.k) == (pytest.approx(printed["q"][0], rel=CLOSED), None)
    pair = rows["kinds_printed", "strength", "proprioception"]
    assert f"{pair.estimate:.2f} ({pair.ci_low:.2f}-{pair.ci_high:.2f})" == "0.57 (0.31-1.07)"
    assert pair.p_value == pytest.approx(printed["pair_p"][0], rel=CLOSED)
    assert (pair.unverified, pair.reconstructed) == ("no", "no")


def test_supervised_and_unsupervised_runners_are_compared():
    """metafor 3.8.1: REML with knha, and DL, per group. The ratio does not go by the interval."""
    rows = rows_of("runners")
    hksj, wald = rows["supervision", "", ""], rows["supervision_dl", "", ""]
    assert hksj.statistic == pytest.approx(7.40995455872, rel=SEARCHED)
    assert hksj.note.endswith("does not allow for: 1, 1")
    assert wald.statistic == pytest.approx(4.46356734076, rel=CLOSED)
    assert wald.p_value == pytest.approx(0.0346251145377, rel=CLOSED)
    assert wald.note == ""
    pair = rows["supervision_dl", "supervised_dl", "unsupervised_dl"]
    assert pair.estimate == pytest.approx(0.561908749203, rel=CLOSED)


def test_subgroups_are_compared_where_an_analysis_has_them():
    """The strata within the analysis of all trials: 4 groups of 19 trials."""
    whole = rows_of("lauersen2014")["overall", "", ""]
    assert (whole.compared, whole.estimates, whole.df) == ("subgroups", 4, 3)
    assert whole.title.startswith("All trials")


def test_two_subgroups_make_one_pair_whose_z_is_the_root_of_q(rows):
    whole, pair = rows()
    assert (whole.test, pair.test, pair.first, pair.second) == ("all", "pair", "high", "low")
    assert whole.statistic == pytest.approx(pair.statistic**2, rel=CLOSED)
    assert (whole.k, pair.k, pair.holm_p) == (3, 3, pair.p_value)


def test_a_trial_in_two_groups_is_named_and_nothing_is_tested(rows):
    outcomes = OUTCOMES.replace("arm,", "arm,outcome_class,").replace(",,", ",,acute,")
    outcomes += "one,injury,short,overuse,4,50,10,50\n"
    (whole,) = rows(SETTINGS.replace("level", "outcome_class"), outcomes=outcomes)
    assert (whole.statistic, whole.p_value) == (None, None)
    assert whole.note.endswith("are not independent: one")


def test_one_group_is_not_compared(rows):
    (whole,) = rows(studies=STUDIES.replace("high", "low"))
    assert (whole.estimates, whole.statistic, whole.note) == (1, None, "one group only")


def test_a_group_without_an_estimate_is_named(rows):
    outcomes = OUTCOMES.replace("5,50,10,50", "0,50,0,50") + "one,injury,b,1,9,2,9\n"
    analysis = SETTINGS + (
        "  - {id: none, title: None, select: {study: one, arm: ''}}\n"
        "  - {id: some, title: Some, select: {study: two}}\n"
        "  - {id: six, title: Six, select: {study: six}}\n"
        "contrasts: [{id: c, title: C, analyses: [none, some, six]}]\n"
    )
    found = [row for row in rows(analysis, outcomes=outcomes) if row.contrast == "c"]
    assert [row.estimates for row in found] == [2, 2]
    assert found[0].note == "no estimate to compare: none"
