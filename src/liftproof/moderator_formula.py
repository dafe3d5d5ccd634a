"""Moderators as people write them: a formula over the columns of a data frame."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from liftproof.errors import InputError, in_short
from liftproof.extras import require_extra
from liftproof.statistics.checks import Array
from liftproof.statistics.missing import DROP, REFUSE, rule_of
from liftproof.suggest import did_you_mean

if TYPE_CHECKING:
    import pandas as pd

INTERCEPT = "1"
CATEGORICAL = re.compile(r"\bC\(\s*(\w+)")
"""How a formula makes a factor of numbers."""
UNKNOWN = re.compile(r"NameError: (?:name '(\w+)'|`([^`]+)`)")
"""How formulaic says that it knows neither a column nor a function."""
OF_R: Mapping[str, str] = {
    "relevel": 'C(x, Treatment("level")) names the reference',
    "factor": "C(x) makes a factor, of texts a name alone",
    "sqrt": "np.sqrt(x) is the root",
}
"""By R's name of a function, what does the same in a formula here."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FormulaDesign:
    """Columns of moderators, which any fit takes as ``x`` as it is.

    ``columns`` (k, p), ``names`` (p,). ``terms``: positions of the columns of each term, the
    intercept's called "1". ``levels``: of each factor, in order. ``has_intercept``.
    ``dropped``: rows that lack a moderator, on request: they are NaN, for a fit to leave out.
    """

    columns: Array
    names: tuple[str, ...]
    terms: Mapping[str, tuple[int, ...]]
    levels: Mapping[str, tuple[object, ...]]
    has_intercept: bool
    dropped: tuple[int, ...]
    specification: Any = field(repr=False)
    means: Mapping[str, float] = field(repr=False)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> NDArray[Any]:
        """Return the columns."""
        return np.array(self.columns, dtype=dtype, copy=True if copy is None else copy)

    def at(self, data: Any) -> Array:
        """Return the rows (m, p) of other data; a level that was not there is refused."""
        frame = _frame(data)
        for name, known in self.levels.items():
            new = [one for one in _column(frame, name).tolist() if one not in known]
            if new:
                fitted = ", ".join(map(str, known))
                raise InputError(f"{name} has no level {in_short(new[0])}: {fitted} were fitted.")
        return _numbers(self.specification.get_model_matrix(frame))

    def marginal(self, factor: str) -> tuple[tuple[object, ...], Array]:
        """Return the levels of a factor, and the rows (m, p) that give their marginal means.

        Other factors are averaged over their levels with equal weights, numbers are at their means.
        """
        if factor not in self.levels:
            raise InputError(f"There is no factor {factor}; {did_you_mean(factor, self.levels)}")
        others = [name for name in self.levels if name != factor]
        grid = _grid({name: self.levels[name] for name in [factor, *others]})
        grid |= {name: [mean] * len(grid[factor]) for name, mean in self.means.items()}
        rows = self.at(grid)
        is_level = [[one == level for one in grid[factor]] for level in self.levels[factor]]
        return self.levels[factor], np.array([rows[one].mean(axis=0) for one in is_level])

    def pairs(self, factor: str) -> tuple[tuple[str, ...], Array]:
        """Return names and rows of all differences between levels of a factor, later - earlier."""
        levels, rows = self.marginal(factor)
        places = list(combinations(range(len(levels)), 2))
        return (
            tuple(f"{levels[b]} - {levels[a]}" for a, b in places),
            np.array([rows[b] - rows[a] for a, b in places]),
        )


def design(formula: str, data: Any, *, missing: str = REFUSE) -> FormulaDesign:
    """Return the columns that a formula makes of a data frame, or of a mapping of columns.

    ``formula``: moderators after an optional ``~``, by formulaic: ``alloc + year``, ``C(alloc,
    Treatment("random"))``, ``year * alloc``, ``0 + alloc`` for one column a level, ``I(year**2)``,
    ``center(year)``. Texts are factors; the first level in order is the reference. Missing values
    are refused; with ``missing="drop"`` their rows are named and left NaN, so that a fit with
    ``missing="drop"`` leaves these trials out. ``^`` is a power. A formula is evaluated as Python:
    never take one from a stranger.
    Needs ``pip install 'liftproof[formulas]'``. Raises InputError. metafor: ``mods = ~ formula``.

    >>> data = {"group": ["a", "b", "b", "a"], "dose": [1.0, 2.0, 4.0, 3.0]}
    >>> made = design("~ group + dose", data)
    >>> made.names, made.terms["group"]
    (('Intercept', 'group[T.b]', 'dose'), (1,))
    """
    require_extra("formulas", "A formula")
    from formulaic import model_matrix  # noqa: PLC0415 - comes with an extra
    from formulaic.errors import FormulaicError  # noqa: PLC0415

    whole = _frame(data)
    right = formula.strip().removeprefix("~").replace("^", "**")
    if "~" in right or not right.strip():
        raise InputError("The formula names moderators alone, as '~ alloc + year'.")
    lacking = _lacking(right, whole) if rule_of(missing) == DROP else np.zeros(len(whole), bool)
    frame = whole[~lacking].reset_index(drop=True)
    try:
        matrix = model_matrix(right, frame, context={"np": np}, na_action="raise")
    except (FormulaicError, ValueError, SyntaxError, NameError, TypeError, KeyError) as error:
        raise InputError(
            f"The formula '{formula}' cannot be used: {_reason(error, formula, frame)}"
        ) from error
    specification: Any = matrix.model_spec
    variables = _variables(specification, frame)
    coded = CATEGORICAL.findall(right)
    factors = [name for name in variables if _is_factor(frame[name]) or name in coded]
    slices = {
        str(term): tuple(range(*place.indices(matrix.shape[1])))
        for term, place in specification.term_slices.items()
    }
    return FormulaDesign(
        columns=_spread(_numbers(matrix), ~lacking),
        names=tuple(map(str, matrix.columns)),
        terms=slices,
        levels={name: _levels(frame[name]) for name in factors},
        has_intercept=INTERCEPT in slices,
        dropped=tuple(map(int, np.flatnonzero(lacking))),
        specification=specification,
        means={name: float(frame[name].mean()) for name in variables if name not in factors},
    )


def _lacking(formula: str, frame: pd.DataFrame) -> NDArray[np.bool_]:
    """Return which rows lack a column that the formula names, (k,)."""
    words = {*re.findall(r"\w+", formula), *re.findall(r"`([^`]+)`", formula)}
    named = [name for name in frame.columns if str(name) in words]
    lacking = np.asarray(frame[named].isna().any(axis=1), dtype=np.bool_)
    if lacking.all():
        raise InputError(f"Every row lacks {' or '.join(map(str, named))}: no trial is left.")
    return lacking


def _spread(columns: Array, kept: NDArray[np.bool_]) -> Array:
    """Return the columns of the rows that are kept in their places, NaN between them."""
    whole = np.full((kept.size, columns.shape[1]), np.nan)
    whole[kept] = columns
    return whole


def _frame(data: Any) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415 - comes with an extra

    frame = data if isinstance(data, pd.DataFrame) else pd.DataFrame(dict(data))
    return frame.reset_index(drop=True)


def _column(frame: pd.DataFrame, name: str) -> pd.Series:
    if name not in frame:
        raise InputError(
            f"data has no column '{name}'; {did_you_mean(name, map(str, frame.columns))}"
        )
    return frame[name]


def _numbers(matrix: Any) -> Array:
    columns = np.asarray(matrix, dtype=np.float64)
    if not np.isfinite(columns).all():
        row, column = (int(place) for place in np.argwhere(~np.isfinite(columns))[0])
        raise InputError(
            f"Moderator {column} of row {row} (counted from 0) is missing or not finite."
        )
    return columns


def _reason(error: Exception, formula: str, frame: pd.DataFrame) -> str:
    missing = [str(name) for name in frame.columns if frame[name].isna().any()]
    if missing:
        return (
            f'{missing[0]} has missing values; leave these rows out, or say missing="drop", here '
            "and in the fit."
        )
    told = f"{error}".splitlines()[0] if f"{error}" else type(error).__name__
    for name, here in OF_R.items():
        if re.search(rf"(?<![\w.])(as\.)?{name}\(", formula):
            return f"{here}."
    unknown = UNKNOWN.search(told)
    if not unknown:
        return told
    name = unknown[1] or unknown[2]
    known = did_you_mean(name, map(str, frame.columns))
    return f"there is no column '{name}', nor a function; {known}"


def _variables(specification: Any, frame: pd.DataFrame) -> list[str]:
    return [
        name
        for name in map(str, frame.columns)
        if name in map(str, specification.required_variables)
    ]


def _is_factor(column: pd.Series) -> bool:
    return column.dtype.kind not in "iuf"


def _levels(column: pd.Series) -> tuple[object, ...]:
    values = column.unique().tolist()
    return tuple(sorted(values, key=str if _is_factor(column) else None))


def _grid(levels: Mapping[str, tuple[object, ...]]) -> dict[str, list[object]]:
    """Return every combination of levels, as columns."""
    columns: dict[str, list[object]] = {}
    size = 1
    for name, own in levels.items():
        columns = {other: values * len(own) for other, values in columns.items()}
        columns[name] = [level for level in own for _ in range(size)]
        size *= len(own)
    return columns
