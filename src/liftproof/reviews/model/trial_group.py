"""A group of trials that claims speak of: an entry below ``groups`` of ``data/claims.yaml``."""

from collections.abc import Mapping
from dataclasses import dataclass

from liftproof.reviews.model.keys import ListKind, MappingKind, TextKind, key

GROUP = TextKind(holds="a name below `groups`")


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialGroup:
    """Trials of one kind: those in which a column of ``select`` has one of its values."""

    id: str = ""
    words: str = key("the group in a sentence", required=True, example="runners")
    select: Mapping[str, tuple[str, ...]] = key(
        "a column of studies.csv or outcomes.csv, with the values that tell trials of the group",
        MappingKind(
            names="a column of studies.csv or outcomes.csv",
            of=ListKind(of=TextKind()),
            empty=("a group that nothing belongs to", "write a column and its values"),
        ),
        is_rest=True,
        example="sport: [running, trail running]",
    )
    line: int = 0
