"""The thresholds of what a regression on dose is said to show."""

from dataclasses import replace
from pathlib import Path

import pytest

from liftproof.analysis.dose.dose_answers import answer_doses
from liftproof.analysis.dose.dose_data import dose_material
from liftproof.analysis.dose.dose_fits import fit_of
from liftproof.analysis.dose.dose_gap import gap_of
from liftproof.analysis.dose.model_rows import dose_row
from liftproof.pages.dose.dose_words import dose_sentence
from liftproof.reviews.model.dose_question import DoseQuestion
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.review_tables import Outcome, Study
from liftproof.reviews.model.settings import Analysis, Settings
from liftproof.rows.dose_rows import DoseRow, DoseTrialRow

QUESTION = DoseQuestion(id="weeks", title="Weeks", analysis="all", columns=("weeks",), per=1)


def trials(count):
    """Return a review of so many trials whose effects grow with the weeks."""
    names = [f"trial{place}" for place in range(count)]
    asked = Analysis(id="all", title="All", measure="RR", interval="wald")
    return Review(
        name="made_up",
        folder=Path("/nowhere"),
        settings=Settings(title="Made up", analyses=(asked,), dose=(QUESTION,)),
        studies=tuple(
            Study(study=name, label=name, year=2000, weeks=float(10 + place))
            for place, name in enumerate(names)
        ),
        outcomes=tuple(
            Outcome(study=name, outcome="injury", variant="primary", y=-0.2 * place, v=0.01)
            for place, name in enumerate(names)
        ),
    )


def verdict(count, **p_values):
    """Return the verdict on a line through so many trials with these p values."""
    material = dose_material(trials(count), QUESTION)
    fit = fit_of(material)
    assert fit is not None
    small = {"p_value": 0.001, "permutation_p": 0.001, **p_values}
    modified = (-0.3, -0.1, small.pop("modified_p", 0.001))
    return dose_row(material, replace(fit, modified=modified, **small)).verdict


@pytest.mark.slow
@pytest.mark.parametrize("name", ["p_value", "modified_p", "permutation_p"])
@pytest.mark.parametrize(
    ("p", "expected"),
    [(0.0499, "association"), (0.05, "inconclusive"), (0.0501, "inconclusive")],
)
def test_every_p_has_to_be_below_five_percent(name, p, expected):
    assert verdict(10, **{name: p}) == expected


@pytest.mark.slow
@pytest.mark.parametrize(
    ("count", "expected"), [(9, "too_few"), (10, "association"), (11, "association")]
)
def test_an_association_takes_ten_trials(count, expected):
    assert verdict(count) == expected


@pytest.mark.parametrize(("count", "left_out"), [(2, 0), (3, 3), (4, 4)])
def test_trials_are_left_out_in_turn_where_there_are_three(count, left_out):
    models = answer_doses(trials(count)).models
    assert sum(bool(row.left_out) for row in models) == left_out


ROW = DoseRow(
    review="r",
    analysis="a",
    dose="reps",
    title="Repetitions",
    column="reps_total",
    unit="repetitions",
    form="linear",
    per=100.0,
    measure="RR",
    k=4,
    studies=4,
    trials_without_dose=0,
    dose_low=150.0,
    dose_mean=380.0,
    dose_high=650.0,
    slope=-0.26,
    ci_low=-0.58,
    ci_high=0.06,
    p_value=0.2,
    interval="hksj_adhoc",
    ratio=0.77,
    ratio_ci_low=0.56,
    ratio_ci_high=1.06,
    model="IV",
    points_10_percent=-5.9,
    points_10_percent_low=-12.4,
    points_10_percent_high=1.5,
    verdict="inconclusive",
)


def dosed(amounts):
    return [
        DoseTrialRow(
            review="r",
            analysis="a",
            dose="reps",
            study=f"trial{place}",
            label=f"Trial {place}",
            outcome="injury",
            amount=amount,
            estimate=0.5,
            ci_low=0.25,
            ci_high=1.0,
            weight_percent=25.0,
            unverified="no",
            reconstructed="no",
        )
        for place, amount in enumerate(amounts)
    ]


@pytest.mark.parametrize(
    ("amounts", "is_split"),
    [
        ((0.0, 2.5, 4.0, 9.0 - 0.01, 10.0), False),
        ((0.0, 5.0, 7.0, 10.0), False),
        ((0.0, 5.01, 7.0, 10.0), True),
        ((0.0, 4.99, 7.0, 10.0), False),
        ((0.0, 10.0), False),
        ((0.0, 0.1, 10.0), True),
    ],
)
def test_doses_are_two_groups_where_a_gap_is_more_than_half_of_their_range(amounts, is_split):
    assert (gap_of(dosed(amounts)) is not None) is is_split


@pytest.mark.parametrize(("studies", "is_told"), [(9, True), (10, False), (11, False)])
def test_what_so_few_trials_could_show_is_told_below_ten(studies, is_told):
    text = dose_sentence(replace(ROW, studies=studies, k=studies), [], [])
    assert ("that scatter like these" in text) is is_told


@pytest.mark.parametrize(("least", "is_told"), [(0.0499, False), (0.05, True), (0.0501, True)])
def test_doses_with_too_few_orders_are_told_where_no_p_could_be_below_five_percent(least, is_told):
    text = dose_sentence(replace(ROW, smallest_permutation_p=least), [], [])
    assert ("have so few orders" in text) is is_told


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        ((-9.0, -4.01), "All of these limits lie in a fall of more than 4 points"),
        ((-9.0, -4.0), "exclude no change and allow a fall of more than 4 points"),
        ((-4.01, -0.01), "exclude no change and allow a fall of more than 4 points"),
        ((-4.0, -0.01), "exclude no change, and a fall of more than 4 points"),
        ((-4.01, 0.0), "allow both a fall of more than 4 points"),
        ((-4.0, 0.0), "allow no change, and exclude a fall of more than 4 points"),
        ((0.0, 4.0), "allow no change, and exclude a fall of more than 4 points"),
        ((0.01, 4.0), "exclude no change, and a fall of more than 4 points"),
    ],
)
def test_a_claim_of_four_points_is_held_against_both_limits(limits, said):
    low, high = limits
    row = replace(ROW, claimed_points=-4.0, points_10_percent_low=low, points_10_percent_high=high)
    assert said.replace("-", "−") in dose_sentence(row, [], [])


@pytest.mark.parametrize(
    ("amounts", "said"),
    [
        ((0.0, 10.0, 10.1), "The slope rests on Trial 0"),
        ((0.0, 0.1, 10.0, 10.1), "The doses form two groups"),
    ],
)
def test_a_slope_rests_on_a_trial_that_is_alone_beyond_the_gap(amounts, said):
    assert said in dose_sentence(replace(ROW, studies=len(amounts)), [], dosed(amounts))


def test_ten_percent_more_is_a_tenth_of_the_mean_dose():
    # The line falls by 0.2 a week; at the mean of 11.5 weeks it is -0.3. By hand:
    # 100 exp(-0.3) (exp(-0.2 * 1.15) - 1) = -15.2213.
    row = next(row for row in answer_doses(trials(4)).models if not row.left_out)
    assert row.points_10_percent == pytest.approx(-15.2213, abs=0.0001)
