"""Write the list of differences and its tables: python tests/support/make_differences.py.

To be run when a reference number or an estimate of ours changes; what it writes is to be read.
"""

import csv
import re

import numpy as np

from support import selection_oracle, small_study_cases, sparse_cases, sparse_oracle
from support.curvature import covariance
from support.differences import LIST, PAGE, is_same, tables
from support.metafor_cases import effects_and_variances

FIELDS = (
    *("case", "data", "fit", "quantity", "theirs", "ours", "checked"),
    *("log_likelihood_there", "log_likelihood_here", "cause"),
)
FARTHER = 1e-2
"""Of the log-likelihood: no search stops this far below its own maximum."""
OF_FIT = ("estimate", "tau2", "sigma2", "delta", "lrt")
"""What a log-likelihood speaks of; the others are about its curvature."""


def row(case, fit, quantity, ours, theirs, **evidence):
    """Return a row of the list."""
    known = {name: "" if value is None else _written(value) for name, value in evidence.items()}
    return {
        "case": case["id"],
        "data": case["csv"].removeprefix("data/").removesuffix(".csv").replace("__", " "),
        "fit": fit,
        "quantity": quantity,
        "theirs": "" if theirs is None else repr(theirs),
        "ours": _written(ours),
        **known,
    }


def _written(value):
    """Return a number of ours to 12 digits: beyond them machines differ."""
    return f"{float(value):.12g}"


def of_selection():
    """Yield the differences of selection models."""
    for case in small_study_cases.of_kind("selmodel"):
        quantities = small_study_cases.selection_quantities(case)
        apart = [each for each in quantities if not is_same(*each[1:])]
        if not apart:
            continue
        found, y, v = small_study_cases.fitted(case), *effects_and_variances(case["csv"])
        y = -y if case["alternative"] == "less" else y
        there = small_study_cases.parameters(case)
        at_there = selection_oracle.log_likelihood(case["type"], y, v, there, case["steps"])
        rise = found.log_likelihood - at_there
        for name, ours, theirs in apart:
            is_fit = name.startswith(OF_FIT) and "se" not in name
            yield row(
                case,
                f"{case['type']}{_steps(case)}, {case['method']}",
                name,
                ours,
                theirs,
                checked=None if is_fit else selection_se(case, y, v)[name],
                log_likelihood_there=at_there if is_fit else None,
                log_likelihood_here=found.log_likelihood if is_fit else None,
            ) | {"cause": _cause_of_selection(found, rise, is_fit, theirs)}


def _steps(case):
    return f" ({', '.join(map(str, case['steps']))})" if case["steps"] else ""


def _cause_of_selection(found, rise, is_fit, theirs):
    if theirs is None:
        return "no Hessian"
    if rise > FARTHER:
        return "local maximum"
    if found.at_boundary:
        return "short of the bound"
    return "stopped early" if is_fit else "noisy Hessian"


def selection_se(case, y, v):
    """Return our standard errors by name, computed the second way."""
    found = small_study_cases.fitted(case)
    here = small_study_cases.parameters(case, found)
    first = 1 if case["type"] == "stepfun" else 0
    se = np.array([found.se, found.tau2_se, *found.delta_se[first:]])
    names = ["se", "tau2_se", *(f"delta_se_{place + 1 + first}" for place in range(len(se) - 2))]
    is_free = np.isfinite(se)

    def function(rows):
        points = np.tile(here, (len(rows), 1))
        points[:, is_free] = rows
        kind, steps = case["type"], case["steps"]
        return np.array(
            [selection_oracle.log_likelihood(kind, y, v, point, steps) for point in points]
        )

    width = 0.05 * se
    width[1] = min(width[1], 0.2 * (here[1] + v.min())) if is_free[1] else width[1]
    by_differences = covariance(function, here[is_free], width[is_free])
    checked = np.sqrt(np.diagonal(by_differences))
    return dict(zip(np.array(names)[is_free].tolist(), map(float, checked), strict=True))


def of_mixed_models():
    """Yield the differences of metafor's mixed models, and of those that meta fits by metafor."""
    for case in sparse_cases.CASES:
        if case["kind"] == "glmm":
            fit = f"{case['model']} {case['measure']}, {case['method']}, {case['test']}"
            quantities, model = sparse_cases.mixed_model_quantities(case), case
        elif case["kind"] == "meta_pkg" and case["method"] == "GLMM":
            fit = f"meta, UM.FS {case['sm']}, ML"
            quantities = sparse_cases.metas_quantities(case)
            names = {"model": "UM.FS", "measure": case["sm"], "method": "ML", "test": "z"}
            model = case | names | {"estimate": case["TE_random"]}
        else:
            continue
        for name, ours, theirs in quantities:
            if is_same(ours, theirs):
                continue
            is_early = model["model"] == "UM.FS" or name in OF_FIT
            there = sparse_oracle.log_likelihood_at(model) if is_early else None
            yield row(
                case,
                fit,
                name,
                ours,
                theirs,
                checked=None if is_early else sparse_oracle.checked(model, name),
                log_likelihood_there=there,
                log_likelihood_here=log_likelihood_here(model) if is_early else None,
            ) | {"cause": "stopped early" if is_early else "noisy Hessian"}


def log_likelihood_here(case):
    """Return the log-likelihood of our fit by maximum likelihood."""
    return sparse_cases.fitted(case).log_likelihood


def of_fail_safe():
    """Yield the differences of fail-safe N."""
    for case in small_study_cases.of_kind("fsn"):
        ours = float(small_study_cases.fail_safe(case).n)
        if ours != case["fsnum"]:
            evidence = dict.fromkeys(("checked", "log_likelihood_there", "log_likelihood_here"))
            fit = f"fsn, {case['type']}"
            yield row(case, fit, "n", ours, case["fsnum"], **evidence) | {"cause": "root search"}


def main():
    """Write both files."""
    found = [*of_selection(), *of_mixed_models(), *of_fail_safe()]
    with LIST.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, FIELDS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(found)
    page = PAGE.read_text(encoding="utf-8")
    start, end = "<!-- the list -->\n", "<!-- its end -->"
    new = re.sub(f"{start}.*{end}", lambda _: f"{start}\n{tables()}\n{end}", page, flags=re.S)
    PAGE.write_text(new, encoding="utf-8")


if __name__ == "__main__":
    main()
