"""The deviance of a multilevel model as a surface over the parameters of its terms."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from liftproof.statistics.checks import Array
from liftproof.statistics.multilevel.likelihood import GlsSolution, slopes, solved
from liftproof.statistics.multilevel.model import MultilevelModel

FAR = 1e30
"""Deviance where a covariance is singular in rounding."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SearchEnd:
    """``parameters`` of all terms, one after another; ``deviance`` there."""

    parameters: Array
    deviance: float


def split(model: MultilevelModel, parameters: Array) -> list[Array]:
    """Return the parameters of each term."""
    counts = [term.structure.count(term.levels) for term in model.terms]
    return np.split(parameters, np.cumsum(counts)[:-1]) if counts else []


def covariances(model: MultilevelModel, parameters: Array) -> list[Array]:
    """Return G of each term, in the model's unit squared."""
    return [
        term.structure.covariance(own, term.levels)
        for term, own in zip(model.terms, split(model, parameters), strict=True)
    ]


def deviance_and_slope(model: MultilevelModel, parameters: Array) -> tuple[float, Array]:
    """Return the deviance at some parameters and its derivatives by them."""
    at = solved(model, covariances(model, parameters))
    if at is None:
        return FAR, np.zeros_like(parameters)
    by_g = slopes(model, at)
    return at.deviance, np.concatenate(
        [
            term.structure.pull(own, term.levels, one)
            for term, own, one in zip(model.terms, split(model, parameters), by_g, strict=True)
        ]
    )


def deviance(model: MultilevelModel, parameters: Array) -> float:
    """Return the deviance alone."""
    at: GlsSolution | None = solved(model, covariances(model, parameters))
    return FAR if at is None else at.deviance


def deviations(model: MultilevelModel) -> NDArray[np.bool_]:
    """Return which parameters are standard deviations, not angles."""
    is_sd = [
        np.arange(term.structure.count(term.levels)) < term.structure.variances(term.levels)
        for term in model.terms
    ]
    return np.concatenate([np.empty(0, dtype=bool), *is_sd])
