"""Words tell which formula of the SMD was used, what changes were divided by, and what r did."""

from dataclasses import replace

import pytest

from liftproof.analysis.estimates import pool_analysis
from liftproof.pages.forest.forest_view import forest_view
from liftproof.reviews.model.settings import Analysis
from liftproof.vocabulary.smd_formulas import SMD_FORMULAS
from liftproof.words.methods import methods
from liftproof.words.references import filled
from support.made_up_trials import review_of


def told(source, **choices):
    """Return the Methods and the footnotes of the forest plot."""
    analysis = Analysis(id="all", title="All", measure="SMD", tau2="DL", **choices)
    review = review_of(source, analysis, with_before=True)
    found = pool_analysis(review, analysis)
    plot = forest_view(found.estimate, found.effects, (), review.settings)
    return " ".join(methods(found.estimate, found.effects, analysis)), plot.footnotes


@pytest.mark.parametrize("code", SMD_FORMULAS)
def test_the_methods_name_the_formula_and_a_footnote_what_is_not_the_usual(code):
    said, notes = told("means", smd=code)
    formula = SMD_FORMULAS[code]
    assert f"Effect measure: {filled(formula.sentence)}, pooled on its own scale." in said
    assert (f"{formula.name}." in notes) == (code != "hedges")


def test_revmans_formula_is_written_out():
    said, _ = told("means", smd="revman")
    assert "correction 1 − 3/(4N − 9), variance N/(n₁n₂) + g²/(2(N − 3.94)), pooled" in said


@pytest.mark.parametrize(
    ("choices", "sentence", "note"),
    [
        ({}, "their pooled standard deviation after, and the variance is that of Cohen's d", ""),
        (
            {"change_sd": "before", "smd": "revman"},
            "their pooled standard deviation before, and the variance is N/(n₁n₂) + g²/(2(N − 3",
            "Changes over the standard deviation before.",
        ),
        (
            {"smd": "glass"},
            "the control arm's standard deviation after, and the variance is 1/n₁ + 1/n₂ + Δ²",
            "Glass's Δ, over the control arm's standard deviation.",
        ),
        (
            {"change_sd": "change", "pre_post_correlation": 0.7},
            "Hedges' factor, with the correlation 0.7 between before and after.",
            "Changes over the standard deviation of the change; "
            "correlation of before and after 0.7.",
        ),
        (
            {"pre_post_correlation": 0.8},
            "its 1/n₁ + 1/n₂ times 2(1 − r) with the correlation r = 0.8 of before and after.",
            "Changes over the standard deviation after; correlation of before and after 0.8.",
        ),
    ],
)
def test_the_divisor_of_changes_and_the_correlation_are_told(choices, sentence, note):
    said, notes = told("changes", **choices)
    assert sentence in said
    assert [each for each in notes if each.startswith(("Changes", "Glass"))] == (
        [note] if note else []
    )


def test_effects_as_given_are_said_to_follow_no_formula():
    usual, _ = told("given")
    said, notes = told("given", smd="revman")
    assert said == usual
    assert not [note for note in notes if "RevMan" in note]


def test_of_another_measure_no_formula_is_told():
    analysis = Analysis(id="all", title="All", measure="MD", tau2="DL")
    review = review_of("means", analysis)
    found = pool_analysis(review, analysis)
    settings = replace(review.settings, smd="revman")
    plot = forest_view(found.estimate, found.effects, (), settings)
    assert "Hedges" not in " ".join(
        (*methods(found.estimate, found.effects, analysis), *plot.footnotes)
    )
