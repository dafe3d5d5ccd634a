"""Reading the tables of a review and pooling them in plain arithmetic, apart from the package.

The data are checked against what the papers print. A slip in the package's own statistics must
not hide a slip in the data, so nothing of them is used here.
"""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp, log, sqrt
from pathlib import Path

from scipy.special import chdtrc

Row = dict[str, str]
Effect = tuple[float, float]

REVIEWS = Path(__file__).parents[2] / "data" / "reviews"
Z = 1.959963984540054
"""Standard normal quantile at 0.975."""

STUDY_NUMBERS = (
    *("clusters_intervention", "clusters_control", "icc", "design_effect", "follow_up_weeks"),
    *("sessions_per_week", "weeks", "sessions_total", "sets_per_session", "reps_per_set"),
    *("reps_total", "intensity_percent_1rm", "compliance_percent", "participants_randomised"),
    *("clusters_randomised", "clusters_total", "follow_up_months", "session_minutes"),
)
OUTCOME_NUMBERS = (
    *("events_intervention", "n_intervention", "events_control", "n_control"),
    *("person_time_intervention", "person_time_control"),
    *("estimate", "ci_low", "ci_high", "p_value", "design_effect"),
)
COUNTS = OUTCOME_NUMBERS[:4]
Cell = tuple[str, str, str, str, str]
"""Study, field, outcome, variant, arm; the last three are empty for studies.csv."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """A DerSimonian-Laird pool of ratios with Wald limits, natural scale; ``i2`` in percent."""

    estimate: float
    low: float
    high: float
    q: float
    i2: float
    q_p: float

    @property
    def shown(self) -> str:
        """The pool as papers print it: 0.338 (0.238-0.480)."""
        return f"{self.estimate:.3f} ({self.low:.3f}-{self.high:.3f})"


def read(review: str, table: str) -> list[Row]:
    """Return the rows of a table; plain UTF-8, no byte order mark."""
    with (REVIEWS / review / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, strict=True))


def find(rows: Iterable[Row], study: str, variant: str = "primary", outcome: str = "") -> Row:
    """Return the one row of a trial's outcome and variant."""
    (row,) = (
        row
        for row in rows
        if row["study"] == study and row["variant"] == variant and outcome in ("", row["outcome"])
    )
    return row


def risk_ratio(row: Row, inflation: float = 1.0) -> Effect:
    """Return log risk ratio and variance from counts, inflated by a design effect."""
    a, n, c, m = (float(row[name]) for name in COUNTS)
    factor = float(row["design_effect"] or 1) * inflation
    return log(a / n / (c / m)), factor * (1 / a - 1 / n + 1 / c - 1 / m)


def reported(row: Row) -> Effect:
    """Return log ratio and variance from a reported estimate with 95 % limits."""
    estimate, low, high = (float(row[name]) for name in ("estimate", "ci_low", "ci_high"))
    return log(estimate), (log(high / low) / (2 * Z)) ** 2


def rate_ratio(row: Row) -> Effect:
    """Return log rate ratio and variance from events and person-time."""
    a, c = float(row["events_intervention"]), float(row["events_control"])
    times = float(row["person_time_intervention"]) / float(row["person_time_control"])
    return log(a / c / times), 1 / a + 1 / c


def effect(row: Row) -> Effect:
    """Return the reported effect where the row has one, else that of its rates or counts."""
    if row["estimate"]:
        return reported(row)
    return rate_ratio(row) if row["person_time_control"] else risk_ratio(row)


def pool(effects: Sequence[Effect]) -> Pool:
    """Pool by DerSimonian and Laird (1986), tau² floored at zero."""
    fixed, weights = _mean(effects, 0.0)
    q = sum(w * (y - fixed) ** 2 for w, (y, _) in zip(weights, effects, strict=True))
    df = len(effects) - 1
    total = sum(weights)
    tau2 = max(0.0, (q - df) / (total - sum(w * w for w in weights) / total))
    mean, weights = _mean(effects, tau2)
    half = Z / sqrt(sum(weights))
    return Pool(
        estimate=exp(mean),
        low=exp(mean - half),
        high=exp(mean + half),
        q=q,
        i2=max(0.0, 100 * (q - df) / q),
        q_p=float(chdtrc(df, q)),
    )


def _mean(effects: Sequence[Effect], tau2: float) -> tuple[float, list[float]]:
    weights = [1 / (v + tau2) for _, v in effects]
    weighted = sum(w * y for w, (y, _) in zip(weights, effects, strict=True))
    return weighted / sum(weights), weights


def numbers(review: str) -> dict[Cell, str]:
    """Return every filled numeric cell of a review's two tables."""
    cells = {
        (row["study"], name, "", "", ""): row[name]
        for row in read(review, "studies")
        for name in STUDY_NUMBERS
        if row.get(name)
    }
    cells |= {
        (row["study"], name, row["outcome"], row["variant"], row["arm"]): row[name]
        for row in read(review, "outcomes")
        for name in OUTCOME_NUMBERS
        if row[name]
    }
    return cells


def provenance(review: str) -> dict[Cell, Row]:
    """Return the provenance row of each number; a number with two of them is an error."""
    rows = [row for row in read(review, "provenance") if row["field"] in _ALL_NUMBERS]
    by_cell = {
        (row["study"], row["field"], row["outcome"], row["variant"], row.get("arm", "")): row
        for row in rows
    }
    assert len(by_cell) == len(rows)
    return by_cell


def texts_under_data() -> dict[Path, str]:
    """Return the text of every file below data/."""
    files = [path for path in REVIEWS.parent.rglob("*") if path.is_file()]
    return {path: path.read_bytes().decode("utf-8") for path in files}


_ALL_NUMBERS = frozenset((*STUDY_NUMBERS, *OUTCOME_NUMBERS))
