"""A review in memory whose trials give one source: empty cells, clusters, reversed directions."""

from pathlib import Path

import numpy as np

from liftproof.reviews.model.review import Review
from liftproof.reviews.model.review_tables import Outcome, Study
from liftproof.reviews.model.settings import Analysis, Settings
from liftproof.vocabulary.sources import OF_ESTIMATES, OF_ONE_GROUP

SEED = 20261129
K = 8
ARMS = ("intervention", "control")
N = ([40, 55, 60, 48, 120, 90, 75, 66], [42, 51, 58, 50, 110, 95, 70, 64])
EVENTS = ([0, 5, 3, 9, 0, 90, 7, 11], [4, 5, 9, 12, 0, 95, 0, 16])
"""An empty arm, a trial without events, one with events in all, and another empty arm."""


def review_of(
    source: str,
    analysis: Analysis,
    measure: str = "",
    *,
    with_n: bool = True,
    with_before: bool = False,
) -> Review:
    """Return a review of eight trials that give one source.

    Trials 2 and 3 randomised clusters; a design effect belongs to the extraction of trial 4. Of
    trial 1 higher is better. A reported estimate is of ``measure``, that of the analysis where it
    is empty; that of trial 7 allows for clusters.
    Without ``with_n`` rates are not counts as well. ``with_before``: standard deviations before, as
    well as after.
    """
    rng = np.random.default_rng(SEED)
    columns = SOURCES[source](rng)
    if source in OF_ESTIMATES:
        columns["measure"] = [measure or analysis.measure] * K
    if with_before:
        columns |= {f"sd_pre_{arm}": rng.uniform(3, 9, K).tolist() for arm in ARMS}
    if source in OF_ONE_GROUP and (with_n or source != "group_rates"):
        columns["n"] = N[0]
    elif with_n:
        columns |= {f"n_{arm}": sizes for arm, sizes in zip(ARMS, N, strict=True)}
    studies = tuple(_study(place) for place in range(K))
    outcomes = tuple(
        Outcome(
            study=studies[place].study,
            outcome="result",
            variant="primary",
            better="higher" if place == 1 else "",
            design_effect=1.7 if place == 4 else None,
            **{name: values[place] for name, values in columns.items()},
        )
        for place in range(K)
    )
    settings = Settings(title="Made up", measure=analysis.measure, analyses=(analysis,))
    return Review(
        name="made_up", folder=Path(), settings=settings, studies=studies, outcomes=outcomes
    )


def _study(place: int) -> Study:
    clusters = {"clusters_intervention": 6, "clusters_control": 7} if place in (2, 3) else {}
    return Study(
        study=f"trial{place}",
        label=f"Trial {place}",
        year=2000 + place,
        design="cluster" if clusters else "individual",
        icc=0.03 if place == 2 else None,
        design_effect=1.4 if place == 3 else None,
        **clusters,
    )


def counts(rng):
    del rng
    return {f"events_{arm}": events for arm, events in zip(ARMS, EVENTS, strict=True)}


def rates(rng):
    events = {f"events_{arm}": numbers for arm, numbers in zip(ARMS, EVENTS, strict=True)}
    return events | {f"person_time_{arm}": rng.uniform(300, 900, K).tolist() for arm in ARMS}


def means(rng):
    columns = {f"mean_{arm}": rng.uniform(20, 30, K).tolist() for arm in ARMS}
    return columns | {f"sd_{arm}": rng.uniform(3, 9, K).tolist() for arm in ARMS}


def changes(rng):
    return means(rng) | {f"mean_pre_{arm}": rng.uniform(20, 30, K).tolist() for arm in ARMS}


def group_counts(rng):
    del rng
    return {"events": EVENTS[0]}


def group_rates(rng):
    return {"events": EVENTS[0], "person_time": rng.uniform(300, 900, K).tolist()}


def group_means(rng):
    return {"mean": rng.uniform(20, 30, K).tolist(), "sd": rng.uniform(3, 9, K).tolist()}


def correlations(rng):
    return {"r": rng.uniform(-0.2, 0.7, K).tolist()}


def partial_correlations(rng):
    return {"r_partial": rng.uniform(-0.2, 0.7, K).tolist(), "predictors": [3] * K}


def pairs(rng):
    """Return means and standard deviations before and after, and their correlation."""
    columns = {f"mean_{when}": rng.uniform(20, 30, K).tolist() for when in ("before", "after")}
    columns |= {f"sd_{when}": rng.uniform(3, 9, K).tolist() for when in ("before", "after")}
    return columns | {"r_before_after": rng.uniform(0.3, 0.8, K).tolist()}


def reported(rng):
    """Return estimates between their limits on the scale of ratios, two of them at 90 %."""
    log_ratio, half_width = rng.normal(-0.3, 0.3, K), rng.uniform(0.1, 0.6, K)
    return {
        "estimate": np.exp(log_ratio).tolist(),
        "ci_low": np.exp(log_ratio - half_width).tolist(),
        "ci_high": np.exp(log_ratio + half_width).tolist(),
        "ci_level": [None, 0.9, None, None, 0.9, None, None, None],
        "cluster_adjusted": ["no"] * (K - 1) + ["yes"],
    }


def standard_error(rng):
    """Return estimates on the scale of ratios with standard errors."""
    return {
        "estimate": np.exp(rng.normal(-0.3, 0.3, K)).tolist(),
        "se": rng.uniform(0.1, 0.4, K).tolist(),
        "cluster_adjusted": ["no"] * (K - 1) + ["yes"],
    }


def p_value(rng):
    """Return estimates on the scale of ratios with P values: one-sided ones, and of t tests."""
    return {
        "estimate": np.exp(rng.normal(-0.3, 0.3, K)).tolist(),
        "p_value": [str(p) for p in rng.uniform(0.01, 0.4, K).round(3)],
        "p_sides": [None, 1, 2, None, None, 1, None, None],
        "df": [None, None, 40, None, None, 12.5, None, None],
        "cluster_adjusted": ["no"] * (K - 1) + ["yes"],
    }


def given(rng):
    return {"y": rng.normal(-0.3, 0.3, K).tolist(), "v": rng.uniform(0.01, 0.2, K).tolist()}


SOURCES = {
    "counts": counts,
    "rates": rates,
    "means": means,
    "changes": changes,
    "group_counts": group_counts,
    "group_rates": group_rates,
    "group_means": group_means,
    "correlations": correlations,
    "partial_correlations": partial_correlations,
    "pairs": pairs,
    "reported": reported,
    "standard_error": standard_error,
    "p_value": p_value,
    "given": given,
}
