"""The reference numbers for sparse data, and the counts they are of."""

import json
from functools import cache

import numpy as np

from liftproof.statistics.sparse import GLMM
from support.metafor_cases import REFERENCE, table

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


def fitted(case):
    """Return our fit of a case of rma.glmm."""
    names = ("measure", "dataset", "model", "method", "test")
    return _fitted(*(case[name] for name in names))


@cache
def _fitted(measure, dataset, model, method, test):
    options = {} if model == "n/a" else {"model": model}
    return GLMM[measure](*counts(dataset), method=method, test=test, **options)


def mixed_model_quantities(case):
    """Return (name, ours, metafor's) of all that a mixed model estimates."""
    found = fitted(case)
    names = {"q_wald": "Q_wald", "q_lrt": "Q_lrt"}
    listed = ("estimate", "se", "tau2", "sigma2", "q_wald", "q_lrt")
    theirs = {name: case.get(names.get(name, name)) for name in listed}
    return [
        (name, getattr(found, name), theirs[name]) for name in listed if theirs[name] is not None
    ]


@cache
def _fitted_by_default(measure, dataset):
    return GLMM[measure](*counts(dataset))


def metas_quantities(case):
    """Return (name, ours, meta's) of a mixed model fitted by meta."""
    found = _fitted_by_default(case["sm"], case["dataset"])
    theirs = {
        "estimate": case["TE_random"],
        "se": case["se_random"][0],
        "tau2": case["tau2"],
        "q_wald": case["Q"],
    }
    return [(name, getattr(found, name), value) for name, value in theirs.items()]
