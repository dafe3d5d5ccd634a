"""Results of the statistics as pandas frames: one number a row."""

from collections.abc import Iterable, Sequence
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from liftproof.errors import InputError
from liftproof.extras import require_extra
from liftproof.statistics.result import Leaf, Result

if TYPE_CHECKING:
    import pandas as pd

Texts = NDArray[np.object_]


def tidy(result: Result, labels: Sequence[str] = ()) -> "pd.DataFrame":
    """Return a result as a frame with one number a row.

    Columns: ``quantity``, the field; ``place``, the index in the field's array, written
    "1, 0" and empty for a single number; ``value``, a number, 1 or 0 for yes or no, and missing
    for a text; ``text``, empty for a number. With ``labels``, one a trial in the order in which
    the trials were passed, there is a column ``study`` for the fields that have one number a
    trial; of a cumulative result it names the trial that was added.

    Raises InputError when ``labels`` are given but no field has one number a label, and
    MissingExtraError where pandas is not installed.

    >>> from liftproof.statistics.accumulation import cumulative
    >>> steps = cumulative([-0.51, -0.22, 0.05], [0.04, 0.01, 0.09], [2010, 2001, 2005])
    >>> frame = tidy(steps, ["A 2010", "B 2001", "C 2005"])
    >>> frame[frame.quantity == "estimate"].study.tolist()
    ['B 2001', 'C 2005', 'A 2010']
    """
    require_extra("report", "tidy()", ["pandas"])
    import pandas as pd  # noqa: PLC0415  pandas comes with an extra

    leaves = list(result.leaves())
    sizes = [np.size(value) for _, _, value in leaves]
    numbers, texts = zip(*(_values(value) for _, _, value in leaves), strict=True)
    frame = pd.DataFrame(
        {
            "quantity": np.repeat(_objects([name for name, _, _ in leaves]), sizes),
            "place": np.concatenate([_places(leaf) for leaf in leaves]),
            "value": np.concatenate(numbers),
            "text": np.concatenate(texts),
        }
    )
    if len(labels):
        frame.insert(1, "study", _studies(result, leaves, _objects(map(str, labels))))
    return frame


def _objects(values: Iterable[str]) -> Texts:
    """Return texts as an array of objects."""
    return np.array(list(values), dtype=np.object_)


def _values(value: object) -> tuple[NDArray[np.float64], Texts]:
    """Return a leaf's numbers, NaN for texts, and its texts, empty for numbers."""
    array = np.asarray(value).reshape(-1)
    if array.dtype.kind in "biuf":
        return array.astype(np.float64), np.full(array.size, "", dtype=np.object_)
    texts = ["" if each is None else str(each) for each in array]
    return np.full(array.size, np.nan), _objects(texts)


def _places(leaf: Leaf) -> Texts:
    """Return the places of a leaf's numbers, as texts."""
    _, outer, value = leaf
    axes = [[str(i)] for i in outer] + [list(map(str, range(n))) for n in np.shape(value)]
    return _objects(map(", ".join, product(*axes)))


def _studies(result: Result, leaves: Sequence[Leaf], labels: Texts) -> Texts:
    """Return the trial of each number, empty for those that belong to none."""
    found = [_trials(result, leaf, labels) for leaf in leaves]
    if all(each is None for each in found):
        raise InputError(f"No field of the result has {len(labels)} numbers, one a label")
    none = [np.full(np.size(value), "", dtype=np.object_) for _, _, value in leaves]
    return np.concatenate(
        [blank if each is None else each for each, blank in zip(found, none, strict=True)]
    )


def _trials(result: Result, leaf: Leaf, labels: Texts) -> Texts | None:
    """Return the trial of each number of a leaf; None where it does not have one a trial."""
    name, _, value = leaf
    field, shape = name.partition(".")[0], np.shape(value)
    if field in result.per_step and len(labels) == len(result.order):  # type: ignore[attr-defined]
        added = labels[result.order]  # type: ignore[attr-defined]
        return _repeated(added if shape[-1] == len(added) else _together(result, added), shape, -1)
    axis = result.per_trial.get(field, 0)
    if not axis or len(shape) < -axis or shape[axis] != len(labels):
        return None
    return _repeated(labels, shape, axis)


def _together(result: Result, added: Texts) -> Texts:
    """Return the trials of each step, where those of equal rank were added at once."""
    ends = result.k  # type: ignore[attr-defined]
    steps = zip(np.append(0, ends[:-1]), ends, strict=True)
    return _objects(", ".join(added[start:end]) for start, end in steps)


def _repeated(labels: Texts, shape: tuple[int, ...], axis: int) -> Texts:
    """Return labels along one axis of an array of this shape, flat."""
    along = labels.reshape(-1, *[1] * (-axis - 1))
    return np.broadcast_to(along, shape).reshape(-1)
