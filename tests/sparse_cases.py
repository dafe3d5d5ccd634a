"""The reference numbers for sparse data, and the counts they are of."""

import json

import numpy as np

from metafor_cases import REFERENCE, table

CASES = json.loads((REFERENCE / "sparse.json").read_text(encoding="utf-8"))

COLUMNS = {
    "bcg": ("tpos", "tneg", "cpos", "cneg"),
    "collins1985b": ("pre.xti", "pre.nti", "pre.xci", "pre.nci"),
    "hart1999": ("x1i", "t1i", "x2i", "t2i"),
    "debruin2009": ("xi", "ni"),
}
DEFAULT_COLUMNS = ("ai", "n1i", "ci", "n2i")


def counts(name):
    """Return the columns of a data set in the order of our arguments."""
    rows = table(f"data/{name}.csv")
    columns = [
        np.array([float(row[column]) for row in rows])
        for column in COLUMNS.get(name, DEFAULT_COLUMNS)
    ]
    if name == "bcg":
        a, b, c, d = columns
        return a, a + b, c, c + d
    return tuple(columns)
