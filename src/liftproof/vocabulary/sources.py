"""Sources of an effect: the columns of ``outcomes.csv`` that a trial's effect is computed from."""

from dataclasses import dataclass

from liftproof.vocabulary.record import Record, by_code


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRecord(Record):
    """One kind of result that a trial can give; ``name``: as the Methods text says it.

    ``columns``: of ``outcomes.csv``, in the order in which functions take them. ``optional``:
    columns that follow where the trial gives them, NaN where it does not. ``preference``: the
    source with the lowest number is used where a row has several. ``arms``: what is known of both
    arms, ``counts`` (events), ``means``, or empty where the effect itself is given.
    ``is_raw``: whether two trials, or two outcomes, do not share its numbers by chance, as printed
    estimates can be shared; false as well for changes, which hold a whole group of means.
    ``may_await``: not used in a row that says in ``awaits`` that it waits for better numbers.
    """

    columns: tuple[str, ...]
    preference: int
    arms: str = ""
    optional: tuple[str, ...] = ()
    is_raw: bool = False
    may_await: bool = False


SOURCES = by_code(
    SourceRecord(
        code="counts",
        name="events and participants",
        columns=("events_intervention", "n_intervention", "events_control", "n_control"),
        preference=4,
        arms="counts",
        is_raw=True,
    ),
    SourceRecord(
        code="rates",
        name="events and person-time",
        columns=(
            *("events_intervention", "person_time_intervention"),
            *("events_control", "person_time_control"),
        ),
        preference=5,
        arms="counts",
        is_raw=True,
    ),
    SourceRecord(
        code="changes",
        name="means before and after, and standard deviations after",
        columns=(
            *("mean_intervention", "mean_pre_intervention", "sd_intervention", "n_intervention"),
            *("mean_control", "mean_pre_control", "sd_control", "n_control"),
        ),
        preference=6,
        arms="means",
        optional=("sd_pre_intervention", "sd_pre_control"),
    ),
    SourceRecord(
        code="means",
        name="means and standard deviations",
        columns=(
            *("mean_intervention", "sd_intervention", "n_intervention"),
            *("mean_control", "sd_control", "n_control"),
        ),
        preference=7,
        arms="means",
        is_raw=True,
    ),
    SourceRecord(
        code="group_counts",
        name="events and participants of one group",
        columns=("events", "n"),
        preference=9,
        arms="group counts",
        is_raw=True,
    ),
    SourceRecord(
        code="group_rates",
        name="events and person-time of one group",
        columns=("events", "person_time"),
        preference=10,
        arms="group counts",
        is_raw=True,
    ),
    SourceRecord(
        code="group_means",
        name="mean and standard deviation of one group",
        columns=("mean", "sd", "n"),
        preference=11,
        arms="group means",
        is_raw=True,
    ),
    SourceRecord(
        code="correlations",
        name="correlation and participants",
        columns=("r", "n"),
        preference=12,
        arms="correlations",
        is_raw=True,
    ),
    SourceRecord(
        code="partial_correlations",
        name="partial correlation, participants and predictors",
        columns=("r_partial", "n", "predictors"),
        preference=13,
        arms="correlations",
        is_raw=True,
    ),
    SourceRecord(
        code="pairs",
        name="means and standard deviations before and after of one group, and their correlation",
        columns=("mean_before", "sd_before", "mean_after", "sd_after", "n", "r_before_after"),
        preference=14,
        arms="pairs",
        is_raw=True,
    ),
    SourceRecord(
        code="reported",
        name="a reported estimate and its limits",
        columns=("estimate", "ci_low", "ci_high"),
        preference=2,
    ),
    SourceRecord(
        code="standard_error",
        name="a reported estimate and its standard error",
        columns=("estimate", "se"),
        preference=3,
    ),
    SourceRecord(
        code="p_value",
        name="a reported estimate and its P value",
        columns=("estimate", "p_value"),
        preference=8,
        optional=("p_sides", "df"),
        may_await=True,
    ),
    SourceRecord(
        code="given",
        name="an effect and variance given as such",
        columns=("y", "v"),
        preference=1,
    ),
)
"""In the order in which readers are told of them."""
PREFERRED = tuple(sorted(SOURCES, key=lambda code: SOURCES[code].preference))
"""In the order in which they are used: what the trial's authors made of their numbers goes before
the numbers, and changes from before to after go before means alone. A P value comes last: of all
that a paper can print, its digits say least."""
OF_TWO_ARMS = tuple(code for code, one in SOURCES.items() if one.arms in ("counts", "means"))
"""Sources that tell of an intervention and a control."""
OF_ONE_GROUP = tuple(
    code for code, one in SOURCES.items() if one.arms and one.code not in OF_TWO_ARMS
)
"""Sources that tell of one group."""
OF_EVENTS = tuple(code for code, one in SOURCES.items() if one.arms.endswith("counts"))
"""Sources that count events, in which a cell can be empty."""
RAW = tuple(code for code, source in SOURCES.items() if source.is_raw)
"""Sources whose numbers tell trials apart."""
OF_MEANS = tuple(code for code, source in SOURCES.items() if source.arms == "means")
"""Sources with a standard deviation of each arm."""
REPORTED = "reported"
"""The source of an estimate with its limits."""
OF_ESTIMATES = tuple(code for code, source in SOURCES.items() if "estimate" in source.columns)
"""Sources with an estimate as reported, which has a measure of its own."""
