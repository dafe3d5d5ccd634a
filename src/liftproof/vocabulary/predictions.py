"""Conventions of the prediction interval: metafor's, then meta's and pimeta's.

Their functions are in statistics.prediction.
"""

from dataclasses import dataclass

from liftproof.vocabulary.models import THREE_LEVEL
from liftproof.vocabulary.plausibility import RARE
from liftproof.vocabulary.record import Record, by_code

_NORMAL = "normal distribution"
_K1 = "t distribution with k − 1 degrees of freedom"
_K2 = "t distribution with k − 2 degrees of freedom"
_AS_THE_LIMITS = "variance τ² plus the squared standard error on which the {level} limits rest"
_MODEL = "variance τ² plus 1 / Σw, whatever the {level} limits rest on"
_HARTUNG_KNAPP = "variance τ² plus that of {hartung2001}"
_KENWARD_ROGER = "variance τ² plus that of {kenward1997}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictionRecord(Record):
    """One convention of the prediction interval.

    ``sentence``: completes "The 95 % prediction interval, for the true effect in a new trial
    like these, is ...", with citations and ``level`` in braces. ``tau2``: the estimators of τ²
    that it is derived for; empty for any. ``fewest_trials``: for which it exists; one that gives up
    two degrees of freedom needs three. ``is_of_inverse_variances``: whether its formula holds for
    weights 1/(v + τ²) alone. ``rests_on_interval``: whether it takes variance
    or distribution from the confidence interval that was chosen. ``takes_long``: whether it is
    found by a search, some 20 ms a pool: ``simulate`` studies it where it is named, and the
    explorer of a page does not have it.
    """

    sentence: str
    tau2: tuple[str, ...] = ()
    fewest_trials: int = 2
    rests_on_interval: bool = False
    is_of_inverse_variances: bool = False
    takes_long: bool = False
    is_departure: bool = True

    @property
    def departure(self) -> str:
        """Completes "the printed number follows with ..."."""
        return f"the prediction interval {self.code}"

    def fits(self, tau2: str) -> bool:
        """Say whether the convention goes with an estimator of τ²."""
        return not self.tau2 or tau2 in self.tau2


PREDICTIONS = by_code(
    PredictionRecord(
        code="riley",
        name="Riley, t with k − 2",
        metafor="Riley",
        sentence=f"that of {{higgins2009}}: {_K2}, {_AS_THE_LIMITS}",
        fewest_trials=3,
        rests_on_interval=True,
    ),
    PredictionRecord(
        code="metafor",
        name="distribution of the confidence interval",
        sentence=f"made with the distribution of the {{level}} limits, {_AS_THE_LIMITS}",
        rests_on_interval=True,
    ),
    PredictionRecord(
        code="t",
        name="t with k − 1",
        sentence=f"made with the {_K1}, {_AS_THE_LIMITS}",
        rests_on_interval=True,
    ),
    PredictionRecord(
        code="simple",
        name="mean taken as known, normal",
        sentence=f"made with the {_NORMAL}, variance τ² alone, as if the mean were known: too "
        "narrow",
    ),
    PredictionRecord(
        code="HTS",
        name="Higgins-Thompson-Spiegelhalter, t with k − 2",
        sentence=f"that of {{higgins2009}}: {_K2}, {_MODEL}",
        fewest_trials=3,
    ),
    PredictionRecord(
        code="V",
        name="Veroniki, t with k − 1",
        sentence=f"that of {{veroniki2019}}: {_K1}, {_MODEL}",
    ),
    PredictionRecord(
        code="S",
        name="Skipka, normal",
        sentence=f"that of Skipka: {_NORMAL}, {_MODEL}",
    ),
    PredictionRecord(
        code="HK",
        name="Hartung-Knapp, t with k − 1",
        sentence=f"made with the {_K1}, {_HARTUNG_KNAPP}",
    ),
    PredictionRecord(
        code="HK-PR",
        name="Hartung-Knapp as Partlett and Riley, t with k − 2",
        sentence=f"that of {{partlett2017}}: {_K2}, {_HARTUNG_KNAPP}",
        fewest_trials=3,
    ),
    PredictionRecord(
        code="KR",
        name="Kenward-Roger",
        sentence=f"made with their t distribution, {_KENWARD_ROGER}",
        tau2=("REML",),
        is_of_inverse_variances=True,
    ),
    PredictionRecord(
        code="KR-PR",
        name="Kenward-Roger as Partlett and Riley",
        sentence=f"that of {{partlett2017}}: {_KENWARD_ROGER}, and their t distribution with one "
        "degree of freedom less",
        tau2=("REML",),
        fewest_trials=3,
        is_of_inverse_variances=True,
    ),
    PredictionRecord(
        code="SJ",
        name="Sidik-Jonkman, t with k − 2",
        sentence=f"made with the {_K2}, variance τ² plus the robust one of {{sidik2006}}",
        fewest_trials=3,
        is_of_inverse_variances=True,
    ),
    PredictionRecord(
        code="NNF",
        name="Nagashima-Noma-Furukawa, by the confidence distribution of τ²",
        sentence="that of {nagashima2019}: quantiles of the effect over the confidence "
        "distribution of τ² from Cochran's Q, with the variance of {hartung2001} and the t "
        "distribution with k − 1 degrees of freedom at each τ², in the limit of infinitely many "
        "draws",
        is_of_inverse_variances=True,
        takes_long=True,
        plausibility=RARE,
    ),
)
"""Those that a review can name."""
DEFAULT_PREDICTION = "riley"
OF_THREE_LEVEL = PredictionRecord(
    code=THREE_LEVEL,
    name="three-level",
    sentence="the distribution of those limits, variance τ² plus the squared standard error",
    is_departure=False,
)
"""The three-level model's own: for the true effect of a new result in a new trial."""
REPORTED = {**PREDICTIONS, THREE_LEVEL: OF_THREE_LEVEL}
"""Those that a result can have."""
