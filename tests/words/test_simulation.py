"""What we would take, from rows whose answer is plain."""

from liftproof.analysis.method_coverage import over_cells, recommended
from liftproof.rows.simulation_rows import SimulationRow
from liftproof.words.simulation_words import recommendation, shown_methods


def row(tau2, interval, coverage, width, *, prediction="", true_tau2=0.0, k=4, se=0.001):
    return SimulationRow(
        measure="GEN",
        k=k,
        sizes="equal",
        n=50,
        events=None,
        true_tau2=true_tau2,
        true_effect=0.0,
        tau2_method=tau2,
        interval=interval,
        prediction=prediction,
        level=0.95,
        reviews=1000,
        limited=1000,
        coverage=coverage,
        coverage_se=se,
        width=width,
        width_se=0.01,
        bias=-0.002,
        bias_se=0.002,
        tau2_mean=0.1,
        tau2_at_zero=0.4,
    )


def taken(*rows):
    found = recommended(over_cells(rows, 4))
    return found and (found.tau2_method, found.interval)


def test_the_narrowest_of_those_that_hold_in_every_cell_is_taken():
    rows = [
        row("DL", "wald", 0.96, 1.0),
        row("DL", "wald", 0.86, 1.0, true_tau2=0.1),
        row("PM", "hksj", 0.95, 1.5),
        row("PM", "hksj", 0.945, 1.5, true_tau2=0.1),
        row("REML", "t", 0.99, 3.0),
        row("REML", "t", 0.99, 3.0, true_tau2=0.1),
    ]
    assert taken(*rows) == ("PM", "hksj")
    assert taken(*rows[:2]) is None


def test_coverage_may_be_a_point_short_and_two_errors_more():
    assert taken(row("DL", "wald", 0.9381, 1.0, se=0.001)) == ("DL", "wald")
    assert taken(row("DL", "wald", 0.9379, 1.0, se=0.001)) is None


def test_of_methods_as_narrow_within_two_percent_our_default_goes_first():
    assert taken(row("PM", "hksj", 0.95, 1.0), row("REML", "kr", 0.95, 1.019)) == ("REML", "kr")
    assert taken(row("PM", "hksj", 0.95, 1.0), row("REML", "kr", 0.95, 1.021)) == ("PM", "hksj")


def test_estimators_that_are_rare_or_estimate_nothing_are_not_taken():
    assert taken(row("FE", "wald", 0.95, 1.0), row("SJ", "hksj", 0.95, 1.0)) is None


def test_a_method_whose_limits_say_nothing_in_a_cell_is_not_taken_and_told():
    rows = [
        row("REML", "wald", 0.80, 1.0),
        row("REML", "hksj", 0.92, 2.0),
        row("REML", "kr", 0.99, 21.0),
    ]
    assert taken(*rows) is None
    (sentence,) = recommendation(rows, 4)
    assert (
        "we would take none: no method held 94\u202f% everywhere by limits of use. hksj with"
        in sentence
    )
    assert sentence.endswith(
        " kr with τ² by REML held it, but in some cell by limits more than 10 times as wide as "
        "the middle one of the methods."
    )
    assert taken(*rows[:2], row("REML", "kr", 0.99, 19.9)) == ("REML", "kr")


def test_the_sentences_have_the_numbers_of_the_rows():
    rows = [
        row("DL", "wald", 0.861, 1.0),
        row("DL", "hksj", 0.9512, 2.0),
        row("DL", "", 0.87, 3.0, prediction="HTS", se=0.002),
    ]
    assert [*recommendation(rows, 4)] == [
        "With 4 trials we would take hksj with τ² by DL: its 95\u202f% limits held the true mean "
        "effect in 95.1\u202f% of reviews (Monte Carlo standard error 0.1 points), and no other "
        "method of 2 (τ² by DL) held 94\u202f%. The usual wald with τ² by DL held it in "
        "86.1\u202f% at the least, with limits 0.50 times as wide.",
        "For the effect in a further trial we would take none: no method held 94\u202f% "
        "everywhere by limits of use. HTS with τ² by DL came nearest: its 95\u202f% prediction "
        "interval held it in 87.0\u202f% of reviews (Monte Carlo standard error 0.2 points).",
    ]
    assert [cells[:4] for cells in shown_methods(rows, 4)] == [
        ("4", "wald with τ² by DL", "86.1\u202f%", "0.10"),
        ("4", "hksj with τ² by DL, taken", "95.1\u202f%", "0.10"),
    ]


def test_a_method_that_never_missed_is_given_no_error():
    (sentence,) = recommendation([row("DL", "wald", 1.0, 1.0, se=0.0)], 4)
    assert "held the true mean effect in 100.0\u202f% of reviews, and" in sentence
