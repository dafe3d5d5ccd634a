"""Three published, documented analyses of counts, from their public tables.

None is of strength training or injuries: the reviews of those in ``data/`` were pooled by other
models. The prints are those that metafor's own tests quote from the papers (its files
``test_analysis_example_stijnen2010.r``, ``_yusuf1985.r`` and ``_rothman2008.r``); the tables are
metadat's ``dat.nielweise2007``, ``dat.nielweise2008`` and ``dat.yusuf1985``, and for Rothman's
chapter those that its file types in.
"""

import numpy as np
import pytest

import liftproof as lp
from support.metafor_cases import table
from support.sparse_cases import counts
from support.sparse_oracle import exact_moments

pytestmark = pytest.mark.slow
PER_1000_DAYS = 1000.0


def rounded(values, digits):
    return [round(float(value), digits) for value in values]


CONTROL, TREATED = (
    ([-3.50, 0.26, 0.81], [0.029, 0.018, 0.048]),
    ([-4.81, 0.36, 0.83], [0.008, 0.004, 0.016]),
)


@pytest.mark.parametrize(("columns", "printed"), [((2, 3), CONTROL), ((0, 1), TREATED)])
def test_stijnen_2010_table_ii_log_odds_of_infection(columns, printed):
    arms = counts("nielweise2007")
    fit = lp.GLMM["PLO"](*(arms[place] for place in columns))
    assert rounded([fit.estimate, fit.se, fit.tau2], 2) == printed[0]
    ends = np.array([fit.estimate, fit.ci_low, fit.ci_high])
    assert rounded(1 / (1 + np.exp(-ends)), 3) == printed[1]


def test_stijnen_2010_table_iii_odds_ratios():
    """The paper has 0.25 for the exact model's ratio, 0.77 for the approximate one's τ."""
    exact = lp.GLMM["OR"](*counts("nielweise2007"), model="CM.EL", nodes=7)
    assert rounded([exact.estimate, exact.se], 3) == [-1.353, 0.351]
    assert rounded([np.sqrt(exact.tau2), *np.exp([exact.ci_low, exact.ci_high])], 2) == [
        *(0.83, 0.13, 0.51)
    ]
    assert round(float(np.exp(exact.estimate)), 2) == 0.26
    near = lp.GLMM["OR"](*counts("nielweise2007"), model="CM.AL")
    assert rounded([near.estimate, near.se], 3) == [-1.303, 0.339]
    assert rounded(np.exp([near.estimate, near.ci_low, near.ci_high]), 2) == [0.27, 0.14, 0.53]
    assert round(float(np.sqrt(near.tau2)), 2) == 0.78


def infections_by_days():
    rows = table("data/nielweise2008.csv")
    columns = [np.array([float(r[name]) for r in rows]) for name in ("x1i", "t1i", "x2i", "t2i")]
    return columns[0], columns[1] / PER_1000_DAYS, columns[2], columns[3] / PER_1000_DAYS


def test_stijnen_2010_tables_vii_and_viii_rates():
    """The paper has 0.316 and 0.850, 1.23 for what is 0.317, 0.849 and 1.22 here and in metafor."""
    x1, t1, x2, t2 = infections_by_days()
    control, treated = lp.GLMM["IRLN"](x2, t2), lp.GLMM["IRLN"](x1, t1)
    assert rounded([control.estimate, control.se, control.tau2], 3) == [1.401, 0.231, 0.317]
    assert rounded(np.exp([control.ci_low, control.ci_high]), 2) == [2.58, 6.38]
    assert rounded([treated.estimate, treated.se, treated.tau2], 3) == [0.849, 0.330, 0.654]
    assert rounded(np.exp([treated.ci_low, treated.ci_high]), 2) == [1.22, 4.47]
    ratio = lp.GLMM["IRR"](x1, t1, x2, t2, model="CM.EL")
    assert rounded([ratio.estimate, ratio.se], 3) == [-0.476, 0.238]
    assert rounded(np.exp([ratio.estimate, ratio.ci_low, ratio.ci_high]), 2) == [0.62, 0.39, 0.99]
    assert round(float(np.sqrt(ratio.tau2)), 2) == 0.35


def test_yusuf_1985_page_107_oral_beta_blockers():
    names = ("ai", "n1i", "ci", "n2i")
    whole = [row for row in table("data/yusuf1985.csv") if row["table"] == "6"]
    rows = [row for row in whole if "NA" not in [row[name] for name in names]]
    arms = [[float(row[name]) for row in rows] for name in names]
    pooled = lp.peto(*arms)
    ends = np.exp([pooled.estimate, pooled.ci_low, pooled.ci_high])
    assert rounded(ends, 2) == [0.93, 0.74, 1.18]
    assert lp.leave_one_out_counts("Peto", *arms).estimate.shape == (len(rows),)


TOLBUTAMIDE = [8, 22], [106, 98], [5, 16], [120, 85]
"""Table 15-1: deaths and people below 55 years of age and above."""
SMOKING = (
    [32, 104, 206, 186, 102],
    [52407, 43248, 28612, 12663, 5317],
    [2, 12, 28, 28, 31],
    [18790, 10673, 5710, 2585, 1462],
)
"""Table 15-2: coronary deaths and years, smokers and others, by age."""


def test_rothman_2008_chapter_15():
    """The chapter has 0.088 for the upper limit of the risk difference, which is 0.0874.

    metafor's standard error of the conditional odds ratio, 0.3102, is by differences of a density
    of limited precision (its limits are -0.2699 and 0.9461, Wald's Q 0.3480); the exact one follows
    from the variances of the two tables, by their definition.
    """
    difference = lp.MANTEL_HAENSZEL["RD"](*TOLBUTAMIDE, level=0.9)
    found = difference.estimate, difference.ci_low, difference.ci_high
    assert rounded(found, 4) == [0.0349, -0.0176, 0.0874]
    ratio = lp.MANTEL_HAENSZEL["RR"](*TOLBUTAMIDE, level=0.9)
    assert rounded([ratio.estimate, ratio.q, ratio.q_p], 4) == [0.2818, 0.4472, 0.5037]
    odds = lp.GLMM["OR"](*TOLBUTAMIDE, model="CM.EL", method="EE")
    assert rounded([odds.estimate, odds.q_lrt], 4) == [0.3381, 0.3502]
    tables = zip(*TOLBUTAMIDE, strict=True)
    information = sum(exact_moments(*each, odds.estimate)[1] for each in tables)
    assert odds.se == pytest.approx(information**-0.5, rel=1e-9)
    for model in ("UM.FS", "CM.EL"):
        rates = lp.GLMM["IRR"](*SMOKING, model=model, method="EE", level=0.9)
        found = rates.estimate, rates.ci_low, rates.ci_high, rates.q_wald, rates.q_lrt
        assert rounded(found, 4) == [0.3545, 0.1779, 0.5312, 10.1991, 12.1324]
