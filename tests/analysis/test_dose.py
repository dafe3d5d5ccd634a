"""Dose questions on a made-up review, worked out by hand."""

from dataclasses import replace
from math import exp, log, sqrt
from pathlib import Path

import pytest

from liftproof.analysis.dose.dose_answers import answer_doses, dose_models
from liftproof.analysis.dose.dose_gap import gap_of
from liftproof.reviews.model.dose_question import DoseQuestion
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.review_tables import Outcome, Study
from liftproof.reviews.model.settings import Analysis, Settings
from liftproof.rows.dose_rows import DoseRow, DoseTrialRow
from liftproof.statistics.dose import line_through_two
from liftproof.statistics.regression import meta_regression

FLOATS = 1e-12
Z = 1.959963984540054
QUESTION = DoseQuestion(
    id="weeks", title="Weeks", analysis="all", columns=("weeks",), unit="weeks", per=10
)


def made_up(
    trials: list[tuple[float, float, float | None]], question: DoseQuestion, model: str = "IV"
) -> Review:
    """Return a review of trials given as (y, v, weeks)."""
    names = [f"trial{number}" for number in range(len(trials))]
    analysis = Analysis(
        id="all",
        title="All",
        measure="RR",
        model=model,
        interval="t" if model == "three-level" else "hksj",
    )
    return Review(
        name="made_up",
        folder=Path("/nowhere"),
        settings=Settings(title="Made up", analyses=(analysis,), dose=(question,)),
        studies=tuple(
            Study(
                study=name,
                label=name.title(),
                year=2000,
                weeks=weeks,
                sessions_per_week=3,
                compliance_percent=50,
            )
            for name, (_, _, weeks) in zip(names, trials, strict=True)
        ),
        outcomes=tuple(
            Outcome(study=name, outcome="injury", variant="primary", y=y, v=v)
            for name, (y, v, _) in zip(names, trials, strict=True)
        ),
    )


FOUR = [(-0.2, 0.04, 10.0), (-0.3, 0.02, 20.0), (-0.6, 0.03, 30.0), (-0.9, 0.05, 60.0)]


def whole(review: Review) -> DoseRow:
    return dose_models(review)[0]


def test_two_trials_give_a_line_and_no_test() -> None:
    row = whole(made_up([*FOUR[:2], (-0.5, 0.01, None)], QUESTION))
    slope, se = -0.1 / 10 * 10, sqrt(0.04 + 0.02) / 10 * 10
    expected = (slope, slope - Z * se, slope + Z * se)
    assert (row.slope, row.ci_low, row.ci_high) == pytest.approx(expected, rel=FLOATS)
    assert (row.k, row.trials_without_dose, row.verdict) == (2, 1, "not_testable")
    assert (row.dose_low, row.dose_mean, row.dose_high) == (10, 15, 20)
    at_mean = exp(-0.25)
    assert row.effect_at_mean == pytest.approx(at_mean, rel=FLOATS)
    by_hand = 100 * at_mean * (exp(-0.01 * 1.5) - 1)
    assert row.points_10_percent == pytest.approx(by_hand, rel=FLOATS)


def test_one_dose_gives_no_line() -> None:
    row = whole(made_up([(-0.2, 0.04, 10.0), (-0.3, 0.02, 10.0), (-0.4, 0.1, 10.0)], QUESTION))
    assert (row.k, row.slope, row.verdict) == (3, None, "not_testable")


@pytest.mark.slow
def test_four_trials_are_a_meta_regression() -> None:
    row = whole(made_up(FOUR, QUESTION))
    y, v, weeks = zip(*FOUR, strict=True)
    x = [[1.0, week / 10] for week in weeks]
    fit = meta_regression(y, v, x, tau2="REML", test="knha")
    adhoc = meta_regression(y, v, x, tau2="REML", test="adhoc")
    assert row.slope == pytest.approx(fit.coefficients[1], rel=1e-9)  # other units of the column
    assert row.ci_high == pytest.approx(fit.ci_high[1], rel=1e-9)
    assert row.modified_ci_high == pytest.approx(adhoc.ci_high[1], rel=1e-9)
    assert (row.df, row.permutations, row.permutations_drawn) == (2, 24, "no")
    assert row.smallest_permutation_p == 1 / 24
    assert len(answer_doses(made_up(FOUR, QUESTION)).models) == 5


def test_a_log_slope_is_per_unit_of_the_logarithm() -> None:
    row = whole(made_up(FOUR[:2], replace(QUESTION, form="log", per=1)))
    assert row.slope == pytest.approx(-0.1 / log(2), rel=FLOATS)


def test_a_product_adjusted_by_compliance() -> None:
    columns = ("weeks", "sessions_per_week")
    question = replace(QUESTION, columns=columns, adjusted_by="compliance_percent")
    row = whole(made_up(FOUR, question))
    assert (row.dose_low, row.dose_high) == (15, 90)
    plain = whole(made_up(FOUR, QUESTION))
    assert row.slope == pytest.approx(plain.slope / 1.5, rel=1e-9)


def test_a_slope_by_another_tau2_has_no_use_for_the_prediction_of_the_analysis() -> None:
    review = made_up(FOUR, replace(QUESTION, tau2="FE"))
    (analysis,) = review.settings.analyses
    predicting = replace(analysis, prediction="riley")
    settings = replace(review.settings, analyses=(predicting,))
    assert whole(replace(review, settings=settings)) == whole(review)


def test_trials_left_out_by_the_question() -> None:
    row = whole(made_up(FOUR, replace(QUESTION, without=("trial3",))))
    assert (row.k, row.dose_high) == (3, 30)


@pytest.mark.slow
def test_orders_of_ten_doses_are_drawn() -> None:
    trials = [(-0.1 * week, 0.01, float(week)) for week in range(1, 11)]
    row = whole(made_up(trials, QUESTION))
    assert (row.permutations, row.permutations_drawn) == (10_000, "yes")


def test_two_results_of_one_trial_are_no_line() -> None:
    made = made_up(FOUR[:1], QUESTION, "three-level")
    study, outcome = made.studies[0], made.outcomes[0]
    both = tuple(
        replace(outcome, outcome=name, moderators={"weeks_of_result": weeks})
        for name, weeks in (("strain", "10"), ("sprain", "20"))
    )
    asked = replace(QUESTION, columns=("weeks_of_result",))
    settings = replace(made.settings, dose=(asked,))
    row = whole(replace(made, studies=(study,), outcomes=both, settings=settings))
    assert (row.k, row.studies, row.slope, row.verdict) == (2, 1, None, "not_testable")


@pytest.mark.slow
def test_ten_trials_can_show_an_association_and_nine_cannot() -> None:
    trials = [(-0.1 * week + 0.02 * (week % 3), 0.01, float(week)) for week in range(1, 11)]
    assert whole(made_up(trials, QUESTION)).verdict == "association"
    assert whole(made_up(trials[:9], QUESTION)).verdict == "too_few"


@pytest.mark.slow
def test_a_spline_has_no_slope_but_a_test_of_its_bend() -> None:
    trials = [(-0.02 * (week - 5) ** 2, 0.01, float(week)) for week in range(1, 11)]
    row = whole(made_up(trials, replace(QUESTION, form="rcs", per=1)))
    assert (row.slope, row.ratio) == (None, None)
    assert row.nonlinear_p < 0.001
    straight = [(-0.1 * week, 0.01, float(week)) for week in range(1, 11)]
    row = whole(made_up(straight, replace(QUESTION, form="rcs", per=1)))
    assert row.p_value < 0.001
    assert row.nonlinear_p > 0.05


def test_curves_run_from_the_lowest_dose_to_the_highest() -> None:
    answers = answer_doses(made_up(FOUR, QUESTION))
    assert len(answers.curves) == 61
    assert (answers.curves[0].amount, answers.curves[-1].amount) == (10, 60)
    assert all(point.ci_low < point.estimate < point.ci_high for point in answers.curves)


def test_weights_are_of_the_regression_and_sum_to_a_hundred() -> None:
    trials = answer_doses(made_up([*FOUR, (-0.5, 0.1, None)], QUESTION)).trials
    assert trials[-1].weight_percent is None
    assert sum(row.weight_percent or 0 for row in trials) == pytest.approx(100, rel=FLOATS)


def trial(label: str, amount: float, design: str) -> DoseTrialRow:
    return DoseTrialRow(
        review="r",
        analysis="a",
        dose="d",
        study=label.lower(),
        label=label,
        outcome="injury",
        amount=amount,
        design=design,
        sport="football",
    )


def test_two_groups_of_doses_and_what_else_divides_them() -> None:
    rows = [trial("A", 10, "individual"), trial("B", 12, "individual"), trial("C", 30, "cluster")]
    gap = gap_of(rows)
    assert gap is not None
    assert (gap.below, gap.above) == (("A", "B"), ("C",))
    assert gap.apart == (("design", ("individual",), ("cluster",)),)
    assert gap_of([*rows, trial("D", 21, "cluster")]) is None
    assert gap_of(rows[:2]) is None


def test_a_line_through_two_refuses_equal_doses() -> None:
    with pytest.raises(ValueError, match="Both trials have the dose 5"):
        line_through_two([0.1, 0.2], [0.1, 0.1], [5, 5])
    with pytest.raises(ValueError, match="takes two effects"):
        line_through_two([0.1, 0.2, 0.3], [0.1] * 3, [5, 6, 7])
