"""What is said of several results a trial: labels, methods, captions, participants."""

from dataclasses import replace

from liftproof.analysis.estimates import pool_analysis
from liftproof.pages.estimates.cautions import cautions
from liftproof.pages.forest.forest_captions import forest_alt_text, forest_caption
from liftproof.pages.forest.forest_columns import heads
from liftproof.pages.forest.forest_view import forest_view
from liftproof.words.methods import methods
from liftproof.words.text import minus
from support.economy import ANALYSIS, OUTCOMES, result, review


def plot(*outcomes, **changes):
    of, analysis = review(*outcomes), replace(ANALYSIS, **changes)
    found = pool_analysis(of, analysis)
    settings = replace(of.settings, analyses=(analysis,))
    return forest_view(found.estimate, found.effects, found.subgroups, settings)


def text(*outcomes, **changes):
    analysis = replace(ANALYSIS, **changes)
    found = pool_analysis(review(*outcomes), analysis)
    return " ".join(methods(found.estimate, found.effects, analysis))


def test_labels_tell_the_results_of_a_trial_apart():
    labels = [row.label for row in plot().rows]
    assert labels[:6] == [
        *("Ant 2011, 10 km/h", "Ant 2011, 12 km/h"),
        *("Bee 2011, 10 km/h", "Bee 2011, 12 km/h", "Bee 2011, 14 km/h"),
        "Cat 2011",
    ]
    assert labels[6] == "Three-level random effects, 6 comparisons from 3 trials"


def test_a_result_without_detail_is_told_by_its_outcome_and_arm():
    rows = (result("ant", 10, 48.0, detail="", arm="high_load"), *OUTCOMES[1:])
    assert plot(*rows).rows[0].label == "Ant 2011, high load, economy 10"


def test_arms_show_participants_where_nothing_was_counted():
    drawn = plot()
    assert drawn.rows[0].arms == ("10", "9")
    assert drawn.pooled.arms == ("", "")
    assert [lines[-1] for lines in heads(drawn).arms] == ["n", "n"]


def test_captions_count_comparisons_and_tell_the_levels():
    drawn = plot()
    assert "Comparison intervals that exclude 0 (no effect): " in forest_alt_text(drawn)
    assert " of 6 in favour of" in forest_alt_text(drawn)
    assert "Squares: comparisons," in forest_caption(drawn)
    assert "(between trials " in drawn.statistics[0]
    assert drawn.statistics[1] == (
        "Three-level random effects, τ² by restricted maximum likelihood; "
        "95\N{NARROW NO-BREAK SPACE}% confidence interval by Wald with t"
    )


def test_the_methods_name_model_changes_and_prediction():
    said = text()
    assert "computed from means before and after, and standard deviations after (6)" in said
    assert "divided by their pooled standard deviation after" in said
    assert "Model: three levels (Konstantopoulos 2011)" in said
    assert "by restricted maximum likelihood (Viechtbauer 2005)" in said
    assert "a new result in a new trial" in said
    assert "Q-profile" not in said
    assert "maximum likelihood (" in text(tau2="ML")


def test_reversed_trials_are_named():
    rows = (*OUTCOMES[:5], result("cat", 12, 44.0, better="higher"))
    assert "the sign of the effect was reversed: Cat 2011." in text(*rows)
    assert any(note.endswith("is reversed: Cat 2011.") for note in plot(*rows).footnotes)
    assert "reversed" not in text()


def test_where_more_is_better_the_sides_are_exchanged():
    rows = tuple(replace(row, better="higher") for row in OUTCOMES[:5])
    drawn = plot(*rows, OUTCOMES[5], better="higher")
    assert (drawn.axis.left, drawn.axis.right) == ("← Favours control", "Favours intervention →")
    assert "in favour of control, " in forest_alt_text(drawn)
    assert any(
        note == "Lower values are better, so that the sign of the effect is reversed: Cat 2011."
        for note in drawn.footnotes
    )
    said = text(*rows, OUTCOMES[5], better="higher")
    assert "Higher values are better: an effect above none favours the intervention." in said
    assert "Where lower values are better the sign of the effect was reversed: Cat 2011." in said


def test_no_spread_is_not_sent_to_limits_that_do_not_exist():
    same = [replace(row, mean_intervention=48.0) for row in OUTCOMES]
    found = pool_analysis(review(*same), ANALYSIS)
    said = " ".join(cautions(found.estimate, found.effects))
    assert "The estimate of τ² is 0" in said
    assert "limits of τ²" not in said


def test_hyphens_in_words_are_no_minus_signs():
    assert minus("-0.3 (-1 to 2), three-level") == "−0.3 (−1 to 2), three-level"
