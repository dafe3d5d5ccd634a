"""Keys of a review that its analyses have too: what a review says holds for each of them."""

from typing import Any

from liftproof.reviews.model.codes import CHANGE_SD, POOLED_WITH, SMD
from liftproof.reviews.model.keys import ListKind, NumberKind, key

OF_THE_REVIEW = "that of the review"
"""What holds for an analysis that leaves such a key out."""
CORRELATION = NumberKind(
    holds="a correlation between -1 and 1",
    fits=lambda value: -1 < value < 1,
    wrong="not a correlation",
    remedy="write a number between -1 and 1, such as 0.7",
)


def smd_key(otherwise: str) -> Any:
    """Return the key `smd`; ``otherwise``: what holds where it is left out."""
    return key(
        "formula of a standardised mean difference and its variance",
        SMD,
        otherwise=otherwise,
        example="revman",
    )


def change_sd_key(otherwise: str) -> Any:
    """Return the key `change_sd`; ``otherwise``: what holds where it is left out."""
    return key(
        "which standard deviation a difference of changes is divided by, for SMD",
        CHANGE_SD,
        otherwise=otherwise,
        example="before",
    )


def pooled_with_key(otherwise: str) -> Any:
    """Return the key `pooled_with`; ``otherwise``: what holds where it is left out."""
    return key(
        "ratios of another kind that trials' own numbers are taken as, where they give none of the "
        "measure: `IRR` of events and person-time, `RR` of events and participants; figure, "
        "caption and Methods say so",
        ListKind(of=POOLED_WITH),
        default=(),
        otherwise=otherwise,
        example="[IRR]",
    )


def correlation_key(otherwise: str) -> Any:
    """Return the key `pre_post_correlation`; ``otherwise``: what holds where it is left out."""
    return key(
        "correlation of the measurements before and after within a person, for SMD of changes; "
        "`change_sd: change` needs it",
        CORRELATION,
        otherwise=otherwise,
        example="0.7",
    )
