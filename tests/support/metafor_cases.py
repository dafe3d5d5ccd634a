"""The reference numbers in tests/reference, as tests need them."""

import csv
import json
import re
from pathlib import Path

import numpy as np

REFERENCE = Path(__file__).parents[1] / "reference"

POOLED = json.loads((REFERENCE / "pool.json").read_text(encoding="utf-8"))
EFFECTS = json.loads((REFERENCE / "effects.json").read_text(encoding="utf-8"))


def table(name):
    """Return the rows of a data set as dictionaries of text."""
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def effects_and_variances(name):
    """Return yi and vi of a data set."""
    rows = table(name)
    return tuple(np.array([float(row[column]) for row in rows]) for column in ("yi", "vi"))


def raw_numbers(case):
    """Return the columns that an escalc call names, by escalc's argument."""
    rows = table(case["raw_csv"])
    columns = dict(re.findall(r"\b([a-z]+[12]?i)=([\w.]+)", case["escalc"]))
    return {
        argument: np.array([float(row[column]) for row in rows])
        for argument, column in columns.items()
    }
