"""A caution that goes with the verdicts: an entry below ``cautions`` of ``data/claims.yaml``."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from liftproof.reviews.model.keys import IdKind, MappingKind, PartsKind, key

PLACE = re.compile(r"\{(\w*)\}")
"""Where the text of a caution takes a number, by its name."""
OF_RESULT = PartsKind(
    holds="review/trial/outcome/column",
    separator="/",
    count=4,
    remedy="write such as nordic/petersen2011/hamstring_injury/events_control",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Caution:
    """What a clinic should say beside the verdicts.

    ``numbers``: by name, the cell of ``outcomes.csv`` (review, trial, outcome, column; its primary
    extraction) that ``text`` shows at ``{name}``. ``source``: who says what no number here does.
    """

    id: str = key(
        "name of the caution in files, unique",
        IdKind(example="protection_takes_weeks"),
        required=True,
        example="protection_takes_weeks",
    )
    text: str = key(
        "the caution; at {name} it shows a number of `numbers`",
        required=True,
        example='"{early} of the {all} injuries fell in the first weeks."',
    )
    numbers: Mapping[str, tuple[str, ...]] = key(
        "cells of outcomes.csv, of the primary extraction, by the names that `text` gives them",
        MappingKind(names="a name", of=OF_RESULT),
        otherwise="none",
        example="{early: nordic/petersen2011/hamstring_weeks_1_to_10/events_control}",
    )
    source: str = key(
        "where it comes from, as a publication with the place in it, or what it rests on",
        required=True,
        example="Petersen J and others, p. 2300",
    )
    line: int = 0

    @property
    def named(self) -> tuple[str, ...]:
        """The names that ``text`` gives to numbers, in its order."""
        return tuple(dict.fromkeys(PLACE.findall(self.text)))
