"""What each number of a review must be by itself, by column."""

from collections.abc import Callable
from dataclasses import dataclass

from liftproof.vocabulary.levels import PERCENT, is_level

ARMS = ("intervention", "control")
FIRST_TRIAL, LAST_YEAR = 1900, 2100
SMALLEST, LARGEST = 1e-50, 1e50
"""The range in which statistics keep their precision."""
SMALLEST_ERROR, LARGEST_ERROR = 1e-25, 1e25
"""Standard errors within it have variances within that range."""
FINEST, COARSEST = 1e-12, 1e12
"""Means and standard deviations within it give variances that lie in the range above."""
MOST = 1e12
"""Above it, counts lose people in products, as a double holds them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """What a number must be; ``wrong`` and ``remedy`` say so when it is not."""

    holds: Callable[[float], bool]
    wrong: str
    remedy: str


_POSITIVE = "must be above 0"
_LEVELS = {
    "mean": "mean",
    "mean_pre": "mean",
    "median": "median",
    "q1": "quartile",
    "q3": "quartile",
    "min": "smallest value",
    "max": "largest value",
}
_SPREADS = {
    "sd": "standard deviation",
    "sd_pre": "standard deviation",
    "se": "standard error",
}
_LIMITS = {
    **{f"n_{arm}": Limit(
        holds=lambda n: 0 < n <= MOST,
        wrong="an arm without participants, or with more than 1e12",
        remedy="correct it",
    ) for arm in ARMS},
    **{f"events_{arm}": Limit(
        holds=lambda events: events <= MOST, wrong="more than 1e12 events", remedy="correct it"
    ) for arm in ARMS},
    **{f"clusters_{arm}": Limit(
        holds=lambda n: n > 0, wrong="an arm without clusters", remedy="correct it or empty it"
    ) for arm in ARMS},
    **{f"{name}_{arm}": Limit(
        holds=lambda spread: FINEST <= spread <= COARSEST,
        wrong=f"a {word} {_POSITIVE}, and in the range of 1e-12 to 1e12",
        remedy="correct it, or leave it empty if not reported",
    ) for name, word in _SPREADS.items() for arm in ARMS},
    **{f"{name}_{arm}": Limit(
        holds=lambda level: level == 0 or FINEST <= abs(level) <= COARSEST,
        wrong=f"a {word} must be 0, or in the range of 1e-12 to 1e12",
        remedy="correct it, or choose another unit",
    ) for name, word in _LEVELS.items() for arm in ARMS},
    **{f"person_time_{arm}": Limit(
        holds=lambda time: time > 0, wrong=f"person-time {_POSITIVE}", remedy="correct it"
    ) for arm in ARMS},
    **{f"rate_{end}_{arm}": Limit(
        holds=lambda rate: rate >= 0, wrong="a rate is 0 or more", remedy="correct it"
    ) for end in ("low", "high") for arm in ARMS},
    "control_split": Limit(
        holds=lambda among: among > 1,
        wrong="an arm is divided among two comparisons or more",
        remedy="correct it, or empty it",
    ),
    "v": Limit(
        holds=lambda v: SMALLEST <= v <= LARGEST,
        wrong=f"a sampling variance {_POSITIVE}, and in the range of 1e-50 to 1e50",
        remedy="give the squared standard error",
    ),
    "y": Limit(
        holds=lambda y: abs(y) <= LARGEST,
        wrong="an effect beyond 1e50, larger than arithmetic can pool",
        remedy="correct it",
    ),
    "icc": Limit(
        holds=lambda icc: 0 <= icc <= 1,
        wrong="an intracluster correlation lies from 0 to 1",
        remedy="correct it; a negative estimate is written as 0",
    ),
    "design_effect": Limit(
        holds=lambda effect: effect >= 1,
        wrong="a design effect is 1 or more",
        remedy="write 1 + (m - 1) x ICC, m being the mean cluster size",
    ),
    "year": Limit(
        holds=lambda year: FIRST_TRIAL <= year <= LAST_YEAR,
        wrong="not a year of publication",
        remedy="write four digits",
    ),
    "compliance_percent": Limit(
        holds=lambda percent: 0 <= percent <= PERCENT,
        wrong="a percentage lies from 0 to 100",
        remedy="correct it",
    ),
    "se": Limit(
        holds=lambda se: SMALLEST_ERROR <= se <= LARGEST_ERROR,
        wrong=f"a standard error {_POSITIVE}, and in the range of 1e-25 to 1e25",
        remedy="correct it, or empty it",
    ),
    "p_sides": Limit(
        holds=lambda sides: sides in (1, 2),
        wrong="a P value has 1 side or 2",
        remedy="write 1 or 2, or empty it for 2",
    ),
    "df": Limit(
        holds=lambda df: df > 0, wrong=f"degrees of freedom {_POSITIVE}", remedy="correct it"
    ),
    **{f"rate_{arm}": Limit(
        holds=lambda rate: rate >= 0, wrong="a rate cannot be negative", remedy="correct it"
    ) for arm in ARMS},
    "t_value": Limit(
        holds=lambda t: abs(t) <= MOST, wrong="a statistic beyond 1e12", remedy="correct it"
    ),
    **{name: Limit(
        holds=lambda value: 0 <= value <= MOST,
        wrong="a statistic of squares cannot be negative, nor beyond 1e12",
        remedy="correct it; higher_arm says which way it goes",
    ) for name in ("f_value", "chi2_value")},
    "events_total": Limit(
        holds=lambda events: 0 < events <= MOST,
        wrong=f"events in both arms {_POSITIVE}, and at most 1e12",
        remedy="correct it, or empty it",
    ),
    "rate_per": Limit(
        holds=lambda per: per > 0,
        wrong=f"the person-time that a rate is given per {_POSITIVE}",
        remedy="write 1000 for a rate per 1000 hours",
    ),
    **{f"percent_{arm}": Limit(
        holds=lambda percent: 0 <= percent <= PERCENT,
        wrong="a percentage lies from 0 to 100",
        remedy="correct it",
    ) for arm in ARMS},
    "ci_level": Limit(
        holds=is_level,
        wrong="a confidence level lies between 0 and 1, above 0.5",
        remedy="write 0.95 for 95 %",
    ),
}  # fmt: skip
_OF_ONE_GROUP = {
    "n": Limit(
        holds=lambda n: 0 < n <= MOST,
        wrong="a group without participants, or with more than 1e12",
        remedy="correct it",
    ),
    "events": Limit(
        holds=lambda events: events <= MOST, wrong="more than 1e12 events", remedy="correct it"
    ),
    "person_time": Limit(
        holds=lambda time: time > 0, wrong=f"person-time {_POSITIVE}", remedy="correct it"
    ),
    **{f"mean{when}": Limit(
        holds=lambda level: level == 0 or FINEST <= abs(level) <= COARSEST,
        wrong="a mean must be 0, or in the range of 1e-12 to 1e12",
        remedy="correct it, or choose another unit",
    ) for when in ("", "_before", "_after")},
    **{f"sd{when}": Limit(
        holds=lambda sd: FINEST <= sd <= COARSEST,
        wrong=f"a standard deviation {_POSITIVE}, and in the range of 1e-12 to 1e12",
        remedy="correct it, or leave it empty if not reported",
    ) for when in ("", "_before", "_after")},
    **{name: Limit(
        holds=lambda r: abs(r) < 1,
        wrong="a correlation lies between -1 and 1, both left out: it would have no variance",
        remedy="correct it; of a rounded 1.00 give more digits",
    ) for name in ("r", "r_partial", "r_before_after")},
    "predictors": Limit(
        holds=lambda m: m >= 1,
        wrong="a partial correlation is from a model of 1 predictor or more",
        remedy="count the predictors, itself among them",
    ),
}  # fmt: skip
_AMOUNTS = (
    *("follow_up_weeks", "sessions_per_week", "weeks", "sessions_total", "sets_per_session"),
    *("reps_per_set", "reps_total", "intensity_percent_1rm"),
)
_AMOUNT = Limit(
    holds=lambda amount: amount >= 0, wrong="an amount cannot be negative", remedy="correct it"
)
LIMITS = _LIMITS | _OF_ONE_GROUP | dict.fromkeys(_AMOUNTS, _AMOUNT)
"""What each number by itself must be, by column."""
