"""The two equations of Hamling's method, solved as one by halving. HAMLING names the designs.

With s the reference arm's part of every variance, dᵢ = vᵢ - s what arm i adds, and ρᵢ = ρe^{yᵢ}
its odds, risk or rate, each arm's counts follow from s and ρ. The printed number of controls,
people or person-time per case in the other arms gives ρ for any s; the reference arm's share of
them then gives s, between 0, where its counts are infinite, and the smallest of v, where another
arm's are.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from liftproof.statistics.checks import Array

HALVINGS = 200
"""A bracket of any width in floating point has closed by then."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Design:
    """``cases``, ``counted``: d times an arm's cases and its controls, people or person-time,
    from ρᵢ. ``root``: ρ from 1/d (..., a - 1), e^y and the printed counted per case.
    ``has_controls``: whether controls are counted, and not all."""

    cases: Callable[[Array], Array]
    counted: Callable[[Array], Array]
    root: Callable[[Array, Array, Array], Array]
    has_controls: bool = False


def solved(design: Design, y: Array, v: Array, cases: Array, n: Array) -> tuple[Array, Array]:
    """Return cases and n of all arms (..., a), the reference first; NaN where there are none.

    ``y``, ``v``: log ratios and variances of the others (..., a - 1); ``cases``, ``n`` as printed.
    """
    counted = n - cases if design.has_controls else n
    ratio = np.exp(y)
    others = counted[..., 1:].sum(axis=-1)
    per_case, per_reference = others / cases[..., 1:].sum(axis=-1), others / counted[..., 0]
    low, high = np.zeros(y.shape[:-1]), v.min(axis=-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        for _ in range(HALVINGS):
            part = (low + high) / 2
            w = 1 / (v - part[..., None])
            reference = design.root(w, ratio, per_case)
            found = part * (w * design.counted(reference[..., None] * ratio)).sum(axis=-1)
            has_too_few = found < per_reference * design.counted(reference)
            low, high = np.where(has_too_few, part, low), np.where(has_too_few, high, part)
        d = np.concatenate((part[..., None], v - part[..., None]), axis=-1)
        every = np.concatenate((np.ones_like(d[..., :1]), ratio), axis=-1) * reference[..., None]
        events, rest = design.cases(every) / d, design.counted(every) / d
    return events, events + rest if design.has_controls else rest


def _odds(w: Array, ratio: Array, per_case: Array) -> Array:
    """Return ρ > 0 with zEρ² + (z - 1)Wρ - F = 0; W = Σw, E = Σw e^y, F = Σw e^{-y}."""
    total, up, down = w.sum(axis=-1), (w * ratio).sum(axis=-1), (w / ratio).sum(axis=-1)
    half = (per_case - 1) * total / 2
    root = np.sqrt(half**2 + per_case * up * down)
    return np.asarray(np.where(half > 0, down / (half + root), (root - half) / (per_case * up)))


def _risk(w: Array, ratio: Array, per_case: Array) -> Array:
    """Return the smaller ρ with zEρ² - (z + 1)Wρ + F = 0; NaN where there is none."""
    total, up, down = w.sum(axis=-1), (w * ratio).sum(axis=-1), (w / ratio).sum(axis=-1)
    half = (per_case + 1) * total / 2
    return np.asarray(down / (half + np.sqrt(half**2 - per_case * up * down)))


def _rate(w: Array, ratio: Array, per_case: Array) -> Array:
    """Return ρ = F/(zW)."""
    return np.asarray((w / ratio).sum(axis=-1) / (per_case * w.sum(axis=-1)))


HAMLING: Mapping[str, Design] = {
    "cc": Design(
        cases=lambda odds: 1 + odds,
        counted=lambda odds: 1 + 1 / odds,
        root=_odds,
        has_controls=True,
    ),
    "ci": Design(cases=lambda risk: 1 - risk, counted=lambda risk: 1 / risk - 1, root=_risk),
    "ir": Design(cases=np.ones_like, counted=lambda rate: 1 / rate, root=_rate),
}
