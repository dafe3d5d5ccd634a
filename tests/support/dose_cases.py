"""dosresmeta's fits in tests/reference/dose.json, with the arms of dose_arms.json."""

import json
from functools import cache

import numpy as np

from liftproof.statistics.dose import (
    LINEAR,
    QUADRATIC,
    dose_contrasts,
    dose_response,
    log_ratio_contrasts,
    mean_contrasts,
    spline,
)
from liftproof.statistics.dose.pseudo_counts import PseudoCounts, log_ratio_covariance
from support.metafor_cases import REFERENCE

CASES = json.loads((REFERENCE / "dose.json").read_text(encoding="utf-8"))
ARMS = json.loads((REFERENCE / "dose_arms.json").read_text(encoding="utf-8"))

COVARIANCES = [case for case in CASES if case["kind"] == "dose_cov"]
FITS = [case for case in CASES if case["kind"] in ("dose_response", "dose_response_spline")]
FAILURES = [case for case in CASES if case["kind"] == "failure"]

METHODS = {"fixed": "FE", "mm": "DL", "ml": "ML", "reml": "REML"}
NORMAL_975 = 1.959963984540054


@cache
def arms(dataset):
    """Return the columns of a data set as arrays; log ratios and errors where ratios are held."""
    held = ARMS[dataset]
    columns = {
        name: np.array([row[place] for row in held["arms"]])
        for place, name in enumerate(held["columns"])
    }
    if "ratio" in columns:
        columns["log_ratio"] = np.log(columns["ratio"])
        columns["se"] = np.log(columns["ci_high"] / columns["ci_low"]) / (2 * NORMAL_975)
    return columns


@cache
def contrasts_of(dataset, approximation="GL"):
    """Return the contrasts of a data set."""
    held = arms(dataset)
    if "mean" in held:
        return mean_contrasts(*(held[name] for name in ("study", "dose", "mean", "sd", "n")))
    names = ("study", "dose", "log_ratio", "se", "cases", "n", "design")
    return log_ratio_contrasts(*(held[name] for name in names), approximation=approximation)


def form_of(case):
    """Return the form of curve that a case was fitted with."""
    if "knots" in case:
        return spline(case["knots"])
    return QUADRATIC if "I(dose^2)" in case["call"] else LINEAR


def approximation_of(case):
    """Return how a case's covariances were approximated."""
    if 'covariance="h"' in case["call"]:
        return "H"
    return "independent" if "indep" in case["call"] else "GL"


def fit_of(case):
    """Return our fit of a case, with the counts where dosresmeta stops looking for them."""
    approximation = approximation_of(case)
    if approximation == "GL" and case["dataset"] != "ari":
        data = stopped_contrasts(case["dataset"])
    else:
        data = contrasts_of(case["dataset"], approximation)
    stages = int(case["proc"][0])
    return dose_response(data, form_of(case), method=METHODS[case["method"]], stages=stages)


def log_likelihood_of(case):
    """Return a case's log-likelihood, from its AIC where that alone is held; None for moments."""
    if case.get("AIC") is None:
        return None
    p = form_of(case).size
    free = p + (0 if case["method"] == "fixed" else p * (p + 1) // 2)
    return free - case["AIC"] / 2


def stopped_counts(y, cases, n, design):
    """Return Greenland and Longnecker's cases of one trial as dosresmeta stops looking for them.

    Newton's steps from the printed cases, until all of them together move by 1e-5 squared.
    """
    found = cases.astype(float)
    while True:
        rest = n if design == "ir" else n - found
        crude = 1 / found if design == "ir" else 1 / found + 1 / rest
        reference = cases.sum() - found[1:].sum()
        below = n[0] if design == "ir" else n[0] - reference
        gap = y[1:] + np.log(reference) + np.log(rest[1:]) - np.log(found[1:]) - np.log(below)
        step = np.linalg.solve(crude[0] + np.diag(crude[1:]), gap)
        found = np.append(reference, found[1:] + step)
        if (step**2).sum() < 1e-5:
            return found


@cache
def stopped_contrasts(dataset):
    """Return the contrasts of a data set with dosresmeta's counts; reference arms come first."""
    held = arms(dataset)
    data = contrasts_of(dataset)
    covariance = data.covariance.copy()
    for study in dict.fromkeys(held["study"]):
        of = held["study"] == study
        y, se, n, design = (held[name][of] for name in ("log_ratio", "se", "n", "design"))
        cases = stopped_counts(y, held["cases"][of], n, design[0])
        counts = PseudoCounts(design=str(design[0]), cases=cases, n=n)
        places = np.flatnonzero(data.study == study)
        covariance[np.ix_(places, places)] = log_ratio_covariance(counts, se[1:] ** 2)
    return dose_contrasts(data.study, data.dose, data.reference_dose, data.y, covariance)
