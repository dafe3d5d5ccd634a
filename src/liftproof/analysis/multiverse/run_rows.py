"""A universe with its combinations pooled, and the rows told of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any

import numpy as np

from liftproof.analysis.multiverse.matches import TIED, Flags, matching, rounding
from liftproof.analysis.multiverse.nearest import departures, descended, nearest, reached
from liftproof.analysis.multiverse.shares import Shares
from liftproof.analysis.multiverse.space import SEED, Digits
from liftproof.analysis.multiverse.targets import Target
from liftproof.analysis.multiverse.universe import Universe
from liftproof.analysis.multiverse.ways import PooledCombinations, joined
from liftproof.rows.multiverse_rows import ChoiceRow, CurveRow, MultiverseRow
from liftproof.statistics.checks import Array
from liftproof.vocabulary.measures import MEASURES

COLUMNS = 120
"""Combinations that a specification curve shows."""
_PERCENTILES = {"minimum": 0, "p5": 5, "p25": 25, "median": 50, "p75": 75, "p95": 95} | {
    "maximum": 100
}


@dataclass(frozen=True, kw_only=True)
class Run:
    """A universe with combinations of it pooled, all or a sample; ``review`` is its name."""

    review: str
    universe: Universe
    digits: Digits
    pooled: PooledCombinations
    shares: Shares

    @property
    def scale(self) -> str:
        """The scale of estimates, a code of ``vocabulary.scales``."""
        return MEASURES[self.universe.analysis.measure].scale

    @property
    def is_sample(self) -> bool:
        """Whether there are more combinations than were pooled."""
        return len(self.digits) < self.universe.space.size

    @property
    def has_limits(self) -> Flags:
        """Which combinations have limits; not every interval exists for every τ² method."""
        return ~np.isnan(self.pooled.ci_low)

    @property
    def natural(self) -> Callable[[float], float | None]:
        """A function from the analysis scale to the natural one; None where there is no number."""
        measure = MEASURES[self.universe.analysis.measure]
        return lambda value: measure.natural(float(value)) if isfinite(value) else None


def target_row(run: Run, target: Target) -> MultiverseRow:
    """Return what the combinations say of one printed result, or of an analysis without one."""
    world, space = run.universe, run.universe.space
    known = ~np.isnan(run.pooled.estimate)
    settled = _settled(run)
    printed = target.natural("estimate")
    compared = settled["primary_estimate"] if printed is None else printed
    return MultiverseRow(
        review=run.review,
        target=target.target,
        analysis=target.analysis,
        combinations=int(known.sum()),
        of=float(space.size),
        sampled="yes" if run.is_sample else "no",
        seed=SEED if run.is_sample else None,
        inputs=world.inputs(run.digits),
        **(_matches(run, target, known) if target.printed else {}),
        **_summary(run, compared, known),
        **_moves_most(run),
        **(_nearest(run, target) if target.printed else {}),
        **settled,
        **_printed(target),
        printed=target.text,
    )


def _matches(run: Run, target: Target, known: Flags) -> dict[str, Any]:
    """Return how many combinations round to the print, number by number and in all."""
    rounds = rounding(target, run.pooled, scale=run.scale)
    matches = matching(target, run.pooled, scale=run.scale)
    return {
        **_printed_shares(run, rounds),
        "share_all": _share(matches, known),
        "matches": int(matches.sum()),
        "matching_inputs": run.universe.inputs(run.digits[matches]) if matches.any() else 0,
    }


def _summary(run: Run, compared: float | None, known: Flags) -> dict[str, Any]:
    """Return the percentiles, and how many are significant or not on the side of ``compared``."""
    estimates = run.pooled.estimate[known]
    if not len(estimates):
        return {}
    cuts = np.percentile(estimates, list(_PERCENTILES.values()))
    measure = MEASURES[run.universe.analysis.measure]
    percentiles = {name: run.natural(cut) for name, cut in zip(_PERCENTILES, cuts, strict=True)}
    if not measure.has_null:
        return percentiles
    side = 0.0 if compared is None else np.sign(compared - measure.no_effect)
    excludes = (run.pooled.ci_low > 0) | (run.pooled.ci_high < 0)
    return {
        **percentiles,
        "share_significant": _share(excludes, run.has_limits),
        "share_other_side": _share(np.sign(run.pooled.estimate) == -side, known),
    }


def _printed_shares(run: Run, rounds: Mapping[str, Flags]) -> dict[str, Any]:
    """Return the share of combinations that have the quantity in which it rounds."""
    return {
        f"share_{quantity}": _share(flags, ~np.isnan(getattr(run.pooled, quantity)))
        for quantity, flags in rounds.items()
    }


def _printed(target: Target) -> dict[str, Any]:
    return {f"printed_{name}": target.natural(name) for name in target.printed}


def _moves_most(run: Run) -> dict[str, Any]:
    """Return the choice with the largest total share; nothing where no choice moves the result."""
    total = run.shares.total.round(TIED)
    if not total.size or total.max() == 0:
        return {}
    most = int(total.argmax())
    name = run.universe.space.choices[most].name
    return {"moves_most": name, "moves_most_share": float(run.shares.total[most])}


def _nearest(run: Run, target: Target) -> dict[str, Any]:
    """Return the nearest combination; of a sample, what can be reached from it as well."""
    world, digits, pooled = run.universe, run.digits, run.pooled
    if run.is_sample:
        further, theirs = reached(world, target, scale=run.scale)
        digits, pooled = np.vstack([digits, further]), joined(pooled, theirs)
    found = nearest(digits, pooled, target, scale=run.scale)
    if found is None:
        return {}
    if run.is_sample:
        found = descended(world, found, target, scale=run.scale)
    return {
        "nearest": departures(world.space, found.digits),
        "departures": found.departures,
        "nearest_rounds": "yes" if found.rounds else "no",
        "nearest_estimate": run.natural(found.estimate),
        "nearest_ci_low": run.natural(found.ci_low),
        "nearest_ci_high": run.natural(found.ci_high),
    }


def _settled(run: Run) -> dict[str, Any]:
    settled = run.universe.pool(run.universe.space.near(0))
    return {
        f"primary_{name}": run.natural(getattr(settled, name)[0])
        for name in ("estimate", "ci_low", "ci_high")
    }


def choice_rows(run: Run) -> list[ChoiceRow]:
    """Return a row an option of every choice."""
    return [
        ChoiceRow(
            review=run.review,
            analysis=run.universe.analysis.id,
            choice=choice.name,
            kind=choice.kind,
            option=option,
            settled="no" if number else "yes",
            first_order=float(run.shares.first_order[place]),
            total=float(run.shares.total[place]),
            method=run.shares.method,
            **_of_option(run, run.pooled.estimate[run.digits[:, place] == number]),
        )
        for place, choice in enumerate(run.universe.space.choices)
        for number, option in enumerate(choice.options)
    ]


def _of_option(run: Run, estimates: Array) -> dict[str, Any]:
    known = estimates[~np.isnan(estimates)]
    if not len(known):
        return {"combinations": 0}
    return {
        "combinations": len(known),
        "minimum": run.natural(known.min()),
        "mean": run.natural(known.mean()),
        "maximum": run.natural(known.max()),
    }


def curve(run: Run) -> list[CurveRow]:
    """Return combinations at equal steps of rank, and the settled one."""
    estimates = run.pooled.estimate.round(TIED)
    known = np.flatnonzero(~np.isnan(estimates))
    order = known[np.argsort(estimates[known], kind="stable")]
    places = np.unique(np.linspace(0, len(order) - 1, min(COLUMNS, len(order))).round().astype(int))
    settled = run.universe.space.near(0)
    own = run.universe.pool(settled)
    below = int((estimates[known] < own.estimate[0].round(TIED)).sum())
    rank = below / max(1, len(known) - 1)
    shown = [
        _curve_row(run, place / max(1, len(order) - 1), run.digits[row], run.pooled, row)
        for place, row in zip(places.tolist(), order[places], strict=True)
    ]
    return [*shown, _curve_row(run, rank, settled[0], own, 0)]


def _curve_row(
    run: Run, rank: float, digits: Digits, pooled: PooledCombinations, place: int
) -> CurveRow:
    return CurveRow(
        review=run.review,
        analysis=run.universe.analysis.id,
        rank=rank,
        estimate=run.natural(pooled.estimate[place]),
        ci_low=run.natural(pooled.ci_low[place]),
        ci_high=run.natural(pooled.ci_high[place]),
        options="|".join(map(str, digits.tolist())),
        primary="no" if digits.any() else "yes",
    )


def _share(flags: Flags, known: Flags) -> float | None:
    return float((flags & known).sum() / known.sum()) if known.any() else None
