"""The key ``totals`` of ``review.yaml``: trials that are counted together and not pooled."""

from collections.abc import Mapping
from dataclasses import dataclass

from liftproof.reviews.model.keys import IdKind, key
from liftproof.reviews.model.row_selection import SELECTION


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialTotal:
    """A selection of results that a review counts as a whole, such as all of its trials.

    Of several extractions of a result the ``primary`` one counts. ``line``: where it stands in the
    file.
    """

    id: str = key(
        "name of the total in published.csv, unique in the review and no name of an analysis",
        IdKind(example="whole"),
        required=True,
        example="whole",
    )
    title: str = key("what it counts, for readers", required=True, example="All trials")
    select: Mapping[str, tuple[str, ...]] = key(
        "which rows are let in: those that have, in each column named, one of its values",
        SELECTION,
        otherwise="all rows",
        example="{category: [strength, balance]}",
    )
    line: int = 0
