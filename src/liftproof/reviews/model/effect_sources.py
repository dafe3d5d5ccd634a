"""What an outcome row can be pooled from: its complete groups of numbers, and the one used."""

from collections.abc import Mapping

from liftproof.reviews.model.review_tables import Outcome
from liftproof.vocabulary.measures import MEASURES

GROUPS: Mapping[str, tuple[str, ...]] = {
    "given": ("y", "v"),
    "reported": ("estimate", "ci_low", "ci_high"),
    "counts": ("events_intervention", "n_intervention", "events_control", "n_control"),
    "rates": (
        *("events_intervention", "person_time_intervention"),
        *("events_control", "person_time_control"),
    ),
    "changes": (
        *("mean_intervention", "mean_pre_intervention", "sd_intervention", "n_intervention"),
        *("mean_control", "mean_pre_control", "sd_control", "n_control"),
    ),
    "means": (
        *("mean_intervention", "sd_intervention", "n_intervention"),
        *("mean_control", "sd_control", "n_control"),
    ),
}
"""Columns that make a result, in the order in which they are preferred."""


def missing(outcome: Outcome, group: str) -> tuple[str, ...]:
    """Return the columns of a group that the row leaves empty."""
    return tuple(name for name in GROUPS[group] if getattr(outcome, name) is None)


def complete_groups(outcome: Outcome) -> tuple[str, ...]:
    """Return the groups of which the row has every number."""
    return tuple(group for group in GROUPS if not missing(outcome, group))


def is_complete(outcome: Outcome) -> bool:
    """Say whether the row has a result; if not, it awaits data."""
    return bool(complete_groups(outcome))


def source_of(outcome: Outcome, measure: str) -> str:
    """Return the group that an effect on ``measure`` is computed from; empty if none can.

    An effect as given goes before a reported estimate, and that before raw numbers: numbers
    beside them describe the arms. Changes from before to after go before means alone.
    """
    able = MEASURES[measure]
    fits = {name: getattr(able, name) for name in ("counts", "rates", "changes", "means")}
    return next((name for name in complete_groups(outcome) if fits.get(name, True)), "")
