"""The printed numbers in tests/reference/published.json: what each was computed from, and how."""

import json
import re

import numpy as np

from liftproof.analysis.specification import Specification
from liftproof.analysis.trial_data import trials_of
from support.metafor_cases import REFERENCE, table

PUBLISHED = json.loads((REFERENCE / "published.json").read_text(encoding="utf-8"))

CLASP = (
    (5, 5, 12, 69, 9, 313),
    (156, 303, 565, 1570, 103, 4659),
    (8, 17, 9, 94, 11, 352),
    (74, 303, 477, 1565, 105, 4650),
)
"""Table 1 of DerSimonian & Kacker 2007: events and women with aspirin, then without."""

QUANTITIES = {
    "OR": "estimate",
    "OR ci_low": "ci_low",
    "OR ci_high": "ci_high",
    "MD": "estimate",
    "mu": "estimate",
    "log OR": "log_estimate",
    "Q": "q",
    "residual Q": "q",
    "|z|": "z",
    "PI low": "pi_low",
    "PI high": "pi_high",
    "sigma2 district": "tau2_between",
    "sigma2 school": "tau2_within",
    "se slope": "slope_se",
}
"""The quantities whose name is another here."""


def columns(name, *names):
    rows = table(f"data/{name}.csv")
    return [np.array([float(row[column]) for row in rows]) for column in names]


def effects(name, **more):
    y, v = columns(name, "yi", "vi")
    return trials_of(y=y, v=v, **more)


def counts(name, events, n):
    a, n1, c, n2 = (sum(columns(name, *part)) for part in (events[:1], n[0], events[1:], n[1]))
    return trials_of(source="counts", numbers=(a, n1, c, n2))


def _bcg():
    positive, negative = ("tpos", "cpos"), ("tneg", "cneg")
    arms = [(positive[i], negative[i]) for i in (0, 1)]
    return counts("bcg", positive, arms)


def _normand():
    arms = columns("normand1999", "m1i", "sd1i", "n1i", "m2i", "sd2i", "n2i")
    return trials_of(source="means", numbers=arms)


def _teacher_expectancy(model):
    x = np.minimum(columns("raudenbush1985", "weeks")[0], 3) if "~" in model else None
    return effects("raudenbush1985", x=x)


def _schools(model):
    year = columns("konstantopoulos2011", "year")[0]
    districts = [row["district"] for row in table("data/konstantopoulos2011.csv")]
    x = year - year.mean() if "~" in model else None
    return effects("konstantopoulos2011", study=districts, x=x)


def _smoothed(model):
    latitude = columns("bcg_berkey1995_smoothed", "ablat")[0]
    return effects("bcg_berkey1995_smoothed", x=latitude - 33.46 if "~" in model else None)


DATA = {
    "colditz1994": lambda _: effects("colditz1994"),
    "normand1999": lambda _: _normand(),
    "raudenbush1985": _teacher_expectancy,
    "viechtbauer2005_ex1": lambda _: effects("viechtbauer2005_ex1"),
    "collins1985b": lambda _: effects("collins1985b__OR"),
    "clasp_dersimonian2007": lambda _: trials_of(source="counts", numbers=CLASP),
    "lee2004": lambda _: counts("lee2004", ("ai", "ci"), (("n1i",), ("n2i",))),
    "nielweise2007": lambda _: counts("nielweise2007", ("ai", "ci"), (("n1i",), ("n2i",))),
    "konstantopoulos2011": _schools,
    "bcg (smoothed vi)": _smoothed,
    "bcg": lambda _: _bcg(),
}
"""By data set, the trials, with a moderator where the model names one."""

MEASURES = {
    "normand1999": "MD",
    "raudenbush1985": "SMD",
    "viechtbauer2005_ex1": "GEN",
    "konstantopoulos2011": "GEN",
}


def trials(case):
    return DATA[case["dataset"]](case["model"])


def specification(case):
    """Return the choices that the case's model names."""
    model = case["model"]
    code = re.search(r"\b(EE|FE|DL|HE|HS|SJ|REML|ML|EB|PM)\b", model)
    measure = re.search(r"\b(RD|OR|RR)\b", model)
    kind = "IV"
    for text, name in (("three-level", "three-level"), ("CM.EL", "CM.EL"), ("MH", "MH")):
        kind = name if text in model else kind
    return Specification(
        measure=measure[0] if measure else MEASURES.get(case["dataset"], "OR"),
        model=kind,
        tau2={"EE": "FE"}.get(code[0], code[0]) if code else "DL",
        interval="wald",
        prediction="metafor",
        dispersion="pooled" if case["dataset"] == "normand1999" else "",
    )


def quantity(case):
    """Return our name of what is printed; effects of ratios are printed as logarithms if so."""
    text = case["quantity"].partition(" (")[0]
    name = QUANTITIES.get(text, text.replace(" ", "_"))
    is_log = specification(case).measure in ("OR", "RR") and not text.startswith("OR")
    return f"log_{name}" if is_log and name in ("estimate", "ci_low", "ci_high") else name


def others(case):
    """Return what is printed in the same place of the same fit, by quantity."""
    place = ("source", "page", "dataset")
    return {
        quantity(other): other["printed"]
        for other in PUBLISHED
        if other is not case
        and [other[key] for key in place] == [case[key] for key in place]
        and other["model"].split(",")[0] == case["model"].split(",")[0]
    }
