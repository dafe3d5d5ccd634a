"""Published multilevel analyses of training, from the tables printed with them, and ours.

Inputs are effects and limits as printed, with two decimals, also where means stand beside them.
What that rounding leaves open is found by moving the inputs to its ends: all effects, those of one
level, or all limits.
"""

from dataclasses import dataclass
from functools import cache
from itertools import groupby

import numpy as np

import liftproof as lp
from liftproof.statistics.distributions import critical_value
from support.metafor_cases import table

HALF = 0.005
"""Half a unit of the last decimal of the effects and limits."""
ROUNDED = 1e-9
"""A number this close to the middle between two roundings is either."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """``source`` and ``test``, z or t, of the analyses that a paper prints."""

    source: str
    test: str
    analyses: tuple[str, ...]


PAPERS = {
    "weakley2023": Paper(
        source="Weakley J, and others. Sports Med 2023;53:1789-1803, "
        "doi 10.1007/s40279-023-01877-2",
        test="t",
        analyses=("velocity", "jump", "sprint"),
    ),
    "refalo2023": Paper(
        source="Refalo MC, and others. Sports Med 2023;53:649-665, doi 10.1007/s40279-022-01784-y",
        test="z",
        analyses=("failure", "velocity_loss"),
    ),
}
UPPER = ("bench press", "bench throw")
LOW_LOADS = ("30 % of 1RM", "40 % of 1RM", "40 kg")
"""At most half of 1RM; 40 kg is among them, or Table 3 would count otherwise."""
FACTORS = {
    "feedback": lambda row: row["feedback"],
    "load": lambda row: row["load"] if "theme" in row else _load(row),
    "region": lambda row: "upper" if row["exercise"] in UPPER else "lower",
    "measure": lambda row: row["measure"],
    "sets": lambda row: "single" if row["sets"] == "1" else "multiple",
    "volume": lambda row: row["volume"],
}
"""By name, the level of a row."""


def _load(row):
    return "low" if row["load"] in LOW_LOADS else "high"


def paper_of(analysis):
    """Return the name of the paper that prints an analysis."""
    return next(name for name, paper in PAPERS.items() if analysis in paper.analyses)


def rows_of(analysis):
    """Return the rows of the printed table."""
    return table(f"data/{paper_of(analysis)}_{analysis}.csv")


def printed(analysis=None):
    """Return the printed results, of one analysis or of all."""
    rows = table("published_training.csv")
    return [row for row in rows if analysis in (None, row["analysis"])]


def groups():
    """Yield analysis, group and their printed rows, in the order of the list."""
    for (analysis, group), rows in groupby(printed(), lambda row: (row["analysis"], row["group"])):
        yield analysis, group, list(rows)


def inputs(rows):
    """Return effects, half the widths of their intervals, and studies."""
    y, low, high = (
        np.array([float(row[name]) for row in rows]) for name in ("estimate", "ci_low", "ci_high")
    )
    return y, (high - low) / 2, [row["study"] for row in rows]


def computed(analysis, group):
    """Return what we compute of a group, and the least and most that the rounding allows."""
    factor, level = _named(group)
    found = [
        _of_all(fit, v) if names is None else _of_level(fit, names, level)
        for fit, v, names in fits(analysis, factor, level if factor == "theme" else None)
    ]
    spans = {name: [each[name] for each in found] for name in found[0]}
    return found[0], {name: (min(span), max(span)) for name, span in spans.items()}


@cache
def fits(analysis, factor, theme):
    """Return the fit, the variances and the levels, at the inputs and at each end of rounding."""
    rows = [row for row in rows_of(analysis) if theme in (None, row.get("theme"))]
    test = PAPERS[paper_of(analysis)].test
    y, half, study = inputs(rows)
    levels = None if factor in (None, "theme") else [FACTORS[factor](row) for row in rows]
    x = None if levels is None else lp.design("~ 0 + level", {"level": levels})
    found = []
    for move, widen in _ends(len(rows), levels):
        v = ((half + widen) / critical_value(0.95)) ** 2
        fit = lp.three_level(y + move, v, study, x, intercept=x is None, test=test)
        found.append((fit, v, x and x.names))
    return found


def _named(group):
    """Return factor and level of the name of a group."""
    if group.startswith("theme "):
        return "theme", group.removeprefix("theme ")
    factor, _, level = group.partition(": ")
    return factor or None, level or None


def _ends(k, levels):
    """Yield how far effects and half widths are moved: nothing, then to the ends of rounding."""
    nothing = np.zeros(k)
    yield nothing, 0.0
    first = nothing if levels is None else np.array([one == min(levels) for one in levels])
    for sign in (-1, 1):
        yield nothing + sign * HALF, 0.0
        yield nothing, sign * HALF
        if levels is not None:
            yield sign * HALF * (2 * first - 1), 0.0


def _of_level(fit, names, level):
    if level is None:
        return {"p_difference": float(lp.hypotheses(fit, [1, -1]).p_value[0])}
    return _coefficient(fit, names.index(f"level[{level}]"))


def _of_all(fit, v):
    w = 1 / v
    typical = (w.size - 1) * w.sum() / (w.sum() ** 2 - (w**2).sum())
    total = fit.sigma2_study + fit.sigma2_effect + typical
    shares = {
        "i2_effect": fit.sigma2_effect,
        "i2_study": fit.sigma2_study,
        "i2_total": fit.sigma2_effect + fit.sigma2_study,
    }
    return {
        **_coefficient(fit, 0),
        **{name: float(100 * share / total) for name, share in shares.items()},
        "q": float(fit.q),
        "q_p": float(fit.q_p),
    }


def _coefficient(fit, i):
    estimate, se = float(fit.coefficients[i]), float(fit.se[i])
    spread = critical_value(0.95, fit.df) * np.sqrt(se**2 + fit.sigma2_study + fit.sigma2_effect)
    return {
        "estimate": estimate,
        "ci_low": float(fit.ci_low[i]),
        "ci_high": float(fit.ci_high[i]),
        "pi_low": float(estimate - spread),
        "pi_high": float(estimate + spread),
        "se": se,
        "p": float(fit.p_value[i]),
    }


def verdict(row, ours, span):
    """Return whether a number is as printed, within what rounding allows, or differs."""
    unit = 10.0 ** -len(row["printed"].partition(".")[2])
    there, half = float(row["printed"]), unit / 2 + ROUNDED
    if abs(ours - there) <= half:
        return "as printed"
    low, high = span
    return "within rounding" if low - half <= there <= high + half else "differs"
