"""The Copenhagen adduction exercise: the review's own data set gives what its abstract prints."""

from collections import Counter
from functools import cache

import pytest

from liftproof.analysis.dose.dose_answers import dose_models
from liftproof.analysis.dose.dose_prints import slopes_of
from liftproof.analysis.estimates import PooledAnalysis, pool_review
from liftproof.analysis.reproduction import reproduce
from liftproof.reviews import load
from liftproof.reviews.model.provenance import kind_of
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.sourced_numbers import numbers
from liftproof.rows.result_rows import ReproductionRow
from support.review_arithmetic import REVIEWS

PRODUCT = 1e-9
"""Repetitions times compliance, over weeks: products of decimals of the data set."""


@cache
def review() -> Review:
    loaded = load(REVIEWS / "copenhagen")
    assert [str(problem) for problem in loaded.problems] == []
    assert loaded.review is not None
    return loaded.review


@cache
def analyses() -> dict[str, PooledAnalysis]:
    return {pooled.estimate.analysis: pooled for pooled in pool_review(review())}


@cache
def verdicts() -> dict[tuple[str, str], ReproductionRow]:
    slopes = slopes_of(dose_models(review()))
    rows = reproduce(review(), [pooled.estimate for pooled in analyses().values()], slopes)
    return {(row.target, row.quantity): row for row in rows}


@pytest.mark.parametrize(
    ("analysis", "expected", "k"),
    [
        ("injury_all", "0.830 (0.411 to 1.676)", 3),
        ("injury_without_haroy", "0.630 (0.219 to 1.818)", 2),
        ("adduction_within", "0.719 (0.410 to 1.028)", 12),
        ("adduction_between", "0.956 (0.185 to 1.727)", 5),
        ("abduction_within", "0.925 (0.469 to 1.382)", 3),
        ("abduction_between", "0.947 (0.335 to 1.558)", 2),
    ],
)
def test_pools(analysis: str, expected: str, k: int) -> None:
    row = analyses()[analysis].estimate
    assert f"{row.estimate:.3f} ({row.ci_low:.3f} to {row.ci_high:.3f})" == expected
    assert row.k == k


@pytest.mark.slow
def test_all_is_met_but_three_estimates_whose_digits_are_cut_off() -> None:
    assert Counter(row.verdict for row in verdicts().values()) == {"reproduced": 14, "close": 3}
    cut = {
        (row.target, row.printed, f"{row.computed:.3f}")
        for row in verdicts().values()
        if row.verdict == "close"
    }
    assert cut == {
        ("quintana2025_adduction_between", "0.95", "0.956"),
        ("quintana2025_abduction_within", "0.92", "0.925"),
        ("quintana2025_abduction_between", "0.94", "0.947"),
    }
    for row in verdicts().values():
        assert ("cut off" in row.explained) == (row.verdict == "close")
        assert int(100 * row.computed) / 100 == float(row.printed) or row.verdict != "close"


@pytest.mark.parametrize(
    ("target", "printed", "p"),
    [
        ("quintana2025_dose_performed", "0.02", "0.0210"),
        ("quintana2025_dose_weekly", "0.0063", "0.0063"),
    ],
)
def test_the_printed_p_values_are_those_of_repetitions_performed(
    target: str, printed: str, p: str
) -> None:
    row = verdicts()[target, "p"]
    assert (row.printed, f"{row.computed:.4f}", row.verdict) == (printed, p, "reproduced")


def test_the_outcome_of_each_injury_trial_is_named_for_what_it_is() -> None:
    counted = {
        row.study: (
            *(row.outcome, row.events_intervention, row.n_intervention),
            *(row.events_control, row.n_control),
        )
        for row in review().outcomes
        if row.outcome_class == "groin_injury"
    }
    assert counted == {
        "fujisaki2022": ("groin_time_loss", 6, 66, 16, 63),
        "haroy2019": ("groin_injury", 41, 247, 33, 242),
        "lindblom2023": ("groin_injury", 11, 125, 15, 180),
    }


def test_more_strength_is_better() -> None:
    rows = [row for row in review().outcomes if row.outcome_class != "groin_injury"]
    assert len(rows) == 25
    assert {row.better for row in rows} == {"higher"}
    directions = {each.id: each.better for each in review().settings.analyses}
    assert {name for name, better in directions.items() if better == "lower"} == {
        *("injury_all", "injury_without_haroy"),
    }


def test_repetitions_performed_follow_from_volume_compliance_and_weeks() -> None:
    dosed = [study for study in review().studies if study.reps_total]
    assert len(dosed) == 13
    for study in dosed:
        assert study.compliance_percent is not None
        assert study.reps_total is not None
        performed = study.reps_total * study.compliance_percent / 100
        assert float(study.moderators["reps_performed"]) == pytest.approx(performed, rel=PRODUCT)
        assert study.weeks is not None
        weekly = float(study.moderators["reps_performed_per_week"])
        assert weekly == pytest.approx(performed / study.weeks, rel=PRODUCT)


def test_every_number_has_a_source() -> None:
    kinds = Counter(
        kind_of(review(), study, outcome, field) for study, outcome, field, _ in numbers(review())
    )
    assert kinds == {"secondary": 136, "primary_abstract": 4}  # Fujisaki's abstract


def test_the_licence_of_the_data_set_is_named() -> None:
    readme = (REVIEWS.parent / "README.md").read_text(encoding="utf-8")
    assert "MarcosQuintanaPT/Copenhagen_Adduction_Meta-Analysis" in readme
