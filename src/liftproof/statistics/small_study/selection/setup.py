"""A selection model's parts, from what its user names."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from liftproof.errors import InputError
from liftproof.statistics.checks import Array, choose, floats, numbers, require
from liftproof.statistics.small_study.selection import columns
from liftproof.statistics.small_study.selection.likelihood import Model
from liftproof.statistics.small_study.selection.stand_ins import stand_ins
from liftproof.statistics.small_study.selection.weights import MOST, SELECTION, step_function

STEP_FUNCTION = "stepfun"
KINDS = (STEP_FUNCTION, *SELECTION)
ALTERNATIVES = ("greater", "less", "two.sided")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SelectionSetup:
    """A model and where its search starts.

    ``model``; ``start`` (2 + d,): values of what is fixed. ``steps`` (c,) and ``counts`` (c,): of a
    step function, else empty. ``estimated`` (d,): parameters of the selection function that the
    user left free; ``model.is_free`` leaves out those that are 0 because no p value lies there.
    """

    model: Model
    start: Array
    steps: Array
    counts: NDArray[np.intp]
    estimated: NDArray[np.bool_]


def set_up(
    y: Array,
    v: Array,
    kind: str,
    alternative: str,
    steps: ArrayLike | None,
    delta: ArrayLike | None,
    *,
    is_random: bool,
) -> SelectionSetup:
    """Return the model of trials whose favoured effects are large, or in absolute value.

    Raises InputError.

    >>> set_up(np.array([0.1, 0.6]), np.array([0.04, 0.04]), "stepfun", "greater", [0.025], None,
    ...        is_random=True).counts.tolist()
    [1, 1]
    """
    choose(dict.fromkeys(KINDS), kind, "selection function")
    two_sided = alternative == "two.sided"
    edges = _edges(kind, steps)
    selection = step_function(edges) if kind == STEP_FUNCTION else SELECTION[kind]
    places = (
        columns.step_columns(edges, two_sided=two_sided)
        if kind == STEP_FUNCTION
        else columns.smooth_columns(selection.censored, two_sided=two_sided)
    )
    z = y / np.sqrt(v)
    p = columns.two_sided_p(z) if two_sided else columns.one_sided_p(z)
    p = np.clip(p, selection.censored, 1 - selection.censored)
    values = _given(delta, len(selection.lowest), is_step=kind == STEP_FUNCTION)
    _require_range(values, selection.lowest)
    estimated = np.isnan(values)
    counts = np.bincount(np.searchsorted(edges, p, side="left"), minlength=len(edges))
    if len(edges) and counts[0] == 0 and estimated.any():
        raise InputError(_nothing_favoured(p, edges[0], alternative))
    values, is_free = _empty_intervals(values, counts) if len(edges) else (values, estimated)
    seen, times = (edges[counts > 0], counts[counts > 0]) if len(edges) else (p, np.ones(p.size))
    return SelectionSetup(
        model=Model(
            y=y,
            v=v,
            p=np.concatenate((places.p, seen)),
            seen=times.astype(np.float64),
            selection=selection,
            columns=places,
            is_free=np.concatenate(([True, is_random], is_free)),
            constants=stand_ins(v),
        ),
        start=np.concatenate(([0.0, 0.0], np.where(np.isnan(values), selection.none, values))),
        steps=edges,
        counts=counts if len(edges) else np.empty(0, dtype=np.intp),
        estimated=estimated,
    )


def _edges(kind: str, steps: ArrayLike | None) -> Array:
    """Return rising steps that end with 1; nothing for a smooth function."""
    if kind != STEP_FUNCTION:
        if steps is not None:
            raise InputError(f"Only a step function has steps; {kind} has none.")
        return np.empty(0)
    if steps is None:
        raise InputError("A step function needs steps, such as 0.025.")
    edges = np.unique(floats("Steps", np.atleast_1d(np.asarray(steps))))
    require((edges > 0) & (edges <= 1), edges, "Steps must lie above 0 and at most at 1")
    edges = edges if edges[-1] == 1 else np.append(edges, 1.0)
    if len(edges) == 1:
        raise InputError("A step function needs a step below 1.")
    return edges


def _given(delta: ArrayLike | None, d: int, *, is_step: bool) -> Array:
    """Return the parameters that are fixed, NaN for the others, without a step function's first."""
    if delta is None:
        return np.full(d, np.nan)
    values = np.atleast_1d(numbers("delta", delta))
    expected = d + 1 if is_step else d
    if values.shape != (expected,):
        raise InputError(f"delta must hold {expected} numbers, but has shape {values.shape}.")
    if is_step and values[0] != 1:
        raise InputError(f"The first weight of a step function is 1, but {values[0]:g} was found.")
    return values[1:] if is_step else values


def _require_range(values: Array, lowest: tuple[float, ...]) -> None:
    """Raise InputError where a fixed parameter lies outside its range."""
    fixed = ~np.isnan(values)
    inside = (values >= np.array(lowest)) & (values <= MOST)
    require(inside | ~fixed, values, f"delta must lie in {min(lowest):g} to {MOST:g}")


OTHER_SIDE = {"greater": "less", "less": "greater"}


def _nothing_favoured(p: Array, step: float, alternative: str) -> str:
    """Return why weights relative to the first interval of p values cannot be told, and a remedy.

    >>> _nothing_favoured(np.array([0.5, 0.999]), 0.025, "greater")[-94:]
    'On the other side 1 trial lies as far: for selection that favours it, give alternative="less".'
    """
    sentence = (
        f"No trial has a p value up to the first step, {step:g}, with alternative={alternative!r}: "
        "the weights relative to it cannot be estimated. Take a larger first step, or fixed "
        "weights."
    )
    beyond = int((p >= 1 - step).sum())
    if alternative not in OTHER_SIDE or not beyond:
        return sentence
    trials = "1 trial lies" if beyond == 1 else f"{beyond} trials lie"
    return (
        f"{sentence} On the other side {trials} as far: for selection that favours it, give "
        f'alternative="{OTHER_SIDE[alternative]}".'
    )


def _empty_intervals(values: Array, counts: NDArray[np.intp]) -> tuple[Array, NDArray[np.bool_]]:
    """Return the weights with 0 where no p value lies, and which weights are still to be found.

    An empty interval's weight only enlarges the normalising constants: 0 is its maximum.
    """
    estimated = np.isnan(values)
    empty = estimated & (counts[1:] == 0)
    if (~estimated & (values == 0) & (counts[1:] > 0)).any():
        raise InputError("A weight is 0 where a trial was seen: give it a positive one.")
    return np.where(empty, 0.0, values), estimated & ~empty
