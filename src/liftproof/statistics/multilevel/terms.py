"""Random effects as people write them: labels of groups, or formulas over columns by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from liftproof.errors import InputError
from liftproof.statistics.checks import Array, choose, floats, one_number
from liftproof.statistics.dependent.groups import ASYMMETRY, Places, grouped
from liftproof.statistics.multilevel.correlations import Levels
from liftproof.statistics.multilevel.structures import GIVEN, STRUCTURES, Structure
from liftproof.suggest import did_you_mean

Labels = ArrayLike
"""One label an effect."""
DEFAULT_STRUCTURE = "CS"
NUMERIC = {"AR", "HAR", "CAR"}
"""Structures whose levels are times, or steps."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RandomTerm:
    """Random effects: one for each level of ``inner`` in each group of ``outer``.

    ``name``: how results call it. ``inner``, ``outer``: one label an effect, or None for a single
    level. ``structure``: a key of STRUCTURES. ``correlation``: a known one among the levels of
    ``inner``, as labels and matrix or one number for all pairs, in place of a structure.
    """

    name: str
    outer: Labels | None = None
    inner: Labels | None = None
    structure: str = "ID"
    correlation: tuple[Sequence[object], ArrayLike] | float | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RandomEffectsTerm:
    """A checked term over k effects.

    ``inner``, ``outer``: number of level and group of each effect, (k,). ``labels``, ``groups``:
    labels of the levels and of the groups, both sorted. ``structure``, ``levels``: the form of the
    covariance among levels. ``code``: its name.
    """

    name: str
    code: str
    structure: Structure
    levels: Levels
    inner: Places
    outer: Places
    labels: NDArray[np.generic]
    groups: NDArray[np.generic]


Random = RandomTerm | str | Sequence[RandomTerm | str]
"""Random effects of a model: terms, or formulas such as ``1 | study/effect``."""


def intercepts(
    group: Labels,
    *,
    name: str = "group",
    correlation: Any = None,
) -> RandomTerm:
    """Return effects that members of a group share: one variance.

    ``group``: one label an effect, (k,). ``correlation``: a known correlation (or covariance) of
    the groups, as a pair of labels and matrix or as a data frame with both; it is taken as given,
    matched by name, and must name all groups and no others. metafor: ``~ 1 | group``, ``R=``
    (which scales to correlations unless ``Rscale = "none"``).
    """
    if correlation is None:
        return RandomTerm(name=name, outer=group)
    return RandomTerm(name=name, inner=group, correlation=_labelled(correlation))


def nested(*groups: Labels, names: Sequence[str] = ()) -> list[RandomTerm]:
    """Return one term a factor, each within those before it: ``~ 1 | district/school`` as lists."""
    labels = names or [f"factor{i}" for i in range(1, len(groups) + 1)]
    columns = [np.asarray(group).tolist() for group in groups]
    return [
        RandomTerm(name="/".join(labels[:n]), outer=_joined(columns[:n]))
        for n in range(1, len(columns) + 1)
    ]


def within(
    inner: Labels,
    outer: Labels,
    structure: str = DEFAULT_STRUCTURE,
    *,
    name: str = "inner | outer",
    correlation: Any = None,
) -> RandomTerm:
    """Return one effect for each level of ``inner`` in each group of ``outer``.

    ``structure``: ``CS`` one variance, one correlation; ``HCS`` a variance a level, one
    correlation; ``UN`` any covariance; ``ID``, ``DIAG`` no correlation; ``AR``, ``HAR`` φ to the
    power of the steps between levels, -1 < φ < 1; ``CAR`` φ to the power of the time between
    them, 0 <= φ < 1, per unit of that time. ``correlation``: a known one, one variance, in place of
    a structure: a number for all pairs of levels, as 1/2 of the contrasts of a network, or as for
    ``intercepts``. metafor: ``~ inner | outer, struct=, rho=``.
    """
    if correlation is None:
        return RandomTerm(name=name, inner=inner, outer=outer, structure=structure)
    if structure != DEFAULT_STRUCTURE:
        raise InputError(f"A known correlation takes the place of the structure {structure}.")
    is_one = isinstance(correlation, str) or np.ndim(correlation) == 0
    known = float(one_number("correlation", correlation)) if is_one else _labelled(correlation)
    return RandomTerm(name=name, inner=inner, outer=outer, correlation=known)


def terms_of(
    random: Random, k: int, data: Mapping[str, ArrayLike] | None, structure: str
) -> tuple[RandomEffectsTerm, ...]:
    """Return the checked terms of a model; formulas are read over the columns of ``data``."""
    given = [random] if isinstance(random, RandomTerm | str) else list(random)
    read = [term for one in given for term in _read(one, data, structure)]
    if not all(isinstance(term, RandomTerm) for term in read):
        raise InputError("random must hold formulas such as '1 | study', or terms by intercepts().")
    names = [term.name for term in read]
    return tuple(
        _checked(term, k, term.name if names.count(term.name) == 1 else f"{term.name} {i + 1}")
        for i, term in enumerate(read)
    )


def _read(
    term: RandomTerm | str, data: Mapping[str, ArrayLike] | None, structure: str
) -> list[RandomTerm]:
    if not isinstance(term, str):
        return [term]
    if data is None:
        raise InputError(f"'{term}' names columns: give them as data={{name: labels}}.")
    left, bar, right = (part.strip() for part in term.strip().removeprefix("~").partition("|"))
    factors = [factor.strip() for factor in right.split("/")]
    if not bar or not left or not all(factors):
        raise InputError(f"'{term}' must read '1 | group', '1 | outer/inner' or 'inner | outer'.")
    columns = [_column(data, name) for name in factors]
    if left == "1":
        return nested(*columns, names=factors)
    name = f"{left} | {right}"
    return [within(_column(data, left), _joined(columns), structure, name=name)]


def _column(data: Mapping[str, ArrayLike], name: str) -> Any:
    try:
        return np.asarray(data[name]).tolist()
    except KeyError as error:
        hint = did_you_mean(name, [str(key) for key in data])
        raise InputError(f"data has no column '{name}'; {hint}") from error


def _joined(columns: Sequence[list[Any]]) -> list[Any]:
    """Return one label for each combination of labels."""
    return (
        columns[0] if len(columns) == 1 else [str(labels) for labels in zip(*columns, strict=True)]
    )


def _labelled(correlation: Any) -> tuple[Sequence[object], ArrayLike]:
    if hasattr(correlation, "columns") and hasattr(correlation, "index"):
        if list(correlation.index) != list(correlation.columns):
            raise InputError("correlation must have the same labels as rows and as columns.")
        return list(correlation.index), correlation.to_numpy()
    labels, matrix = correlation
    return list(labels), matrix


def _checked(term: RandomTerm, k: int, name: str) -> RandomEffectsTerm:
    one = np.zeros(k, dtype=int)
    outer = grouped(one if term.outer is None else term.outer, k, name)
    inner = grouped(one if term.inner is None else term.inner, k, name)
    labels, level = np.unique(inner.labels, return_inverse=True)
    groups, place = np.unique(outer.labels, return_inverse=True)
    is_known = term.correlation is not None
    structure = GIVEN if is_known else choose(STRUCTURES, term.structure, "structure")
    code = "given" if is_known else term.structure
    checked = RandomEffectsTerm(
        name=name,
        code=code,
        structure=structure,
        levels=_levels(labels, code, term.correlation, name),
        inner=level[inner.number],
        outer=place[outer.number],
        labels=labels,
        groups=groups,
    )
    _require_identified(checked)
    return checked


def _levels(
    labels: NDArray[np.generic],
    code: str,
    correlation: tuple[Sequence[object], ArrayLike] | float | None,
    name: str,
) -> Levels:
    size = labels.size
    if isinstance(correlation, float):  # the same for all pairs
        correlation = labels.tolist(), np.where(np.eye(size) == 1, 1.0, correlation)
    known = np.eye(size) if correlation is None else _known(labels, correlation, name)
    return Levels(size=size, distance=_distance(labels, code, name), known=known)


def _distance(labels: NDArray[np.generic], code: str, name: str) -> Array:
    """Return times between levels for CAR, else steps; AR takes no times of unlike steps."""
    if code in NUMERIC and labels.size == 1:
        raise InputError(f"{name}: {code} needs two levels or more, to have a distance.")
    steps = np.arange(labels.size, dtype=float)
    is_numeric = labels.dtype.kind in "iuf"
    if code == "CAR" and not is_numeric:
        raise InputError(f"{name}: CAR needs times as numbers, not {labels.dtype.name} labels.")
    if code in {"AR", "HAR"} and is_numeric:
        widths = np.diff(labels.astype(float))
        if not np.allclose(widths, widths[0]):
            raise InputError(
                f"{name}: {code} counts steps, but these levels are not equally far apart: "
                "structure='CAR' takes the times themselves."
            )
    place = labels.astype(float) if code == "CAR" else steps
    return np.abs(place[:, None] - place)


def _known(
    labels: NDArray[np.generic], correlation: tuple[Sequence[object], ArrayLike], name: str
) -> Array:
    """Return the given matrix in the order of the levels; all of them, no others, by name."""
    given = [str(label) for label in correlation[0]]
    wanted = [str(label) for label in labels.tolist()]
    matrix = floats(f"The correlation of {name}", correlation[1])
    if matrix.shape != (len(given), len(given)):
        raise InputError(f"{name}: {len(given)} labels, but a matrix of {matrix.shape}.")
    if sorted(given) != sorted(wanted):
        lacking, surplus = set(wanted) - set(given), set(given) - set(wanted)
        raise InputError(
            f"{name}: the correlation must name each group once; lacking: "
            f"{_some(lacking)}; not among the effects: {_some(surplus)}."
        )
    places = [given.index(label) for label in wanted]
    ordered = matrix[np.ix_(places, places)]
    largest = np.abs(ordered).max()
    if not (np.abs(ordered - ordered.T) <= ASYMMETRY * largest).all():
        raise InputError(f"{name}: the correlation must be symmetric.")
    if np.linalg.eigvalsh(ordered)[0] < -ASYMMETRY * largest:
        raise InputError(f"{name}: the correlation must have no negative eigenvalue.")
    return np.asarray((ordered + ordered.T) / 2)


def _some(names: set[str]) -> str:
    return ", ".join(sorted(names)[:3]) + (" ..." if len(names) > 3 else "") if names else "none"  # noqa: PLR2004


def _require_identified(term: RandomEffectsTerm) -> None:
    """Refuse UN where two levels never occur in one group: nothing tells of their correlation."""
    if term.code != "UN":
        return
    occurs = np.zeros((term.groups.size, term.levels.size), dtype=bool)
    occurs[term.outer, term.inner] = True
    together = occurs.T.astype(int) @ occurs
    apart = np.argwhere(np.triu(together == 0, 1))
    if apart.size:
        one, other = term.labels[apart[0]].tolist()
        raise InputError(
            f"{term.name}: {one!r} and {other!r} never occur in one group, so that their "
            "correlation cannot be estimated: take HCS, which has one for all, or DIAG."
        )
