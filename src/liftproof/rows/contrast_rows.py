"""The table of contrasts under ``results/<review>/``: whether estimates differ."""

from dataclasses import dataclass

from liftproof.columns import column

SUBGROUPS, ANALYSES, PRINTED = COMPARED = ("subgroups", "analyses", "printed")
"""Subgroups of one analysis; analyses of the review; estimates that the review printed."""

ALL, PAIR = TESTS = ("all", "pair")
"""All estimates at once, χ²; two of them, z."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContrastRow:
    """A row of ``contrasts.csv``: one test whether estimates differ, each with its own tau²."""

    review: str = column("review", required=True)
    contrast: str = column(
        "key of the contrast; of subgroups, the analysis that has them", required=True
    )
    title: str = column("its title, or that of the analysis", required=True)
    compared: str = column("what is compared", required=True, allowed=COMPARED)
    test: str = column(
        "all estimates at once, by Q, or a pair of them",
        required=True,
        allowed=TESTS,
    )
    first: str = column("of a pair: the estimate that is divided, or subtracted from")
    second: str = column("of a pair: the estimate that it is compared with")
    measure: str = column("measure of the first estimate", required=True)
    estimates: int = column("number of estimates that are compared", kind="count", required=True)
    k: int | None = column("number of effects behind them; empty for printed ones", kind="count")
    estimate: float | None = column(
        "of a pair: first over second for ratios, else first minus second", kind="number"
    )
    ci_low: float | None = column("its lower limit at the review's level", kind="number")
    ci_high: float | None = column("its upper limit at the review's level", kind="number")
    statistic: float | None = column("χ² of all, z of a pair", kind="number")
    df: int | None = column("degrees of freedom of χ²", kind="count")
    p_value: float | None = column("p value of no difference", kind="number")
    holm_p: float | None = column(
        "of a pair: the p value adjusted by Holm for all pairs of the contrast", kind="number"
    )
    unverified: str = column(
        "whether an estimate rests on an unverified number", allowed=("yes", "no")
    )
    reconstructed: str = column(
        "whether an estimate rests on a reconstructed one", allowed=("yes", "no")
    )
    note: str = column(
        "which estimates do not enter, why nothing is tested, or what the test does not allow for"
    )
