"""What the rules of the workflow ask of a review before anything of it is computed."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPlan:
    """The files of a review by what makes them, in the order in which the rules name them.

    ``reads``: the other reviews on whose data its results depend. ``level``: of its limits.
    ``date``: the day that its data know of, ISO 8601, and a sentence on it; empty for none.
    ``computed``, ``scripts``, ``written``, ``drawn_from``: names in its folder of results;
    ``svg``, ``narrow``, ``drawn``, ``pictures``: paths below its ``figures/``; ``kit``: names
    below its folder of ``results/blog/``.
    """

    name: str
    reads: tuple[str, ...]
    level: float
    pools_trials: bool
    asks_for_doses: bool
    date: tuple[str, ...]
    computed: tuple[str, ...]
    scripts: tuple[str, ...]
    written: tuple[str, ...]
    drawn_from: tuple[str, ...]
    svg: tuple[str, ...]
    narrow: tuple[str, ...]
    drawn: tuple[str, ...]
    pictures: tuple[str, ...]
    kit: tuple[str, ...]


def as_kept(plan: ReviewPlan) -> dict[str, Any]:
    """Return a plan as JSON holds it."""
    return asdict(plan)


def from_kept(kept: Mapping[str, Any]) -> ReviewPlan:
    """Return the plan that JSON holds; TypeError or KeyError where it is none."""
    values = {field.name: kept[field.name] for field in fields(ReviewPlan)}
    lists = {name: tuple(value) for name, value in values.items() if isinstance(value, list)}
    return ReviewPlan(**{**values, **lists})
