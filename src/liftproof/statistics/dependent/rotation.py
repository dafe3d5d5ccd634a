"""Three-level data in coordinates in which the sampling errors of a study are independent.

With V = U diag(d) U' within each study, the effects U'y have the covariance
diag(d + σ²effect) + σ²study zz', z = U'1, for every pair of components: one rotation, done once,
spares all later inversions. Independent sampling errors need none: d = v and z = 1.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from liftproof.errors import InputError
from liftproof.statistics.checks import Array
from liftproof.statistics.dependent.groups import Groups, Places, block

SHARED = 1e-10
"""A direction counts as common to the columns and the studies when the squared sine of their
angle is below this."""


WIDEST = 1e10
"""Largest ratio of sampling variances: beyond it double precision leaves the components too few
digits to tell maxima apart."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rotated:
    """Data of s three-level models whose studies have the same sizes, study after study.

    ``rows`` (s, k, p + 2): orthonormal columns that span the design, residuals of ordinary least
    squares, and the study's own direction. ``d``: sampling variances, (s, k). ``starts``: where
    each study begins, shape (m,). ``study``: the study of each row, shape (k,).
    ``is_restricted``: whether the likelihood is the restricted one. ``is_mean``: whether the
    columns are an intercept alone, which lies along the studies' directions.
    """

    rows: Array
    d: Array
    starts: Places
    study: Places
    is_restricted: bool
    is_mean: bool

    @property
    def x(self) -> Array:
        """The columns, (s, k, p)."""
        return self.rows[..., :-2]

    @property
    def y(self) -> Array:
        """The residuals, (s, k)."""
        return self.rows[..., -2]

    @property
    def z(self) -> Array:
        """The studies' directions, (s, k)."""
        return self.rows[..., -1]

    def by_study(self, values: Array) -> Array:
        """Return sums over the rows of each study, along the last axis."""
        return np.add.reduceat(values, self.starts, axis=-1)

    def chosen(self, places: Places) -> "Rotated":
        """Return some of the models; of one, itself."""
        if places.size == len(self.d) == 1:
            return self
        return replace(self, rows=self.rows[places], d=self.d[places])


def by_shape(models: Sequence[Rotated]) -> Iterator[tuple[list[int], Rotated]]:
    """Yield models whose studies have the same sizes as one, with the places that they had.

    They have as many columns, too, and all or none are of the restricted likelihood, or of a mean.
    """
    places: dict[tuple[object, ...], list[int]] = {}
    for place, model in enumerate(models):
        key = (*model.rows.shape[1:], model.starts.tobytes(), model.is_restricted, model.is_mean)
        places.setdefault(key, []).append(place)
    for alike in places.values():
        yield (
            alike,
            replace(
                models[alike[0]],
                rows=np.concatenate([models[place].rows for place in alike]),
                d=np.concatenate([models[place].d for place in alike]),
            ),
        )


def of_own(values: Array, own: Places) -> Array:
    """Return, of values (..., s), those of the set of each point, (..., n); of one set all alike.

    Of one set they stay (..., 1), for NumPy to stretch: no copy is made.
    """
    return values if values.shape[-1] == 1 else values[..., own]


def rotated(
    residuals: Array,
    basis: Array,
    v: Array,
    studies: Groups,
    *,
    is_restricted: bool,
    is_mean: bool,
) -> Rotated:
    """Return a model of residuals, columns and variances (k,) or (k, k), in rotated coordinates."""
    rows = np.column_stack((basis, residuals, np.ones(len(basis))))[studies.order]
    if v.ndim == 1:
        d = v[studies.order]
    else:
        d, rows = _turned(rows, v, studies)
    return Rotated(
        rows=rows[None],
        d=d[None],
        starts=studies.starts,
        study=studies.number[studies.order],
        is_restricted=is_restricted,
        is_mean=is_mean,
    )


def _turned(rows: Array, v: Array, studies: Groups) -> tuple[Array, Array]:
    """Return the eigenvalues of V and the rows along its eigenvectors, study after study."""
    d, turned = np.empty(len(rows)), np.empty_like(rows)
    for chosen, places in studies.blocks():
        values, vectors = np.linalg.eigh(block(v, places))
        at = studies.rows(chosen)
        d[at] = values
        turned[at] = np.swapaxes(vectors, 1, 2) @ rows[at]
    return d, turned


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Domain:
    """Where the components can lie.

    ``top``: σ² of study and effect above which the likelihood falls, whatever the other, shape
    (2,). ``offset``: sizes below which a component hardly matters, shape (2,).
    """

    top: Array
    offset: Array


def domain(model: Rotated) -> Domain:
    """Return the range of both components of one model; InputError where it cannot be told.

    Let S = Σ residuals², A the projection of ZZ' off the columns, a its smallest positive
    eigenvalue, b the number of contrasts within studies. In coordinates that make A and the
    rest of the covariance diagonal, the score of σ²study is negative once σ²study a/(dmax +
    σ²effect) exceeds S/(dmin + σ²effect). That of σ²effect is negative once b/(dmax + σ²effect)
    exceeds S/(dmin + σ²effect)².
    """
    sizes = np.bincount(model.study)
    smallest, between, within = _contrasts(model, sizes)
    if between < 1 or within < 1:
        raise InputError(
            "The data cannot tell variance between studies from variance within: at least two "
            "studies, and one with several effects, must differ beyond the moderators. Use a "
            "model with one component."
        )
    total = float((model.y**2).sum())
    low, high = float(model.d.min()), float(model.d.max())
    if high > WIDEST * low:
        raise InputError(
            f"The sampling variances (of a covariance: its eigenvalues) lie further apart than "
            f"{WIDEST:g} to 1: leave out the effects that are next to exact or know nothing."
        )
    spread = total / within
    root = (spread + np.sqrt(spread * (spread + 4 * (high - low)))) / 2
    top = np.array([total / smallest * (high / low), max(0.0, root - low)])
    return Domain(top=top, offset=np.array([low / sizes.max(), low]))


def _contrasts(model: Rotated, sizes: Places) -> tuple[float, int, int]:
    """Return a lower bound on a, and the numbers of contrasts between and within studies.

    The cosines of the angles between the columns and the studies are the singular values of
    X'Z diag(n)^(-1/2); a is at least the smallest study's size times the least squared sine.
    """
    sums = model.by_study(model.z[0] * model.x[0].T) / np.sqrt(sizes)
    sines2 = 1 - np.linalg.eigvalsh(sums @ sums.T)
    apart = sines2[sines2 > SHARED]
    shared = sines2.size - apart.size
    m, (k, p) = len(sizes), model.x[0].shape
    least = min(1.0, *apart) if apart.size else 1.0
    return float(sizes.min()) * least, m - shared, k - p - m + shared
