"""Published multilevel analyses and rates, done again from the tables printed with them."""

import numpy as np
import pytest

import liftproof as lp
from support.make_reproduced import END, PAGE, START, tables
from support.published_training import (
    FACTORS,
    HALF,
    computed,
    groups,
    inputs,
    rows_of,
    verdict,
)

pytestmark = pytest.mark.slow

PRINTED = 136
WEIGHT = 0.1
"""Of weights in percent, from limits with two decimals; they differ by up to 0.09."""


def test_no_printed_number_differs_by_more_than_rounding_allows():
    found = [
        verdict(row, ours[row["quantity"]], span[row["quantity"]])
        for analysis, group, rows in groups()
        for ours, span in [computed(analysis, group)]
        for row in rows
    ]
    assert len(found) == PRINTED
    assert found.count("as printed") == 105
    assert found.count("within rounding") == PRINTED - 105


def test_the_page_holds_what_is_computed():
    text = PAGE.read_text(encoding="utf-8")
    assert text.partition(START)[2].partition(END)[0] == tables()


@pytest.mark.parametrize("analysis", ["failure", "velocity_loss"])
def test_weights_of_the_multilevel_model_are_those_of_a_fixed_effect(analysis):
    rows = rows_of(analysis)
    _, half, _ = inputs(rows)
    weights = 100 / half**2 / (1 / half**2).sum()
    assert weights == pytest.approx([float(row["weight"]) for row in rows], abs=WEIGHT)


@pytest.mark.parametrize(
    ("factor", "pairs", "p"),
    [
        ("load", [(6, 7)], 0.574),
        ("load", [(2, 3)], 0.867),
        ("load", [(2, 3), (6, 7)], 0.922),
        ("volume", [(4, 5)], 0.645),
    ],
)
def test_other_orders_of_rows_do_not_give_the_printed_estimates(factor, pairs, p):
    rows = rows_of("failure")
    levels = [FACTORS[factor](row) for row in rows]
    for i, j in pairs:
        levels[i], levels[j] = levels[j], levels[i]
    y, half, study = inputs(rows)
    x = np.array([[level == one for one in sorted(set(levels))] for level in levels], float)
    fit = lp.three_level(y, (half / 1.959964) ** 2, study, x, intercept=False)
    assert float(lp.hypotheses(fit, [1, -1]).p_value[0]) == pytest.approx(p, abs=HALF / 10)
    printed = {"load": (0.15, 0.28), "volume": (0.20, 0.17)}[factor]  # equated, not equated
    assert not (np.abs(fit.coefficients - printed) < HALF).any()


@pytest.mark.parametrize(
    ("analysis", "expected"),
    [("jump", (0.392, -0.202, 0.986)), ("sprint", (0.474, 0.103, 0.844))],
)
def test_the_printed_means_give_the_printed_effects_by_another_formula(analysis, expected):
    rows = rows_of(analysis)
    arms = [changes(rows, arm) for arm in ("feedback", "control")]
    if analysis == "sprint":  # less time is better
        arms = [(-mean, sd, n) for mean, sd, n in arms]
    ours = lp.standardised_mean_difference(*arms[0], *arms[1], formula="LS")
    fit = lp.three_level(ours.y, ours.v, [row["study"] for row in rows], test="t")
    limits = [fit.coefficients[0], fit.ci_low[0], fit.ci_high[0]]
    assert limits == pytest.approx(expected, abs=HALF / 10)

    (m1, s1, n1), (m2, s2, n2) = arms
    n = n1 + n2
    d = (m1 - m2) / np.sqrt(((n1 - 1) * s1**2 + (n2 - 1) * s2**2) / (n - 2))
    g, half = d * (1 - 3 / (4 * n - 9)), 1.959964 * np.sqrt(n / (n1 * n2) + d**2 / (2 * n))
    printed = [[float(row[name]) for row in rows] for name in ("estimate", "ci_low", "ci_high")]
    assert np.array([g, g - half, g + half]) == pytest.approx(np.array(printed), abs=HALF + 1e-4)


def changes(rows, arm):
    """Return mean and standard deviation of the change, with r = 0.5 as the paper has it, and n."""
    before, sd_before, after, sd_after, n = (
        np.array([float(row[f"{name}_{arm}"]) for row in rows])
        for name in ("before", "sd_before", "after", "sd_after", "n")
    )
    return after - before, np.sqrt(sd_before**2 + sd_after**2 - sd_before * sd_after), n


@pytest.mark.parametrize(
    ("events", "hours", "printed"),
    [(15_706, 158_003, (99.4, 97.9, 101.0)), (3_077, 419_037 - 158_003, (11.8, 11.4, 12.2))],
)
def test_rates_of_rugby_league_are_those_of_the_hours_left_by_the_total(events, hours, printed):
    """Source: King and others, abstract, PMID 35782281; of training it prints 264,033 hours."""
    rate = lp.escalc("IRLN", xi=events, ti=hours / 1000)
    limits = lp.natural("IRLN", rate.y + np.array([0, -1, 1]) * 1.959964 * np.sqrt(rate.v))
    assert limits == pytest.approx(printed, abs=0.05)
