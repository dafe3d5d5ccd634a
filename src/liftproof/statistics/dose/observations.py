"""Trials as independent standard observations: all that a dose-response likelihood needs of them.

With S a trial's covariance and X its columns, (S^{-1/2}X, S^{-1/2}y) is turned by QR into p rows
K, k with k ~ N(Kβ, I + KΨK') and a remainder that neither β nor Ψ touches. Trials with fewer arms
than coefficients have rows of 0.
"""

from dataclasses import dataclass

import numpy as np

from liftproof.errors import InputError
from liftproof.statistics.checks import Array
from liftproof.statistics.dependent.groups import Groups, block, grouped
from liftproof.statistics.dose.contrasts import Contrasts
from liftproof.statistics.dose.forms import Form, columns

INDEPENDENT = 1e-10
"""The least share of a column's length that the columns before it must leave unexplained."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Observations:
    """m trials with p coefficients.

    ``groups``: contrasts by trial. ``rows`` K (m, p, p) and ``values`` k (m, p), both for
    coefficients that are scaled: b of the form's columns is ``scale`` (p, p) times theirs, so that
    ΣK'K = m I. ``arms``: contrasts of each trial, (m,). ``remainder``: squared length of what is
    left, (m,); ``log_determinant`` of S, (m,). ``length``: y'S⁻¹y, a number.
    """

    groups: Groups
    rows: Array
    values: Array
    scale: Array
    arms: Array
    remainder: Array
    log_determinant: Array
    length: float

    @property
    def size(self) -> int:
        """Number of coefficients."""
        return int(self.rows.shape[-1])


def observations(data: Contrasts, form: Form) -> Observations:
    """Return the trials as standard observations, or raise InputError where doses tell too little.

    A column of a contrast is the column at its dose minus that at the reference dose.
    """
    x = columns(form, data.dose) - columns(form, data.reference_dose)
    groups = grouped(data.study, data.y.size, "study")
    m, p = groups.sizes.size, form.size
    rows, values = np.zeros((m, p, p)), np.zeros((m, p))
    remainder, log_determinant, length = np.zeros(m), np.zeros(m), 0.0
    for trials, places in groups.blocks():
        root = np.linalg.cholesky(block(data.covariance, places))
        both = np.concatenate((x[places], data.y[places, None]), axis=-1)
        scaled = np.linalg.solve(root, both)
        rows[trials], values[trials], remainder[trials] = _turned(scaled)
        length += float((scaled[..., -1] ** 2).sum())
        log_determinant[trials] = 2 * np.log(np.diagonal(root, axis1=1, axis2=2)).sum(axis=1)
    scale = _scale(rows.reshape(-1, p), m, form)
    return Observations(
        groups=groups,
        rows=rows @ scale,
        values=values,
        scale=scale,
        arms=groups.sizes.astype(np.float64),
        remainder=remainder,
        log_determinant=log_determinant,
        length=length,
    )


def require_slopes(data: Observations) -> None:
    """Raise InputError where a trial by itself cannot tell all coefficients."""
    p = data.size
    pivots = np.abs(np.diagonal(data.rows @ np.linalg.inv(data.scale), axis1=1, axis2=2))
    lengths = np.linalg.norm(data.rows @ np.linalg.inv(data.scale), axis=1)
    is_told = (data.arms >= p) & (pivots > INDEPENDENT * lengths).all(axis=1)
    if not is_told.all():
        trial = int((~is_told).argmax())
        arms = int(data.arms[trial])
        raise InputError(
            f"Trial {data.groups.labels[trial]} has {arms} arm{'s' * (arms != 1)} beside its "
            f"reference arm, and cannot tell {p} coefficients by itself: use one stage (stages=1), "
            "or a form with fewer coefficients."
        )


def _turned(scaled: Array) -> tuple[Array, Array, Array]:
    """Return K, k and the squared remainder of trials of one size, from (g, a, p + 1)."""
    g, a, p = scaled.shape[0], scaled.shape[1], scaled.shape[2] - 1
    filled = np.concatenate((scaled, np.zeros((g, max(0, p + 1 - a), p + 1))), axis=1)
    triangle = np.asarray(np.linalg.qr(filled, mode="r"))
    return triangle[:, :p, :p], triangle[:, :p, p], triangle[:, p, p] ** 2


def _scale(rows: Array, m: int, form: Form) -> Array:
    """Return the upper triangle that makes the columns of all trials orthonormal, times √m."""
    lengths = np.linalg.norm(rows, axis=0)
    if not lengths.all():
        raise InputError(
            "Every arm has its trial's reference dose, or the form makes no difference of their "
            "doses: nothing is told of dose."
        )
    triangle = np.asarray(np.linalg.qr(rows / lengths, mode="r"))
    if not (np.abs(triangle.diagonal()) > INDEPENDENT).all():
        raise InputError(
            f"The doses of all trials together do not tell the {form.size} coefficients of a "
            f"{form.name} curve: use a form with fewer."
        )
    return np.asarray(np.linalg.inv(triangle) / lengths[:, None] * np.sqrt(m))
