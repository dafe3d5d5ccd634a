"""The CSV files under ``results/``: rows to a table and back, at full precision."""

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pandas as pd

from liftproof.columns import columns
from liftproof.files import aside

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Row = TypeVar("Row", bound="DataclassInstance")
_DTYPES = {"count": "Int64", "number": "Float64"}


def frame(rows: Iterable[Row], kind: type[Row]) -> pd.DataFrame:
    """Return rows as a data frame with the columns of ``kind``, in order, missing as NA."""
    names = [item.name for item in columns(kind)]
    dtypes = {item.name: _DTYPES.get(item.kind, "str") for item in columns(kind)}
    return pd.DataFrame([asdict(row) for row in rows], columns=names).astype(dtypes)


def write(rows: Iterable[Row], kind: type[Row], path: Path) -> None:
    """Write rows as CSV: floats in the fewest digits that read back the same, missing as empty."""
    with aside(path) as partial:
        frame(rows, kind).to_csv(partial, index=False, lineterminator="\n")


def read(kind: type[Row], path: Path) -> list[Row]:
    """Read rows written by :func:`write`."""
    dtypes = {item.name: _DTYPES.get(item.kind, "str") for item in columns(kind)}
    empty = {name: [""] for name, dtype in dtypes.items() if dtype != "str"}
    # Only an empty number is missing: a trial may be called NA.
    table = pd.read_csv(path, dtype=dtypes, keep_default_na=False, na_values=empty)
    records = table.astype(object).where(table.notna(), None).to_dict("records")
    return [kind(**{str(name): value for name, value in row.items()}) for row in records]
