"""Tables for ``liftproof audit``: of a shipped review's analysis, and of the BCG trials."""

import csv
from pathlib import Path

import numpy as np

from liftproof.columns import columns
from liftproof.reviews.model.audited_line import PRINTS, AuditedLine
from liftproof.reviews.model.choice import chosen
from liftproof.reviews.model.effect_sources import GROUPS, source_of
from liftproof.statistics.effects.counts import risk_ratio
from liftproof.statistics.pooling import pool

HERE = Path(__file__).parent
NAMES = [item.name for item in columns(AuditedLine)]


def written(path, rows):
    """Write rows, dictionaries by column, as a table and return its path."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, NAMES)
        writer.writeheader()
        writer.writerows(rows)
    return path


def of_analysis(review, analysis, target):
    """Return the trials that an analysis pools, and the prints of a target, as rows of a plot."""
    with (review.folder / "outcomes.csv").open(encoding="utf-8") as stream:
        cells = dict(enumerate(csv.DictReader(stream), 2))
    rows = []
    for study, outcome in chosen(analysis, review.studies, review.outcomes):
        source = source_of(outcome, analysis.measure)
        names = {*GROUPS["counts"], *GROUPS[source], "ci_level", "design_effect", "measure"}
        row = {name: cells[outcome.line].get(name, "") for name in names}
        pooled_from = "estimate" if source == "reported" else source
        rows.append({"label": study.label, "pooled_from": pooled_from, **row})
    prints = {
        row.quantity: row.printed
        for row in review.published
        if row.target == target and row.quantity in PRINTS
    }
    methods = {"tau2_method": analysis.tau2, "interval": analysis.interval}
    pooled = {"kind": "pool", "label": target, "measure": analysis.measure, **methods, **prints}
    return [*rows, pooled]


def bcg():
    """Return the 13 trials of BCG against tuberculosis as a paper would print them, by DL.

    Counts: tests/reference/data/bcg.csv (Colditz 1994 in metadat); all else follows from them.
    """
    with (HERE.parent / "reference" / "data" / "bcg.csv").open(encoding="utf-8") as stream:
        trials = list(csv.DictReader(stream))
    a, b, c, d = (
        np.array([int(row[name]) for row in trials]) for name in ("tpos", "tneg", "cpos", "cneg")
    )
    arms = dict(
        zip(
            ("events_intervention", "n_intervention", "events_control", "n_control"),
            (a, a + b, c, c + d),
            strict=True,
        )
    )
    effect = risk_ratio(*arms.values())
    pooled = pool(effect.y, effect.v, tau2="DL", interval="wald")
    rows = []
    for place, row in enumerate(trials):
        half = 1.959964 * effect.v[place] ** 0.5
        rows.append(
            {
                "label": f"{row['author']} {row['year']}",
                **{name: str(values[place]) for name, values in arms.items()},
                **_effect(effect.y[place], effect.y[place] - half, effect.y[place] + half),
                "weight": f"{pooled.weights[place]:.1f}",
            }
        )
    total = {
        "kind": "pool",
        "label": "All trials",
        **{name: str(values.sum()) for name, values in arms.items()},
        **_effect(pooled.estimate, pooled.ci_low, pooled.ci_high),
        "measure": "RR",
        "tau2": f"{float(pooled.tau2):.2f}",
        "i2": f"{float(pooled.i2_q):.0f}",
        "q": f"{float(pooled.q):.2f}",
        "p": "<0.001",
        "k": str(len(trials)),
        "participants": str((a + b + c + d).sum()),
        "events": str((a + c).sum()),
    }
    return [*rows, total]


def planted():
    """Return the same with five errors: docs/bcg_plot.csv holds them.

    A wrong weight, limits exchanged, a point misplaced, two digits of a total exchanged, a trial
    twice.
    """
    rows = bcg()
    rows[4]["weight"] = "9.8"
    rows[5]["ci_low"], rows[5]["ci_high"] = rows[5]["ci_high"], rows[5]["ci_low"]
    rows[10]["estimate"] = "7.1"
    rows[-1]["n_intervention"] = "191604"
    return [*rows[:13], {**rows[1], "label": "Simes 1949"}, rows[13]]


def _effect(y, low, high):
    ends = zip(("estimate", "ci_low", "ci_high"), (y, low, high), strict=True)
    return {name: f"{float(np.exp(value)):.2f}" for name, value in ends}
