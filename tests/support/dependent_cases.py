"""metafor's three-level and cluster-robust fits in tests/reference/dependent.json, with data."""

import json
import re
from functools import cache

import numpy as np

from liftproof.statistics.dependent.covariance import constant_correlation
from support.metafor_cases import REFERENCE, table

DEPENDENT = json.loads((REFERENCE / "dependent.json").read_text(encoding="utf-8"))
MULTILEVEL = [case for case in DEPENDENT if case["kind"] == "multilevel"]
ROBUST = [case for case in DEPENDENT if case["kind"] == "robust"]

STUDY = {"konstantopoulos2011": "district", "assink2016": "study", "bangertdrowns2004": "id"}


def data(case):
    """Return effects, sampling (co)variance, studies and moderators of a case."""
    return _data(case["id"])


@cache
def _data(identity):
    case = next(case for case in DEPENDENT if case["id"] == identity)
    rows = table(case["csv"])
    y, v = (np.array([float(row[name]) for row in rows]) for name in ("yi", "vi"))
    study = [row[STUDY[case["dataset"]]] for row in rows]
    rho = re.search(r"rho=([\d.]+)", case["model"])
    if rho:
        v = constant_correlation(v, study, float(rho[1]))
    return y, v, study, moderators(case, rows)


def moderators(case, rows):
    """Return the columns beside the intercept, or None."""
    if "deltype" in case["model"]:
        kinds = [row["deltype"] for row in rows]
        return np.array([[kind == "general", kind == "overt"] for kind in kinds], dtype=float)
    return [float(row["year"]) for row in rows] if "~ year" in case["model"] else None
