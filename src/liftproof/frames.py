"""Results of the statistics as pandas frames: one number a row."""

from collections.abc import Sequence

import pandas as pd

from liftproof.errors import InputError
from liftproof.statistics.result import Result


def tidy(result: Result, labels: Sequence[str] = ()) -> pd.DataFrame:
    """Return a result as a frame with one number a row.

    Columns: ``quantity``, the field; ``place``, the index in the field's array, written
    "1, 0" and empty for a single number; ``value``. With ``labels``, one a trial, there is a column
    ``study`` for the fields that have one number a trial: it is read from the last index.

    Raises InputError when ``labels`` are given but no field has as many numbers.

    >>> from liftproof.statistics.pooling import pool
    >>> pooled = pool([-0.51, -0.22, 0.05], [0.04, 0.01, 0.09], tau2="DL", interval="wald")
    >>> frame = tidy(pooled, ["A 2001", "B 2005", "C 2010"])
    >>> frame[frame.quantity == "weights"].study.tolist()
    ['A 2001', 'B 2005', 'C 2010']
    """
    rows = [(field, index, value) for field, index, value in result.numbers()]
    frame = pd.DataFrame(
        {
            "quantity": [field for field, _, _ in rows],
            "place": [", ".join(map(str, index)) for _, index, _ in rows],
            "value": pd.Series([value for _, _, value in rows], dtype=object),
        }
    )
    if labels:
        frame.insert(1, "study", _studies(result, labels))
    return frame


def _studies(result: Result, labels: Sequence[str]) -> list[str]:
    """Return the trial of each number, empty for those that belong to none."""
    lengths: dict[str, int] = {}
    for field, index, _ in result.numbers():
        lengths[field] = max(lengths.get(field, 0), index[-1] + 1 if index else 0)
    if len(labels) not in lengths.values():
        raise InputError(f"No field of the result has {len(labels)} numbers, one a label")
    return [
        labels[index[-1]] if index and lengths[field] == len(labels) else ""
        for field, index, _ in result.numbers()
    ]
