"""Reference numbers of metafor, meta and metasens for small-study effects, with their data."""

import json
from functools import cache

import numpy as np

from liftproof.statistics.effects.counts import odds_ratio
from liftproof.statistics.small_study import fail_safe as fail_safe_numbers
from liftproof.statistics.small_study.selection.fit import selection_model
from support.metafor_cases import REFERENCE, effects_and_variances, table

CASES = json.loads((REFERENCE / "small_study.json").read_text(encoding="utf-8"))

PARTICIPANTS = {
    "bcg": ("tpos", "tneg", "cpos", "cneg"),
    "li2007": ("n1i", "n2i"),
    "raudenbush1985": ("n1i", "n2i"),
    "bangertdrowns2004": ("ni",),
}
ARMS = {
    "li2007": ("ai", "n1i", "ci", "n2i"),
    "nielweise2007": ("ai", "n1i", "ci", "n2i"),
    "collins1985b": ("pre.xti", "pre.nti", "pre.xci", "pre.nci"),
}


def of_kind(kind):
    """Return the cases of a kind."""
    return [case for case in CASES if case["kind"] == kind]


def case_id(case):
    """Return what pytest prints for a case."""
    return case["id"]


def our_tau2(case):
    """Return our name of the case's τ² method."""
    return {"EE": "FE"}.get(case["method"], case["method"])


def columns(name, *wanted):
    """Return columns of a data set as arrays."""
    rows = table(name)
    return [np.array([float(row[column]) for row in rows]) for column in wanted]


def participants(dataset):
    """Return the sample sizes of a data set; None where it has none."""
    wanted = PARTICIPANTS.get(dataset)
    return sum(columns(f"data/{dataset}.csv", *wanted)) if wanted else None


def counts(dataset):
    """Return events and participants of both arms, without trials silent about ratios."""
    if dataset == "bcg":
        a, b, c, d = columns("data/bcg.csv", "tpos", "tneg", "cpos", "cneg")
        arms = a, a + b, c, c + d
    else:
        arms = columns(f"data/{dataset}.csv", *ARMS[dataset])
    events, n = arms[0] + arms[2], arms[1] + arms[3]
    return [values[(events > 0) & (events < n)] for values in arms]


def metas_effects(dataset):
    """Return the effects and variances that meta's tests were made with."""
    if dataset == "normand1999":
        (case,) = of_kind("meta_pkg")
        return np.array(case["study_TE"]), np.array(case["study_se"]) ** 2
    effect = odds_ratio(*counts(dataset))
    return effect.y, effect.v


def numbers(value):
    """Return a list of numbers from what R wrote as a list, one number or nothing."""
    if value is None:
        return []
    return [value] if isinstance(value, int | float) else value


def fitted(case):
    """Return our fit of a selection model."""
    return _fitted(case["id"])


@cache
def _fitted(name):
    case = next(case for case in CASES if case["id"] == name)
    y, v = effects_and_variances(case["csv"])
    return selection_model(
        y,
        v,
        kind=case["type"],
        alternative=case["alternative"],
        steps=case["steps"],
        delta=case["delta_fixed"],
        tau2=our_tau2(case),
    )


def selection_quantities(case):
    """Return (name, ours, metafor's) of all that a selection model estimates; None for none."""
    found = fitted(case)
    values = [
        ("estimate", found.estimate, case["estimate"]),
        ("se", found.se, case["se"]),
        ("tau2", found.tau2, case["tau2"]),
        ("lrt", found.lrt, case["LRT"]),
    ]
    for name, ours, theirs in (
        ("delta", found.delta, numbers(case["delta"])),
        ("delta_se", found.delta_se, numbers(case["se_delta"])),
    ):
        pairs = enumerate(zip(ours, theirs, strict=True), 1)
        values += [(f"{name}_{place}", float(one), other) for place, (one, other) in pairs]
    return values


def parameters(case, found=None):
    """Return (μ, τ², δ) of our fit, or metafor's, selection being of large effects."""
    sign = -1.0 if case["alternative"] == "less" else 1.0
    first = 1 if case["type"] == "stepfun" else 0
    if found is None:
        return np.array([sign * case["estimate"], case["tau2"], *numbers(case["delta"])[first:]])
    return np.array([sign * found.estimate, found.tau2, *found.delta[first:]])


FAIL_SAFE = {
    "Rosenthal": fail_safe_numbers.rosenthal,
    "Orwin": fail_safe_numbers.orwin,
    "Rosenberg": fail_safe_numbers.rosenberg,
    "General": fail_safe_numbers.general,
}


def fail_safe(case):
    """Return our fail-safe N of a case."""
    return FAIL_SAFE[case["type"]](*effects_and_variances(case["csv"]))
