"""Kinds of confidence interval of a pooled effect. Their functions are in statistics.intervals."""

from dataclasses import dataclass

from liftproof.vocabulary.plausibility import COMMON, DEFAULT, RARE
from liftproof.vocabulary.record import Record, by_code


@dataclass(frozen=True, slots=True, kw_only=True)
class IntervalRecord(Record):
    """One kind of confidence interval; ``metafor`` as in the option ``test`` of ``rma``.

    ``sentence``: completes "The 95 % limits of the pooled effect ...", with citations in braces.
    ``departure``: completes "the printed number follows with ...". ``test``: what regressions and
    three-level models call the test that it inverts; empty where they have none. ``tau2``: the
    estimators of τ² that it is derived for; empty for any. ``is_of_inverse_variances``: whether its
    formula holds for weights 1/(v + τ²) alone. ``is_usual``: tried by a multiverse that states no
    intervals. ``can_be_narrow``: whether, with few trials, it can be no wider than Wald's with the
    same τ², or takes τ² as known; judgements on certainty then look at the limits of Hartung and
    Knapp with a factor of at least 1 as well. The hybrid is Wald's own where trials agree, and
    IQWiG's is compared with Wald's by another τ², DerSimonian and Laird's.
    """

    sentence: str
    can_be_narrow: bool
    departure: str = ""
    test: str = ""
    tau2: tuple[str, ...] = ()
    is_of_inverse_variances: bool = False
    is_usual: bool = False
    is_departure: bool = True

    def fits(self, tau2: str) -> bool:
        """Say whether the interval goes with an estimator of τ²."""
        return not self.tau2 or tau2 in self.tau2


INTERVALS = by_code(
    IntervalRecord(
        code="wald",
        plausibility=DEFAULT,
        name="Wald",
        can_be_narrow=True,
        metafor="z",
        test="z",
        sentence="are Wald limits: the estimate ± 1.96 standard errors",
        departure="Wald's interval",
        is_usual=True,
    ),
    IntervalRecord(
        code="t",
        name="Wald with t",
        can_be_narrow=True,
        test="t",
        sentence="are Wald limits with a t distribution of k − 1 degrees of freedom",
        departure="Wald's interval with t in the place of the normal distribution",
    ),
    IntervalRecord(
        code="hksj",
        plausibility=COMMON,
        name="Hartung-Knapp",
        can_be_narrow=True,
        metafor="knha",
        test="knha",
        sentence="and p values are those of {hartung2001} and {knapp2003}: the variance is "
        "multiplied by Q at τ² over k − 1 and referred to a t distribution with k − 1 degrees of "
        "freedom; they can be narrower than Wald limits",
        departure="the interval of Hartung and Knapp",
        is_usual=True,
    ),
    IntervalRecord(
        code="hksj_adhoc",
        name="Hartung-Knapp, never narrower than Wald",
        can_be_narrow=False,
        metafor="adhoc",
        test="adhoc",
        sentence="and p values are those of {knapp2003} (t distribution with k − 1 degrees of "
        "freedom), with the factor on the variance kept from falling below 1 ({jackson2017}), so "
        "that the standard error is never smaller than that of Wald limits",
        departure="the interval of Hartung and Knapp, never narrower than Wald's",
        is_usual=True,
    ),
    IntervalRecord(
        code="hksj_hybrid",
        plausibility=RARE,
        name="the wider of Hartung-Knapp and Wald",
        can_be_narrow=True,
        sentence="are those of {hartung2001} or Wald limits, whichever are wider (hybrid method 2 "
        "of {jackson2017})",
        departure="the wider of Wald's interval and Hartung and Knapp's",
    ),
    IntervalRecord(
        code="hksj_iqwig",
        name="Hartung-Knapp as IQWiG corrects it",
        can_be_narrow=True,
        sentence="are those of {hartung2001}; where these are narrower than Wald limits with τ² of "
        "{dersimonian1986}, the factor on the variance is 1 (IQWiG General Methods 6)",
        is_of_inverse_variances=True,
        is_departure=False,
    ),
    IntervalRecord(
        code="kr",
        plausibility=RARE,
        name="Kenward-Roger",
        can_be_narrow=False,
        sentence="are those of Kenward and Roger: variance and degrees of freedom allow for τ² "
        "being estimated",
        departure="the interval of Kenward and Roger",
        tau2=("REML",),
        is_of_inverse_variances=True,
    ),
)
TESTS = {code: record.test for code, record in INTERVALS.items() if record.test}
"""By interval, the name of the same test in regressions and three-level models."""
