"""Estimators of τ², the variance of true effects between trials.

Their functions and standard errors are in ``statistics.tau2``.
"""

from dataclasses import dataclass

from liftproof.vocabulary.plausibility import COMMON, DEFAULT, RARE
from liftproof.vocabulary.record import Record, by_code


@dataclass(frozen=True, slots=True, kw_only=True)
class EstimatorRecord(Record):
    """One estimator of τ².

    ``sentence``: completes "τ² was estimated by ...", with citations in braces; empty for FE, which
    estimates none. ``is_common_effect``: one true effect for all trials, and τ² 0 by definition.
    ``is_likelihood``: its likelihood gives limits of τ² by Satterthwaite's method.
    ``can_stop_early``: found by a search that other programs end sooner. ``is_usual``: tried by a
    multiverse that states no estimators. ``is_departure``: false for one that is another's under a
    second name.
    """

    sentence: str = ""
    is_common_effect: bool = False
    is_likelihood: bool = False
    can_stop_early: bool = False
    is_usual: bool = False
    is_departure: bool = True


ESTIMATORS = by_code(
    EstimatorRecord(
        code="FE",
        plausibility=DEFAULT,
        name="fixed effect",
        metafor="EE",
        is_common_effect=True,
        is_usual=True,
    ),
    EstimatorRecord(
        code="DL",
        plausibility=DEFAULT,
        name="DerSimonian-Laird",
        sentence="the one-step moment estimator of {dersimonian1986}, 0 where it is negative",
        is_usual=True,
    ),
    EstimatorRecord(
        code="HE",
        plausibility=RARE,
        name="Hedges",
        sentence="the unweighted moment estimator of Hedges, 0 where it is negative",
    ),
    EstimatorRecord(
        code="HS",
        plausibility=RARE,
        name="Hunter-Schmidt",
        sentence="the estimator of Hunter and Schmidt, 0 where it is negative",
    ),
    EstimatorRecord(
        code="HSk",
        plausibility=RARE,
        name="Hunter-Schmidt with a small-sample correction",
        sentence="the estimator of Hunter and Schmidt with a correction for few trials, 0 where it "
        "is negative",
    ),
    EstimatorRecord(
        code="SJ",
        plausibility=RARE,
        name="Sidik-Jonkman",
        sentence="the two-step estimator of Sidik and Jonkman, positive unless all effects are "
        "equal",
    ),
    EstimatorRecord(
        code="ML",
        name="maximum likelihood",
        sentence="maximum likelihood ({viechtbauer2005})",
        is_likelihood=True,
        can_stop_early=True,
    ),
    EstimatorRecord(
        code="REML",
        plausibility=COMMON,
        name="restricted maximum likelihood",
        sentence="restricted maximum likelihood ({viechtbauer2005})",
        is_likelihood=True,
        can_stop_early=True,
        is_usual=True,
    ),
    EstimatorRecord(
        code="EB",
        name="empirical Bayes",
        sentence="empirical Bayes, which is the moment estimator of {paule1982}",
        can_stop_early=True,
        is_departure=False,
    ),
    EstimatorRecord(
        code="PM",
        name="Paule-Mandel",
        sentence="the moment estimator of {paule1982}, 0 where it is negative",
        can_stop_early=True,
        is_usual=True,
    ),
    EstimatorRecord(
        code="PMM",
        plausibility=RARE,
        name="median-unbiased Paule-Mandel",
        sentence="the estimator of {paule1982} with the median of χ² in place of its mean",
    ),
    EstimatorRecord(
        code="DLIT",
        name="iterated DerSimonian-Laird",
        sentence="the estimator of {dersimonian1986} repeated with its own weights, which ends at "
        "that of {paule1982}",
        is_departure=False,
    ),
    EstimatorRecord(
        code="SJIT",
        name="iterated Sidik-Jonkman",
        sentence="the estimator of Sidik and Jonkman repeated from its own result, which ends at "
        "that of {paule1982}",
        is_departure=False,
    ),
)
"""Those that a review can name."""
WITH_GIVEN_WEIGHTS = by_code(
    EstimatorRecord(
        code="GENQ",
        name="generalised Q with given weights",
        sentence="the moment estimator of the generalised Q with the weights given",
        is_departure=False,
    ),
    EstimatorRecord(
        code="GENQM",
        name="median-unbiased generalised Q with given weights",
        sentence="the median-unbiased estimator of the generalised Q with the weights given",
        is_departure=False,
    ),
)
"""Those that need one weight a trial, which a review does not give."""
NEEDS_WEIGHTS = (
    f"{' and '.join(WITH_GIVEN_WEIGHTS)} need weights=, one a trial: 1/v gives the estimator DL, "
    "equal weights HE."
)
"""Why a review cannot name them."""
