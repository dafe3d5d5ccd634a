"""The tables of the multiverse under ``results/<review>/``, one class a file.

Estimates and limits are on the natural scale (a ratio for ratio measures), shares run from 0 to 1.
"""

from dataclasses import dataclass

from liftproof.columns import column


@dataclass(frozen=True, slots=True, kw_only=True)
class MultiverseRow:
    """A row of ``multiverse.csv``: one printed result, or an analysis, and all its choices."""

    review: str = column("review", required=True)
    target: str = column("key of the printed result; empty where nothing was printed")
    analysis: str = column("analysis that should reproduce it", required=True)
    combinations: int = column("combinations pooled", kind="count", required=True)
    of: float = column("combinations there are", kind="number", required=True)
    sampled: str = column("whether they are a sample", allowed=("yes", "no"))
    seed: int | None = column("seed of the sample; empty where all were pooled", kind="count")
    inputs: int | None = column(
        "different sets of trial effects among them, whatever the method", kind="count"
    )
    minimum: float | None = column("smallest estimate", kind="number")
    p5: float | None = column("5th percentile of the estimates", kind="number")
    p25: float | None = column("25th percentile", kind="number")
    median: float | None = column("median", kind="number")
    p75: float | None = column("75th percentile", kind="number")
    p95: float | None = column("95th percentile", kind="number")
    maximum: float | None = column("largest estimate", kind="number")
    share_estimate: float | None = column(
        "share whose estimate rounds to the printed one", kind="number"
    )
    share_ci_low: float | None = column("share whose lower limit does", kind="number")
    share_ci_high: float | None = column("share whose upper limit does", kind="number")
    share_all: float | None = column(
        "share in which all that is printed of the three rounds", kind="number"
    )
    matches: int | None = column("combinations in which it does", kind="count")
    matching_inputs: int | None = column(
        "different sets of trial effects among those", kind="count"
    )
    share_significant: float | None = column(
        "share whose interval leaves out no effect", kind="number"
    )
    share_other_side: float | None = column(
        "share whose estimate lies on the other side of no effect than the printed one, or than "
        "that of the analysis as settled where none was printed",
        kind="number",
    )
    moves_most: str = column("choice with the largest total share of variance")
    moves_most_share: float | None = column("that share", kind="number")
    nearest: str = column("how the nearest combination departs from the analysis as settled")
    departures: int | None = column("in how many choices it departs", kind="count")
    nearest_rounds: str = column(
        "whether all that is printed of the three rounds there: then it is the match with fewest "
        "departures, else the combination at the smallest distance on the analysis scale; where "
        "a sample was pooled, of those, of all that depart in two choices at most, and of what a "
        "beam search from the analysis as settled and single changes reach",
        allowed=("yes", "no"),
    )
    nearest_estimate: float | None = column("its estimate", kind="number")
    nearest_ci_low: float | None = column("its lower limit", kind="number")
    nearest_ci_high: float | None = column("its upper limit", kind="number")
    primary_estimate: float | None = column("estimate of the analysis as settled", kind="number")
    primary_ci_low: float | None = column("its lower limit", kind="number")
    primary_ci_high: float | None = column("its upper limit", kind="number")
    printed_estimate: float | None = column("printed estimate", kind="number")
    printed_ci_low: float | None = column("printed lower limit", kind="number")
    printed_ci_high: float | None = column("printed upper limit", kind="number")
    printed: str = column("the three to the digits printed; a reduction as a ratio")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceRow:
    """A row of ``multiverse_choices.csv``: one option of one choice."""

    review: str = column("review", required=True)
    analysis: str = column("analysis", required=True)
    choice: str = column("trial, or a choice that holds for all trials", required=True)
    kind: str = column(
        "what is chosen",
        allowed=(
            *("trial", "measure", "clustering", "zero_cells", "smd", "other_measures"),
            *("tau2", "model", "interval"),
        ),
    )
    option: str = column("option", required=True)
    settled: str = column("whether the analysis as settled uses it", allowed=("yes", "no"))
    combinations: int | None = column("combinations with this option", kind="count")
    minimum: float | None = column("smallest estimate with it", kind="number")
    mean: float | None = column("mean on the analysis scale, shown as an estimate", kind="number")
    maximum: float | None = column("largest estimate with it", kind="number")
    first_order: float | None = column(
        "share of the variance of the estimate (analysis scale) that the choice explains alone",
        kind="number",
    )
    total: float | None = column(
        "share that it explains alone and together with others", kind="number"
    )
    method: str = column(
        "how the shares were found", allowed=("Sobol, all combinations", "Sobol, sample")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CurveRow:
    """A row of ``multiverse_curve.csv``: one combination of the specification curve, thinned."""

    review: str = column("review", required=True)
    analysis: str = column("analysis", required=True)
    rank: float | None = column("share of combinations with a smaller estimate", kind="number")
    estimate: float | None = column("estimate", kind="number")
    ci_low: float | None = column("lower limit", kind="number")
    ci_high: float | None = column("upper limit", kind="number")
    options: str = column(
        "its option in each choice, counted from 0 in the order of multiverse_choices.csv, between "
        "vertical bars"
    )
    primary: str = column("whether it is the analysis as settled", allowed=("yes", "no"))
