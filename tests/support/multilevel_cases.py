"""metafor's multilevel fits in tests/reference/multilevel.json, with the same models here."""

import json
from functools import cache

import numpy as np

import liftproof as lp
from support.metafor_cases import REFERENCE, table

CASES = {
    case["id"]: case
    for case in json.loads((REFERENCE / "multilevel.json").read_text(encoding="utf-8"))
}
BY_STEP = 0.97
"""Correlation of the sampling errors of times a step apart, as make_multilevel.R has it."""


def columns(name):
    """Return the columns of a data set, as texts."""
    rows = table(f"data/{name}.csv")
    return {column: [row[column] for row in rows] for column in rows[0]}


SCHOOLS, OUTCOMES, TIMES = (
    columns(name) for name in ("konstantopoulos2011", "berkey1998", "ishak2007")
)


def floats(texts):
    return np.array([float(text) for text in texts])


CLUSTERS = SCHOOLS["district"]
"""What the cases' Cook's distances are of."""


@cache
def fit(name):
    """Return the fit here of a case."""
    if name.startswith("two_outcomes") or name == "fixed":
        return _outcomes(name)
    if name.startswith("times"):
        return _times(name.split("_")[1].upper())
    return _schools(name)


def _schools(name):
    y, v = floats(SCHOOLS["yi"]), floats(SCHOOLS["vi"])
    random = {
        "crossed": ["1 | district/school", "1 | year"],
        "exchangeable": "school | district",
        "kinship": [_kin(), "1 | study"],
    }.get(name, "1 | district/school")
    x = floats(SCHOOLS["year"]) - 1990 if name == "moderator" else None
    method = "ML" if name.endswith("_ml") else "REML"
    return lp.multilevel(y, v, random, x, data=SCHOOLS, method=method)


def _kin():
    districts = [int(label) for label in SCHOOLS["district"]]
    labels = sorted(set(districts))
    apart = np.abs(np.subtract.outer(labels, labels))
    return lp.intercepts(districts, correlation=(labels, np.exp(-apart / 200)))


def _outcomes(name):
    trial = np.array(OUTCOMES["trial"])
    rows = np.column_stack([floats(OUTCOMES["v1i"]), floats(OUTCOMES["v2i"])])
    v = np.zeros((trial.size, trial.size))
    for one in np.unique(trial):
        places = np.flatnonzero(trial == one)
        v[np.ix_(places, places)] = rows[places]
    x = np.column_stack([np.array(OUTCOMES["outcome"]) == one for one in ("AL", "PD")])
    _, _, code, *ml = (*name.split("_"), "", "")[:4]
    return lp.multilevel(
        floats(OUTCOMES["yi"]),
        v,
        "outcome | trial" if code else (),
        x.astype(float),
        data=OUTCOMES,
        structure=code.upper() or "CS",
        intercept=False,
        method="ML" if "ml" in ml else "REML",
    )


def _times(code):
    time, v, study = floats(TIMES["time"]), floats(TIMES["vi"]), np.array(TIMES["study"])
    apart = np.abs(np.subtract.outer(time, time))
    covariance = np.where(study[:, None] == study, BY_STEP**apart * np.sqrt(v[:, None] * v), 0.0)
    x = np.column_stack([time == one for one in np.unique(time)]).astype(float)
    random = lp.within(time, study, code)
    return lp.multilevel(floats(TIMES["yi"]), covariance, random, x, intercept=False)
