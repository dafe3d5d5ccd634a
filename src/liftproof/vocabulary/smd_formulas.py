"""Formulas of a standardised mean difference, and what a difference of changes is divided by."""

from dataclasses import dataclass

from liftproof.vocabulary.plausibility import COMMON, DEFAULT, RARE
from liftproof.vocabulary.record import Record, by_code


@dataclass(frozen=True, slots=True, kw_only=True)
class SmdFormula(Record):
    """One formula of effect and sampling variance; ``name``: as a figure's footnote has it.

    d is the difference over the standard deviation s, J Hedges' exact factor, g = Jd, N = n₁ + n₂.
    ``sentence``: what the Methods text calls the measure, with citations in braces. ``variance``:
    completes "the variance is ...". ``source``: where the formula was published. ``departure``:
    completes "the printed number follows with ...". ``is_of_control``: s is that of the control
    arm, else the pooled one. ``rests_on_all``: the variance of a trial rests on all of them.
    """

    sentence: str
    variance: str
    source: str
    departure: str
    is_of_control: bool = False
    rests_on_all: bool = False
    is_departure: bool = True


USUAL_SMD = "hedges"
_HEDGES = "Hedges' g ({hedges1981}), a standardised mean difference"

SMD_FORMULAS = by_code(
    SmdFormula(
        code=USUAL_SMD,
        name="Hedges' g, with the variance LS of means and LS2 of changes",
        sentence=_HEDGES,
        variance="that of Cohen's d times the square of Hedges' factor",
        source="Hedges 1981; Hedges 1982; of changes Borenstein 2009",
        departure="Hedges' g with exact correction",
        plausibility=COMMON,
    ),
    SmdFormula(
        code="LS",
        name="Hedges' g, variance 1/n₁ + 1/n₂ + g²/2N",
        sentence=f"{_HEDGES}, with the large-sample variance ({{hedges1982}})",
        variance="1/n₁ + 1/n₂ + g²/(2N)",
        source="Hedges 1982, equation 8",
        departure="the variance 1/n₁ + 1/n₂ + g²/2N",
        plausibility=COMMON,
    ),
    SmdFormula(
        code="LS2",
        name="Hedges' g, variance J²(1/n₁ + 1/n₂ + d²/2N)",
        sentence=f"{_HEDGES}, with the variance of Cohen's d times the square of Hedges' factor",
        variance="that of Cohen's d times the square of Hedges' factor",
        source="Borenstein 2009, equation 12.17",
        departure="the variance J²(1/n₁ + 1/n₂ + d²/2N)",
        plausibility=COMMON,
    ),
    SmdFormula(
        code="UB",
        name="Hedges' g, unbiased variance",
        sentence=f"{_HEDGES}, with the unbiased variance ({{hedges1983}})",
        variance="the unbiased one, 1/n₁ + 1/n₂ + (1 − (m − 2)/(mJ²))g² with m = N − 2",
        source="Hedges 1983, equation 9",
        departure="the unbiased variance of g",
        plausibility=COMMON,
    ),
    SmdFormula(
        code="AV",
        name="Hedges' g, variance at the mean g of all trials",
        sentence=f"{_HEDGES}, with the large-sample variance at the mean g of all trials, weighted "
        "by participants ({viechtbauer2010})",
        variance="1/n₁ + 1/n₂ + ḡ²/(2N), with ḡ the mean g of all trials weighted by participants",
        source="Viechtbauer 2010",
        departure="the variance at the mean g of all trials",
        plausibility=RARE,
        rests_on_all=True,
    ),
    SmdFormula(
        code="cohen",
        name="Cohen's d, not corrected for small samples",
        sentence="Cohen's d, a standardised mean difference not corrected for small samples",
        variance="1/n₁ + 1/n₂ + d²/(2N)",
        source="Cohen 1988",
        departure="no correction for small samples",
        plausibility=COMMON,
    ),
    SmdFormula(
        code="cohen_metan",
        name="Cohen's d by metan's formula",
        sentence="Cohen's d, a standardised mean difference not corrected for small samples, with "
        "the variance of Stata's metan, N/(n₁n₂) + d²/(2(N − 2))",
        variance="N/(n₁n₂) + d²/(2(N − 2))",
        source="Deeks, Altman & Bradburn 2001",
        departure="no correction for small samples and metan's variance with N − 2",
        plausibility=COMMON,
    ),
    SmdFormula(
        code="borenstein",
        name="Hedges' g with J = 1 − 3/(4m − 1), variance J²(1/n₁ + 1/n₂ + d²/2N)",
        sentence="Hedges' g with the correction J = 1 − 3/(4m − 1), m = N − 2, and the variance of "
        "Cohen's d times the square of that",
        variance="J²(1/n₁ + 1/n₂ + d²/(2N)) with J = 1 − 3/(4m − 1) and m = N − 2",
        source="Borenstein, Hedges, Higgins & Rothstein 2009, chapter 4",
        departure="the approximate correction and variance of Borenstein and others",
        plausibility=COMMON,
    ),
    SmdFormula(
        code="revman",
        name="Hedges' g by RevMan's formula",
        sentence="Hedges' g as RevMan computes it: correction 1 − 3/(4N − 9), "
        "variance N/(n₁n₂) + g²/(2(N − 3.94))",
        variance="N/(n₁n₂) + g²/(2(N − 3.94))",
        source="Deeks & Higgins 2010, Statistical algorithms in Review Manager 5",
        departure="RevMan's correction and variance",
        plausibility=DEFAULT,
    ),
    SmdFormula(
        code="glass",
        name="Glass's Δ, over the control arm's standard deviation",
        sentence="Glass's Δ, the difference over the standard deviation of the control arm, not "
        "corrected for small samples",
        variance="1/n₁ + 1/n₂ + Δ²/(2(n₂ − 1))",
        source="Glass 1976; variance as in Deeks, Altman & Bradburn 2001",
        departure="the control arm's standard deviation alone, uncorrected",
        is_of_control=True,
    ),
)
DEFENSIBLE_SMD = tuple(code for code, formula in SMD_FORMULAS.items() if not formula.rests_on_all)
"""Formulas whose effects do not depend on which trials stand beside."""
RESTS_ON_ALL = "its variance rests on all trials together, so that none can be exchanged alone"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSd(Record):
    """One standard deviation that a difference of changes is divided by.

    ``place``: completes "their pooled standard deviation ...". ``needs_before``: needs the
    standard deviations before. ``needs_correlation``: needs that between before and after.
    ``departure``: completes "the printed number follows with ...".
    """

    place: str
    departure: str
    needs_before: bool = True
    needs_correlation: bool = False
    is_departure: bool = True


USUAL_CHANGE_SD = "after"

CHANGE_SDS = by_code(
    ChangeSd(
        code=USUAL_CHANGE_SD,
        name="the standard deviation after",
        place="after",
        departure="changes over the standard deviation after",
        needs_before=False,
    ),
    ChangeSd(
        code="before",
        name="the standard deviation before",
        place="before",
        departure="changes over the standard deviation before",
    ),
    ChangeSd(
        code="change",
        name="the standard deviation of the change",
        place="of the change",
        departure="changes over their own standard deviation",
        needs_correlation=True,
    ),
)
