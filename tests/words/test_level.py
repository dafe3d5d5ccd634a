"""A review's own level of confidence: the limits are at it, and no word says another."""

import re
from dataclasses import replace

import pytest

from liftproof.analysis.certainty.assessment import find_certainty
from liftproof.analysis.contrasts import contrast_rows
from liftproof.analysis.diagnostics.pooled_trials import pooled_trials
from liftproof.analysis.diagnostics.registered_methods import METHODS
from liftproof.analysis.dose.dose_answers import answer_doses
from liftproof.analysis.estimates import pool_review
from liftproof.pages.certainty.certainty_words import findings_in_words, flags_in_words
from liftproof.pages.dose.dose_view import dose_caption, dose_views
from liftproof.pages.dose.dose_words import doses_in_words
from liftproof.pages.forest.forest_captions import forest_caption
from liftproof.pages.forest.forest_columns import heads
from liftproof.pages.forest.forest_view import forest_view
from liftproof.report.build import build_review_page
from liftproof.reviews import read
from liftproof.reviews.model.review import Review
from liftproof.rows.result_rows import DiagnosticRow
from support.diagnosed import diagnose_review
from support.page_inputs import review_inputs
from support.review_arithmetic import REVIEWS

SAYS_A_LEVEL = re.compile(r"[\d.]+[ \u202f]% (?:limits|CI|confidence|prediction|interval)")
P_VALUE_FUNCTION = {f"{level}\u202f% limits" for level in (50, 80, 90, 95, 99)}
"""Of one diagnostic, which reads off limits at five levels whatever the review's own is."""


def at_level(level: float, name: str = "lauersen2018", analyses: int = 1) -> Review:
    review = read(REVIEWS / name)
    asked = tuple(replace(each, level=level) for each in review.settings.analyses[:analyses])
    ids = {each.id for each in asked}
    doses = tuple(each for each in review.settings.dose if each.analysis in ids)[:1]
    settings = replace(review.settings, level=level, analyses=asked, dose=doses, contrasts=())
    return replace(review, settings=settings)


@pytest.fixture(scope="module")
def review() -> Review:
    return at_level(0.99)


@pytest.fixture(scope="module")
def diagnoses(review: Review) -> tuple[DiagnosticRow, ...]:
    return diagnose_review(review)


def said_of(review: Review, diagnoses: tuple[DiagnosticRow, ...]) -> str:
    """Return the page of a review and the captions of its figures."""
    pooled = pool_review(review)
    found, answers = find_certainty(review), answer_doses(review)
    models = doses_in_words(answers.models, answers.trials)
    rows = [
        *(one.estimate for one in pooled),
        *(row for one in pooled for row in (*one.effects, *one.subgroups)),
        *contrast_rows(review, pooled),
        *diagnoses,
        *findings_in_words(found.findings),
        *flags_in_words(found.flags, review.settings.level),
        *(*models, *answers.trials, *answers.curves),
    ]
    plots = [
        forest_view(one.estimate, one.effects, one.subgroups, review.settings) for one in pooled
    ]
    dose_plots = dose_views(review.settings, models, answers.trials, answers.curves)
    return " ".join(
        [
            build_review_page(review_inputs(review, rows)),
            *map(forest_caption, plots),
            *(" ".join((*heads(plot).estimate, *plot.statistics)) for plot in plots),
            *map(dose_caption, dose_plots),
        ]
    )


@pytest.mark.slow
def test_every_word_on_a_level_is_of_the_review(review, diagnoses):
    said = SAYS_A_LEVEL.findall(said_of(review, diagnoses))
    others = set(said) - P_VALUE_FUNCTION
    assert {text[:2] for text in others} == {"99"}
    assert len(said) > 20


def test_the_limits_are_at_the_level_and_the_estimates_stay(review):
    usual, wide = (pool_review(each)[0] for each in (at_level(0.95), review))
    assert wide.estimate.estimate == usual.estimate.estimate
    assert wide.estimate.tau2 == usual.estimate.tau2
    # exp(log 0.338158 -+ 2.575829 SE), the SE from the 95 % limits
    ratio = 2.5758293035489 / 1.9599639845401
    for end in ("ci_low", "ci_high"):
        narrow = getattr(usual.estimate, end) / usual.estimate.estimate
        assert getattr(wide.estimate, end) == pytest.approx(
            usual.estimate.estimate * narrow**ratio, rel=1e-10
        )
    first, same = usual.effects[0], wide.effects[0]
    assert same.ci_low == pytest.approx(
        first.estimate * (first.ci_low / first.estimate) ** ratio, rel=1e-10
    )


LIMITS = {
    "leave_one_out": "ci_low",
    "cumulative": "ci_low",
    "shrinkage": "pi_low",
    "pet_peese": "ci_low",
    "bayes_shrinkage": "effects.low",
    "bayes_half_normal": "mu.low",
    "trim_and_fill_l0": "pooled.ci_low",
    "selection_moderate": "ci_low",
    "regtest_lm_vi": "limit_ci_low",
}
"""By diagnostic, a limit that it gives."""


def test_diagnostics_follow_the_level(diagnoses):
    usual = pooled_trials(pool_review(at_level(0.95))[0])
    for method, quantity in LIMITS.items():
        computed = METHODS[method].compute(usual).numbers()
        narrow = [value for name, _, value in computed if name == quantity]
        named = [row for row in diagnoses if (row.method, row.quantity) == (method, quantity)]
        wide = [row.value for row in named]
        assert len(narrow) == len(wide) > 0, method
        assert all(one < other for one, other in zip(wide, narrow, strict=True)), method
