"""A forest plot held against itself: verdicts, causes, and five planted errors."""

import csv
from pathlib import Path

import pytest

from liftproof.analysis.audit.audited_review import audited_numbers
from liftproof.analysis.audit.rounding_floor import floor_rows
from liftproof.analysis.audit.whole_audit import audit, rule_findings
from liftproof.analysis.estimates import pool_analysis
from liftproof.analysis.reproduction import reproduce
from liftproof.pages.printed.audit_words import (
    finding_rows,
    number_rows,
)
from liftproof.pages.printed.audited_pool_words import (
    floor_sentence,
    method_sentence,
    weights_sentence,
)
from liftproof.reviews import read
from liftproof.reviews.audited_table import read_audited
from liftproof.reviews.model.audited_line import PRINTS
from liftproof.vocabulary.estimators import ESTIMATORS
from support.audited_tables import bcg, of_analysis, planted, written

REPOSITORY = Path(__file__).parents[2]
REVIEWS = REPOSITORY / "data" / "reviews"
EXAMPLE = REPOSITORY / "docs" / "bcg_plot.csv"


def audit_of(rows, folder):
    return audit(read_audited(written(folder / "plot.csv", rows)))


def rules(findings):
    return {(one.rule, one.line) for one in findings}


def findings_in(rows, folder):
    """Return what the rules find, without a search for causes."""
    table = read_audited(written(folder / "plot.csv", rows))
    return rule_findings(table, audited_numbers(table).pools)


def floors_of(rows, folder):
    return floor_rows(audited_numbers(read_audited(written(folder / "plot.csv", rows))).pools)


def sentence(found, rule):
    return next(one.words for one in finding_rows(found) if one.rule == rule)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("review", "analysis", "target", "prints"),
    [
        ("lauersen2018", "overall", "main", 6),
        ("nordic", "vandyk2019_low_risk", "vandyk2019_low_risk", 7),
    ],
)
def test_an_audit_gives_what_the_reproduction_of_the_review_gives(
    review, analysis, target, prints, tmp_path
):
    """Inputs that the review chose to fit are what an audit is given: they count as reproduced."""
    whole = read(REVIEWS / review)
    asked = whole.settings.analysis(analysis)
    expected = {
        row.quantity: (row.printed, row.computed, row.verdict.replace("fitted", "reproduced"))
        for row in reproduce(whole, [pool_analysis(whole, asked).estimate])
        if row.target == target and row.analysis == analysis and row.quantity in PRINTS
    }
    table = read_audited(written(tmp_path / "plot.csv", of_analysis(whole, asked, target)))
    found = audited_numbers(table)
    pool = found.pools[0].row.line
    assert len(expected) == prints
    assert {
        row.quantity: (row.printed, row.computed, row.verdict)
        for row in found.rows
        if row.target == f"line_{pool}"
    } == expected


@pytest.mark.slow
def test_a_plot_that_is_right_has_no_findings_and_its_method_is_told(tmp_path):
    found = audit_of(bcg(), tmp_path)
    assert found.findings == ()
    assert {row.verdict for row in number_rows(found)} == {"reproduced"}
    assert len(number_rows(found)) == 13 * 4 + 10
    assert found.numbers.pools[0].analysis.tau2 == "DL"
    others = ("Mantel-Haenszel", "printed τ²", "equal weights", "numbers of people")
    tried = len(ESTIMATORS) + len(others)
    assert weights_sentence(found.weights[0]) == (
        f"The printed weights follow by DL, of {tried} methods tried."
    )


@pytest.fixture(scope="module")
def found():
    """The audit of the example of docs/audit.md."""
    return audit(read_audited(EXAMPLE))


def test_the_example_is_the_plot_of_bcg_with_five_errors():
    with EXAMPLE.open(encoding="utf-8", newline="") as stream:
        rows = [
            {name: cell for name, cell in row.items() if cell} for row in csv.DictReader(stream)
        ]
    assert rows == planted()


@pytest.mark.slow
def test_five_planted_errors_of_five_kinds_are_found_where_they_are(found):
    assert rules(found.findings) == {
        ("weight_off", 6),
        ("limits_swapped", 7),
        ("limits_do_not_bracket", 12),
        ("trial_twice", 15),
        ("pool_of_fewer", 16),
        ("total_differs", 16),
        ("weights_sum", 16),
    }
    assert found.weights[0].off == "6"
    causes = {(row.line, row.quantity): row.cause for row in number_rows(found)}
    assert (causes[7, "ci_low"], causes[7, "ci_high"]) == ("other_limit", "other_limit")
    assert causes[12, "estimate"] == "a misplaced decimal point"


def test_each_planted_error_is_told_with_its_numbers(found):
    assert "0.71 was meant" in sentence(found, "limits_do_not_bracket")
    assert "0.54, is not below the upper one, 0.39" in sentence(found, "limits_swapped")
    assert "Ferguson & Simes 1949 on line 3" in sentence(found, "trial_twice")
    assert "by DL, without Ferguson & Simes 1949 or" in sentence(found, "pool_of_fewer")
    totals = {one.cell: one.words for one in finding_rows(found) if one.rule == "total_differs"}
    assert "191064 was meant" in totals["n_intervention"]
    assert "would be so without Ferguson & Simes 1949" in totals["n_control"]
    assert "off on line 6 (by up to 0.94 points)" in weights_sentence(found.weights[0])


def means(label, sd, *, estimate, **more):
    """Return a trial of 25 people an arm with means 10 and 12."""
    arms = {
        name: value
        for arm, mean in (("intervention", "10.0"), ("control", "12.0"))
        for name, value in ((f"mean_{arm}", mean), (f"sd_{arm}", sd), (f"n_{arm}", "25"))
    }
    return {"label": label, **arms, "estimate": estimate, **more}


def test_a_standard_error_for_a_deviation_is_told_with_the_pool_if_it_is_one(tmp_path):
    rows = [
        means("A 2001", "4.0", estimate="-2.0"),
        means("B 2002", "4.4", estimate="-2.0"),
        means("C 2003", "0.8", estimate="-2.0", mean_intervention="11.0"),
        {"kind": "pool", "label": "All", "measure": "MD", "tau2_method": "FE", "estimate": "-1.07"},
    ]
    found = audit_of(rows, tmp_path)
    assert rules(found.findings) == {("sd_like_se", 4)}
    assert sentence(found, "sd_like_se") == (
        "The standard deviation, 0.8, looks like a standard error: half of the others are above "
        "4.2, and 0.8 × √25 is 4. The pooled estimate is −1.07, and −1.65 if it is one."
    )
    verdicts = {(row.line, row.quantity): row.verdict for row in number_rows(found)}
    assert verdicts[4, "estimate"] == "different"
    assert verdicts[5, "estimate"] == "reproduced"


@pytest.mark.parametrize(
    ("cells", "rule"),
    [
        ({"events_control": "16"}, "events_above_n"),
        ({"percent_control": "35.0"}, "percentage_impossible"),
        ({"percent_control": "60.0"}, "percentage_not_of_events"),
        ({"mean_control": "3.48", "sd_control": "1.0", "whole_numbers": "yes"}, "mean_impossible"),
        ({"mean_control": "3.40", "sd_control": "0.10", "whole_numbers": "yes"}, "sd_impossible"),
        ({"estimate": "0.40", "p": ""}, "limits_not_symmetric"),
        ({"p": "0.40"}, "p_does_not_fit"),
        ({"ci_low": "-0.10"}, "ratio_not_positive"),
        ({"label": " another  2001"}, "label_twice"),
        ({"events_control": "4", "label": "Another 2003"}, "control_shared"),
    ],
)
def test_each_rule_finds_its_error_and_nothing_else(cells, rule, tmp_path):
    """Askling 2003: 3 of 15 and 10 of 15, risk ratio 0.30 (0.10 to 0.88)."""
    one = {
        "label": "One 2003",
        "events_intervention": "3",
        "n_intervention": "15",
        "events_control": "10",
        "n_control": "15",
        "percent_control": "66.7",
        "estimate": "0.30",
        "ci_low": "0.10",
        "ci_high": "0.88",
        "p": "0.03",
    }
    other = {
        "label": "Another 2001",
        "events_intervention": "5",
        "n_intervention": "21",
        "events_control": "4",
        "n_control": "15",
    }
    pool = {"kind": "pool", "label": "All", "measure": "RR", "tau2_method": "DL"}
    quiet = {"percent_control": ""} if "events_control" in cells else {}
    found = findings_in([other, {**one, **quiet, **cells}, pool], tmp_path)
    assert findings_in([other, one, pool], tmp_path) == ()
    assert {one.rule for one in found} - {"no_effect"} == {rule}


RATIOS = (("A 2001", "0.72", "0.51", "1.02"), ("B 2003", "0.85", "0.60", "1.20"))


def ratios(pool):
    rows = [
        dict(zip(("label", "estimate", "ci_low", "ci_high"), (*one,), strict=True))
        for one in (*RATIOS, ("C 2005", "0.60", "0.44", "0.82"))
    ]
    return [*rows, {"kind": "pool", "label": "All", "measure": "HR", **pool}]


@pytest.mark.parametrize(
    ("method", "prints", "finding", "beyond"),
    [
        ("DL", ("0.71", "0.58", "0.87"), "within", ""),
        ("FE", ("0.71", "0.59", "0.86"), "within", ""),
        ("FE", ("0.73", "0.58", "0.87"), "outside", "estimate"),
        ("DL", ("0.71", "0.58", "0.95"), "outside", "ci_high"),
        ("REML", ("0.71", "0.58", "0.87"), "within", ""),
        ("REML", ("0.78", "0.58", "0.87"), "not_found", ""),
    ],
)
def test_the_rounding_floor_says_whether_any_rows_give_the_pool(
    method, prints, finding, beyond, tmp_path
):
    effect = dict(zip(("estimate", "ci_low", "ci_high"), prints, strict=True))
    (floor,) = floors_of(ratios({"tau2_method": method, **effect}), tmp_path)
    assert (floor.finding, floor.beyond) == (finding, beyond)
    assert floor.is_proved == ("no" if method == "REML" else "yes")
    assert (floor.searched > 0) is (finding != "outside")


def test_the_floor_of_one_effect_is_told_in_words(tmp_path):
    rows = ratios({"tau2_method": "FE", "estimate": "0.73"})
    (floor,) = floors_of(rows, tmp_path)
    assert floor_sentence(floor) == (
        "No rows that round to the printed ones give the printed estimate (FE, wald): their "
        "estimates lie between 0.698 and 0.7156."
    )


def test_counts_have_no_floor_and_standardised_means_are_not_asked(tmp_path):
    assert floors_of(bcg(), tmp_path) == ()
    rows = [
        means("A 2001", "4.0", estimate="-0.50"),
        means("B 2002", "4.4", estimate="-0.45"),
        {"kind": "pool", "label": "All", "measure": "SMD", "tau2_method": "FE", "estimate": "-9"},
    ]
    assert [floor.finding for floor in floors_of(rows, tmp_path)] == ["not_asked"]
    assert rules(findings_in(rows, tmp_path)) == {("smd_large", 4)}


EFFECT = ("estimate", "ci_low", "ci_high")
GAINED = {"estimate", "ci_low", "tau2", "q"}


def test_exchanged_arms_are_put_back_in_pool_and_totals(tmp_path):
    """One row of BCG typed the wrong way round: its own print gives it away."""
    rows = bcg()
    for name in ("events", "n"):
        first, second = (f"{name}_{arm}" for arm in ("intervention", "control"))
        rows[2][first], rows[2][second] = rows[2][second], rows[2][first]
    totals = {
        f"n_{arm}": sum(int(row[f"n_{arm}"]) for row in bcg()[:13])
        for arm in ("intervention", "control")
    }
    rows[13] |= totals
    found = audit(read_audited(written(tmp_path / "plot.csv", rows)))
    by_rule = {(one.rule, one.line): one for one in finding_rows(found)}
    assert ("arms_exchanged", 4) in by_rule
    pool = by_rule["pool_exchanged", 15]
    label = rows[2]["label"]
    assert pool.words.startswith(f"With the arms of {label} put back, ")
    assert set(pool.numbers["follows"].split("; ")) >= GAINED
    for one in finding_rows(found):
        if one.rule == "total_differs":
            assert one.words.endswith(f"It would be so with the arms of {label} put back.")
    assert not any(rule == "pool_of_fewer" for rule, _ in by_rule)
    causes = {row.quantity: row.cause for row in number_rows(found) if row.line == 15}
    assert {causes[name] for name in GAINED} == {"the arms of a trial exchanged"}


def test_a_pool_that_stays_without_a_row_is_not_said_to_follow_from_arms_put_back(tmp_path):
    rows = bcg()
    for name in ("events", "n"):
        first, second = (f"{name}_{arm}" for arm in ("intervention", "control"))
        rows[2][first], rows[2][second] = rows[2][second], rows[2][first]
    rows[6]["events_control"] = "1000"
    rules = {
        one.rule for one in finding_rows(audit(read_audited(written(tmp_path / "a.csv", rows))))
    }
    assert {"arms_exchanged", "events_above_n"} <= rules
    assert "pool_exchanged" not in rules


def test_a_pool_that_no_method_gives_is_told_so(tmp_path):
    rows = [row | dict.fromkeys(EFFECT, "") for row in bcg()[:13]]
    pool = {"kind": "pool", "label": "All", "measure": "RR"}
    pool |= {"estimate": "0.93", "ci_low": "0.52", "ci_high": "1.31"}
    pools = audited_numbers(read_audited(written(tmp_path / "plot.csv", [*rows, pool]))).pools
    said = method_sentence(pools[0], is_given=False)
    assert "FE, MH, DL, REML, PM; estimate and limits follow by none of them; Peto cannot" in said
    assert "Counts have no rounding" in said


@pytest.mark.parametrize(
    ("method", "start"),
    [
        (
            {"model": "IV"},
            "Inverse variance is stated without a τ² method; FE with wald limits gives most of the "
            "prints, or comes nearest. Tried with these rows: FE, DL, REML, PM; ",
        ),
        (
            {"model": "IV", "tau2_method": "FE"},
            "Pooled by FE, as stated, with wald limits, as none are stated.",
        ),
        ({"tau2_method": "FE", "interval": "wald"}, "Pooled by FE, wald limits, as stated."),
    ],
)
def test_what_a_pool_does_not_state_is_not_said_to_be_stated(method, start, tmp_path):
    """The common-effect estimate of BCG by metafor 3.8.1: log RR -0.4303, SE 0.0405."""
    pool = {"kind": "pool", "label": "All", "measure": "RR", **method}
    pool |= {"estimate": "0.65", "ci_low": "0.60", "ci_high": "0.70"}
    rows = [row | dict.fromkeys((*EFFECT, "weight"), "") for row in bcg()[:13]]
    table = read_audited(written(tmp_path / "plot.csv", [*rows, pool]))
    (found,) = audited_numbers(table).pools
    assert (found.analysis.tau2, found.analysis.model) == ("FE", "IV")
    assert found.is_stated is ("tau2_method" in method)
    assert method_sentence(found, is_given=True).startswith(start)


def test_methods_that_were_tried_are_told_with_those_that_give_the_pool(tmp_path):
    """By hand: equal weights, so FE gives exp(mean of logarithms) and √(v/2); τ² is 0."""
    rows = [
        {"label": "One", "estimate": "0.50", "ci_low": "0.25", "ci_high": "1.00"},
        {"label": "Two", "estimate": "0.80", "ci_low": "0.40", "ci_high": "1.60"},
    ]
    pool = {"kind": "pool", "label": "All", "measure": "RR", "estimate": "0.63"}
    pool |= {"ci_low": "0.39", "ci_high": "1.03"}
    pools = audited_numbers(read_audited(written(tmp_path / "plot.csv", [*rows, pool]))).pools
    said = method_sentence(pools[0], is_given=True)
    assert "Tried with these rows: FE, DL, REML, PM; estimate and limits follow by FE, DL" in said
    assert said.endswith("; MH, Peto cannot be tried.")
    for printed, told in (
        ({"estimate": "0.63"}, "; estimate follows by FE"),
        ({"i2": "0"}, "PM; MH"),
    ):
        of_part = {"kind": "pool", "label": "All", "measure": "RR", **printed}
        file = written(tmp_path / "plot.csv", [*rows, of_part])
        assert told in method_sentence(audited_numbers(read_audited(file)).pools[0], is_given=True)
