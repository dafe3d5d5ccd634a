"""Forest plots of every shape, from rows made up here or typed from publications."""

from math import exp, log, sqrt

from liftproof.pages.forest.forest_view import ForestView, forest_view
from liftproof.reviews.model.settings import Settings
from liftproof.rows.contrast_rows import ContrastRow
from liftproof.rows.result_rows import EffectRow, EstimateRow, SubgroupRow

SETTINGS = Settings(
    title="Strength training to prevent sports injuries",
    citation="Lauersen JB, Andersen TE, Andersen LB (2018) Br J Sports Med 52, 1557-1563",
    doi="10.1136/bjsports-2018-099078",
    intervention="strength training",
    control="control",
)
LONG_LABEL = (
    "International multicentre collaborative trial of eccentric strength training in "
    "Donaudampfschifffahrtsgesellschaftskapitänskajütenmannschaft players 2031"
)
Counts = tuple[int | None, int | None, int | None, int | None]
NO_COUNTS: Counts = (None, None, None, None)
LAUERSEN: tuple[tuple[str, Counts, float, float, float, float], ...] = (
    ("Askling 2003", (3, 15, 10, 15), 0.30, 0.1025, 0.878, 9.9),
    ("Petersen 2011", (12, 461, 32, 481), 0.410, 0.180, 0.933, 15.8),
    ("Coppack 2011", (10, 759, 36, 743), 0.272, 0.136, 0.544, 24.6),
    ("Walden 2012", (7, 2479, 14, 2085), 0.36, 0.15, 0.85, 15.2),
    ("van der Horst 2015", (11, 292, 25, 287), 0.432, 0.217, 0.861, 22.4),
    ("Zouita 2016", (4, 26, 13, 26), 0.308, 0.1155, 0.820, 12.1),
)


def effect_row(
    label: str,
    counts: Counts,
    estimate: float,
    low: float,
    high: float,
    weight: float,
    *,
    measure: str = "RR",
    unverified: str = "no",
    reconstructed: str = "no",
    subgroup: str = "",
) -> EffectRow:
    """Return a trial that enters the pool."""
    return EffectRow(
        review="made_up",
        analysis="overall",
        study=label.lower().replace(" ", "_"),
        label=label,
        outcome="injury",
        variant="primary",
        source="counts" if counts[0] is not None else "reported",
        measure=measure,
        y=0.0,
        v=1.0,
        estimate=estimate,
        ci_low=low,
        ci_high=high,
        weight_percent=weight,
        unverified=unverified,
        reconstructed=reconstructed,
        events_intervention=counts[0],
        n_intervention=counts[1],
        events_control=counts[2],
        n_control=counts[3],
        subgroup=subgroup,
    )


def estimate_row(k: int, estimate: float | None = 0.340, **columns: object) -> EstimateRow:
    """Return a pooled row like that of the six trials; ``columns`` take the place of its own."""
    values: dict[str, object] = {
        "review": "made_up",
        "analysis": "overall",
        "title": "All trials, cluster-adjusted",
        "measure": "RR",
        "tau2_method": "DL",
        "interval": "wald",
        "ci_low": 0.239,
        "ci_high": 0.483,
        "pi_low": 0.207,
        "prediction": "riley",
        "pi_high": 0.559,
        "tau2": 0.0,
        "tau2_ci_low": 0.0,
        "tau2_ci_high": 0.31,
        "i2": 0.0,
        "h2": 1.0,
        "q": 1.28,
        "q_df": k - 1,
        "q_p": 0.937,
    }
    return EstimateRow(k=k, estimate=estimate, **{**values, **columns})  # type: ignore[arg-type]


def lauersen() -> ForestView:
    """The six trials of Lauersen 2018, one of them from numbers seen in no source."""
    effects = [
        effect_row(*row, unverified="yes" if row[0].startswith("van der") else "no")
        for row in LAUERSEN
    ]
    return forest_view(estimate_row(6), effects, [], SETTINGS)


def many(k: int) -> ForestView:
    """``k`` trials of growing size around a ratio of 0.6, some of them beyond 1."""
    effects = []
    for i in range(k):
        size = 20 + 37 * ((i * 7) % k)
        centre = log(0.6) + 0.7 * ((i * 5) % 11 - 5) / 5
        half = 1.96 * sqrt(8 / size)
        numbers = (exp(centre), exp(centre - half), exp(centre + half))
        label = f"Author{'s' * (i % 5)} {1960 + i}"
        effects.append(effect_row(label, (size // 9, size, size // 6, size), *numbers, 100 / k))
    pooled = estimate_row(k, 0.61, ci_low=0.47, ci_high=0.79, pi_low=0.25, pi_high=1.5, i2=41.0)
    return forest_view(pooled, effects, [], SETTINGS)


def three() -> ForestView:
    """Three trials and a Hartung-Knapp interval, with a prediction interval beyond the axis."""
    effects = [effect_row(*row) for row in LAUERSEN[:3]]
    pooled = estimate_row(
        3, 0.313, interval="hksj_adhoc", ci_low=0.12, ci_high=0.83, pi_low=0.007, pi_high=14.0
    )
    return forest_view(pooled, effects, [], SETTINGS)


def long_label() -> ForestView:
    """A label that fills several lines, one word of it wider than the column."""
    effects = [effect_row(LONG_LABEL, *LAUERSEN[0][1:]), *(effect_row(*r) for r in LAUERSEN[1:])]
    return forest_view(estimate_row(6), effects, [], SETTINGS)


def wide_interval() -> ForestView:
    """One interval from 0.01 to 40."""
    wide = effect_row("Tiny 1999", (1, 3, 1, 2), 0.63, 0.01, 40.0, 1.0)
    return forest_view(
        estimate_row(7), [*(effect_row(*row) for row in LAUERSEN), wide], [], SETTINGS
    )


def grouped(**test: object) -> ForestView:
    """Two subgroups, a group of one trial, marks of both kinds, and a trial that is left out.

    ``test``: columns of the test whether the subgroups differ, in the place of its own.
    """
    groups = (
        "acute_injury",
        "acute_injury",
        "overuse_injury",
        "overuse_injury",
        "",
        "acute_injury",
    )
    effects = [
        effect_row(
            *row,
            subgroup=group,
            unverified="yes" if row[0].startswith("van der") else "no",
            reconstructed="yes" if row[0].startswith("Zouita") else "no",
        )
        for row, group in zip(LAUERSEN, groups, strict=True)
    ]
    out = EffectRow(
        review="made_up",
        analysis="overall",
        study="quiet",
        label="Quiet 2001",
        outcome="injury",
        variant="primary",
        left_out="no events in either arm",
    )
    subgroups = [
        _subgroup("acute_injury", 3, 0.33, 0.20, 0.55),
        _subgroup("overuse_injury", 2, 0.30, 0.01, 9.0),
        _subgroup("", 1, 0.43, 0.22, 0.86),
    ]
    columns: dict[str, object] = {"statistic": 0.4567, "df": 2, "p_value": 0.7958, **test}
    difference = ContrastRow(
        review="made_up",
        contrast="overall",
        title="All trials, cluster-adjusted",
        compared="subgroups",
        test="all",
        measure="RR",
        estimates=3,
        **columns,  # type: ignore[arg-type]
    )
    return forest_view(estimate_row(6), [*effects, out], subgroups, SETTINGS, difference)


def _subgroup(name: str, k: int, estimate: float, low: float, high: float) -> SubgroupRow:
    row = estimate_row(k, estimate, ci_low=low, ci_high=high, tau2_ci_low=None)
    values = {field: getattr(row, field) for field in EstimateRow.__dataclass_fields__}
    return SubgroupRow(**values, subgroup=name)


def means() -> ForestView:
    """A mean difference: linear axis, no counts, no prediction interval."""
    rows = [
        ("Alpha 2001", -2.1, -4.0, -0.2, 20.0),
        ("Beta 2004", 0.4, -1.0, 1.8, 38.0),
        ("Gamma 2009", -0.9, -2.2, 0.4, 42.0),
    ]
    effects = [effect_row(row[0], NO_COUNTS, *row[1:], measure="MD") for row in rows]
    pooled = estimate_row(
        *(3, -0.66),
        measure="MD",
        tau2_method="REML",
        interval="hksj",
        ci_low=-3.4,
        ci_high=2.1,
        pi_low=None,
        pi_high=None,
        i2=55.0,
    )
    return forest_view(pooled, effects, [], SETTINGS)


def one() -> ForestView:
    """A single trial."""
    return forest_view(estimate_row(1, 0.3), [effect_row(*LAUERSEN[0])], [], SETTINGS)


def none() -> ForestView:
    """No trial that can be pooled."""
    empty = dict.fromkeys(("ci_low", "ci_high", "pi_low", "pi_high", "tau2", "i2", "q"))
    return forest_view(estimate_row(0, None, **empty), [], [], SETTINGS)


SHAPES = {
    "lauersen": lauersen,
    "three": three,
    "25": lambda: many(25),
    "60": lambda: many(60),
    "long_label": long_label,
    "wide_interval": wide_interval,
    "grouped": grouped,
    "means": means,
    "one": one,
    "none": none,
}
