"""What additions did, by date: numbers against the formula, which conclusion moved, by which."""

from dataclasses import replace

import pytest

from liftproof.analysis.changes.analysis_state import analysis_state
from liftproof.analysis.changes.by_date import as_of, change_rows
from liftproof.analysis.changes.trial_records import EDITED
from liftproof.analysis.changes.trial_steps import MOST_STEPS, DatedState, trial_steps
from liftproof.analysis.estimates import pool_review
from liftproof.reviews import find, read
from support.small_project import CONTRARY, TRIALS, pooled, small_project

EXACT = 1e-12
"""Relative: roundings between the package's sums and the same sums written out."""
NEUTRAL = (5, 100, 5, 100)


@pytest.fixture
def project(tmp_path):
    return small_project(tmp_path)


def rows_of(project):
    return {(row.added, row.analysis): row for row in change_rows(read(project.review))}


def numbers(row, when):
    return [getattr(row, f"{name}_{when}") for name in ("estimate", "ci_low", "ci_high")]


def test_a_review_without_dates_has_no_rows(project):
    assert change_rows(read(project.review)) == ()


def test_a_date_has_a_row_an_analysis_with_the_estimates_before_and_after(project):
    project.add("three2021", CONTRARY, "2026-11-01")
    rows = rows_of(project)
    assert list(rows) == [("2026-11-01", "overall"), ("2026-11-01", "other")]
    row = rows["2026-11-01", "overall"]
    assert (row.trials, row.k_before, row.k_after) == ("three2021", 2, 3)
    assert numbers(row, "before") == pytest.approx(pooled(*TRIALS.values()), rel=EXACT)
    assert numbers(row, "after") == pytest.approx(pooled(*TRIALS.values(), CONTRARY), rel=EXACT)


def test_an_analysis_that_the_addition_does_not_enter_stays_as_it_was(project):
    project.add("three2021", CONTRARY, "2026-11-01")
    row = rows_of(project)["2026-11-01", "other"]
    assert (row.trials, row.moved, row.k_before, row.k_after) == ("", "", 1, 1)
    assert numbers(row, "before") == numbers(row, "after")


def test_each_date_goes_on_from_the_one_before(project):
    project.add("four2022", NEUTRAL, "2026-11-02")
    project.add("three2021", CONTRARY, "2026-11-01")
    rows = rows_of(project)
    first, second = rows["2026-11-01", "overall"], rows["2026-11-02", "overall"]
    assert numbers(second, "before") == numbers(first, "after")
    last = pool_review(read(project.review))[0].estimate
    assert numbers(second, "after") == [last.estimate, last.ci_low, last.ci_high]


def test_the_interval_that_includes_no_effect_is_told_with_the_trial_that_did_it(project):
    project.add("three2021", CONTRARY, "2026-11-01")
    project.add("four2022", NEUTRAL, "2026-11-01")
    row = rows_of(project)["2026-11-01", "overall"]
    assert row.ci_high_before < 1 < row.ci_high_after
    assert (row.moved, row.moved_alone, row.moved_with) == ("no_effect", "three2021", "three2021")


def test_two_trials_that_move_it_only_together_are_both_needed(project):
    half = (49, 300, 40, 300)
    project.add("three2021", half, "2026-11-01")
    project.add("four2022", half, "2026-11-01")
    alone, both = pooled(*TRIALS.values(), half), pooled(*TRIALS.values(), half, half)
    assert alone[0] < 1 < both[0]
    row = rows_of(project)["2026-11-01", "overall"]
    assert row.moved == "no_effect; direction"
    assert (row.moved_alone, row.moved_with) == ("", "three2021; four2022")


def test_a_first_estimate_is_a_move_of_its_own(project):
    review = read(project.review)
    dated = replace(review, studies=tuple(replace(s, added="2026-11-01") for s in review.studies))
    row = change_rows(dated)[0]
    assert (row.k_before, row.estimate_before, row.moved) == (0, None, "pooled")
    assert numbers(row, "after") == pytest.approx(pooled(*TRIALS.values()), rel=EXACT)


def test_trials_that_cannot_be_pooled_yet_are_a_state_without_an_estimate(project):
    select = "    select: {outcome: [injury]}\n"
    project.edit("review.yaml", select, "    model: three-level\n")
    project.edit(
        "review.yaml", "tau2: FE\n    interval: wald\n    model", "interval: wald\n    model"
    )
    project.edit("studies.csv", "one2019,One 2019,2019,", "one2019,One 2019,2019,2026-11-01")
    row = rows_of(project)["2026-11-01", "overall"]
    assert (row.k_before, row.estimate_before, row.k_after) == (2, None, 3)
    assert row.estimate_after < 1
    assert row.moved == "pooled"


def test_the_certainty_moves_where_a_trial_is_not_randomised(project):
    project.edit("studies.csv", "label,year,added\n", "label,year,added,randomised\n")
    project.edit("studies.csv", "2019,\n", "2019,,yes\n")
    project.edit("studies.csv", "2020,\n", "2020,2026-11-01,no\n")
    judged = "overall,imprecision,not_serious,Enough events.,us\n"
    head = "analysis,domain,judgement,reason,judged_by\n"
    (project.review / "grade.csv").write_text(head + judged, encoding="utf-8")
    row = rows_of(project)["2026-11-01", "overall"]
    assert (row.certainty_before, row.certainty_after) == ("high", "low")
    assert "certainty" in row.moved


def test_more_trials_than_anybody_looks_at_are_not_tried_one_by_one(project):
    review = read(project.review)
    analysis = review.settings.analyses[0]
    state = DatedState(review=review, analysis=analysis, state=analysis_state(review, analysis))
    assert len(trial_steps(state, state, dict.fromkeys(TRIALS, EDITED))) == len(TRIALS)
    many = [f"many{number}" for number in range(MOST_STEPS + 1)]
    assert trial_steps(state, state, dict.fromkeys(many, EDITED)) == ()


def test_the_day_itself_counts_as_before(project):
    project.add("three2021", CONTRARY, "2026-11-01")
    review = read(project.review)
    assert as_of(review, "2026-11-01") == review
    assert [row.study for row in as_of(review, "2026-10-31").outcomes] == [
        *("one2019", "two2020", "two2020")
    ]


def test_trials_of_the_shipped_reviews_were_there_from_the_beginning():
    assert change_rows(read(find("lauersen2018"))) == ()
