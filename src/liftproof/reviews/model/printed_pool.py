"""A row of ``prints.csv``: what another review printed, beside which nothing is computed."""

from dataclasses import dataclass

from liftproof.columns import column
from liftproof.vocabulary.measures import MEASURES

KINDS = ("primary_fulltext", "primary_abstract", "secondary", "unverified")
"""How a print can be known; nobody printed what was computed from it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedPool:
    """One pooled result in print, its numbers as printed.

    With ``see`` the numbers, their place and kind are those of another review's ``published.csv``,
    and stand empty here.
    """

    target: str = column("key of the printed result", kind="key", required=True)
    label: str = column("the review that printed it, for readers", required=True)
    year: int = column("year of publication", kind="count", required=True)
    topic: str = column("what was trained, by which the figure groups", required=True)
    population: str = column("of whom")
    outcome: str = column("what was counted or measured", required=True)
    measure: str = column("effect measure", required=True, allowed=tuple(MEASURES))
    estimate: str = column("pooled estimate, as printed")
    ci_low: str = column("its lower 95 % limit, as printed")
    ci_high: str = column("its upper 95 % limit, as printed")
    studies: int | None = column("trials pooled", kind="count")
    participants: int | None = column("participants of those trials", kind="count")
    source: str = column("publication")
    doi: str = column("its DOI, without https://doi.org/")
    location: str = column("place in the publication")
    kind: str = column("how the print is known", allowed=KINDS)
    see: str = column("review/target that holds the same print, with its verdict")
    note: str = column("remark for readers")
    line: int = 0
