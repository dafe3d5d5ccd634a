"""Which names of the vocabulary have numbers of other software in tests/reference."""

import json

from liftproof.vocabulary.choices import ALIASES
from liftproof.vocabulary.intervals import TESTS
from support.metafor_cases import EFFECTS, POOLED, REFERENCE

META_KINDS = {
    "classic": "wald",
    "HK": "hksj",
    "HK-se": "hksj_adhoc",
    "HK-ci": "hksj_hybrid",
    "HK-IQWiG6": "hksj_iqwig",
    "KR": "kr",
}
"""By what meta calls them, intervals."""
PIMETA_KINDS = {
    "HTS": ("wald", "HTS"),
    "HK": ("hksj_adhoc", "riley"),
    "SJ": ("wald", "SJ"),
    "KR": ("kr", "KR-PR"),
    "CL": ("wald", "HTS"),
}
"""By what pimeta calls them, interval and prediction."""
METAFOR_PREDICTIONS = {"pi": "metafor", "pi_riley": "riley", "pi_t": "t", "pi_simple": "simple"}
"""By the beginning of a field of pool.json."""
METAFOR_INTERVALS = {test: interval for interval, test in TESTS.items()}


def cases(name):
    """Return what a file of tests/reference holds."""
    return json.loads((REFERENCE / f"{name}.json").read_text(encoding="utf-8"))


def meta_interval(case):
    """Return the interval of a case of meta."""
    adhoc, method = case["adhoc"][0], case["method_random_ci"][0]
    return META_KINDS[f"{method}-{adhoc}" if method == "HK" and adhoc else method]


def estimators():
    """Return the estimators of τ² that metafor's numbers are known of."""
    own = ALIASES["tau2"]
    given = {case["method"] for case in cases("generalised_q")}
    return {own.get(case["method"], case["method"]) for case in POOLED} | given


def intervals():
    """Return the intervals that metafor's or meta's numbers are known of."""
    meta = {meta_interval(case) for case in meta_cases()}
    return {METAFOR_INTERVALS[case["test"]] for case in POOLED} | meta


def predictions():
    """Return the conventions that metafor's, meta's or pimeta's numbers are known of."""
    known = {field for case in POOLED for field in case}
    metafor = {code for name, code in METAFOR_PREDICTIONS.items() if f"{name}_low" in known}
    meta = {case["method_predict"][0] for case in meta_cases()}
    pimeta = {PIMETA_KINDS[case["method"]][1] for case in pimeta_cases()}
    drawn = {"NNF" for _ in cases("nnf")}
    return metafor | meta | pimeta | drawn


def meta_cases():
    """Return the cases of meta that pool all trials together."""
    found = [case for case in cases("pool_other") if case["kind"] == "meta_pkg"]
    return [case for case in found if "subgroup_levels" not in case]


def pimeta_cases():
    """Return the cases of pimeta whose interval is a formula."""
    found = [case for case in cases("pool_other") if case["kind"] == "pi_pimeta"]
    return [case for case in found if case["method"] != "boot"]


def measures():
    """Return the measures that escalc's numbers are known of."""
    every = (*EFFECTS, *cases("measures"), *cases("further_measures"))
    return {case["measure"] for case in every}


def models():
    """Return the models, each with the measure, that metafor's numbers are known of."""
    found = {(case["method"], case["measure"]) for case in cases("sparse") if case["kind"] == "mh"}
    found |= {("Peto", "OR") for case in cases("sparse") if case["kind"] == "peto"}
    return found | {
        (case["model"], case["measure"]) for case in cases("sparse") if case["kind"] == "glmm"
    }


def smd_formulas():
    """Return the formulas of a standardised difference that numbers are known of."""
    return {case["formula"] for case in cases("smd")}


def change_sds():
    """Return what changes are divided by in cases that numbers are known of."""
    return {case["change_sd"] for case in cases("smd") if "change_sd" in case}
