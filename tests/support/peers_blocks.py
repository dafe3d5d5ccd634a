"""Numbers of metafor on blocks of the peers' own tests, and the trials that they are of."""

import numpy as np
import pytest

from support.metafor_cases import table
from support.reference_names import cases

CASES = cases("peers")


def of_kind(kind):
    return [pytest.param(case, id=case["id"]) for case in CASES if case["kind"] == kind]


def design():
    rows, effects = table("data/bcg.csv"), table("data/bcg__RR.csv")
    ones, latitude = np.ones(len(rows)), np.array([float(row["ablat"]) for row in rows])
    factor = [
        np.array([float(row["alloc"] == level) for row in rows])
        for level in ("random", "systematic")
    ]
    columns = {
        "~ 1": [ones],
        "~ ablat": [ones, latitude],
        "~ ablat + alloc": [ones, latitude, *factor],
    }
    y, v = (np.array([float(row[name]) for row in effects]) for name in ("yi", "vi"))
    return y, v, {key: np.stack(x, axis=1) for key, x in columns.items()}
