"""The table of printed results under ``results/<review>/``: one field a column."""

from dataclasses import dataclass

from liftproof.columns import column
from liftproof.reviews.model.printed_pool import KINDS


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintRow:
    """A row of ``prints.csv``: one result that a review printed; nothing is computed beside it."""

    review: str = column("review", required=True)
    target: str = column("key of the printed result", required=True)
    label: str = column("the review that printed it", required=True)
    year: int = column("year of publication", kind="count", required=True)
    topic: str = column("what was trained", required=True)
    population: str = column("of whom")
    outcome: str = column("what was counted or measured", required=True)
    measure: str = column("effect measure", required=True)
    estimate: float | None = column("printed estimate, natural scale", kind="number")
    ci_low: float | None = column("its printed lower 95 % limit", kind="number")
    ci_high: float | None = column("its printed upper 95 % limit", kind="number")
    printed: str = column("the three as they are printed")
    studies: int | None = column("trials pooled", kind="count")
    participants: int | None = column("participants of those trials", kind="count")
    source: str = column("publication and the place in it")
    doi: str = column("its DOI")
    kind: str = column("how the print is known", allowed=KINDS)
    see: str = column("review/target that holds the print, with its verdict")
    note: str = column("remark for readers")
