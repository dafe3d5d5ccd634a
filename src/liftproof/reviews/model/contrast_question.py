"""The key ``contrasts`` of ``review.yaml``: which estimates are tested against one another."""

from dataclasses import dataclass

from liftproof.reviews.model.keys import IdKind, ListKind, TextKind, key

FEWEST = 2
"""Estimates that a contrast needs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContrastQuestion:
    """A test whether estimates differ: of ``analyses``, or those that the review ``printed``.

    One of both is given. ``line``: where it stands in the file.
    """

    id: str = key(
        "name of the contrast in files, unique in the review and no name of an analysis",
        IdKind(example="kinds"),
        required=True,
        example="kinds",
    )
    title: str = key("what it compares, for readers", required=True, example="Strength or balance")
    analyses: tuple[str, ...] = key(
        "analyses whose estimates are compared, two or more without a common trial; this or "
        "`printed`",
        ListKind(of=TextKind(holds="`id` of an analysis"), takes_one=False),
        otherwise="none",
        example="[strength, balance]",
    )
    printed: tuple[str, ...] = key(
        "printed results that are compared, two or more, each an estimate with its limits; nobody "
        "can see here whether they have trials in common",
        ListKind(of=TextKind(holds="a `target` of published.csv"), takes_one=False),
        otherwise="none",
        example="[strength, balance]",
    )
    line: int = 0
