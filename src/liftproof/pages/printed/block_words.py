"""Why printed numbers are blocked, in groups, as readers see them."""

from collections.abc import Sequence
from dataclasses import dataclass

from liftproof.rows.result_rows import ReproductionRow, counted_here
from liftproof.vocabulary.block_groups import BLOCK_GROUPS
from liftproof.words.text import counted

NO_GROUP = "no reason is grouped"


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockCount:
    """One group of reasons: its name, how many numbers it blocks, what would unblock them."""

    name: str
    count: int
    remedy: str

    @property
    def text(self) -> str:
        """The group in a line, such as "43 numbers: full text not read"."""
        return f"{counted(self.count, 'number')}: {self.name}"


def blocked_here(rows: Sequence[ReproductionRow]) -> tuple[ReproductionRow, ...]:
    """Return the blocked numbers that no other review holds, which would say why."""
    return tuple(row for row in counted_here(rows) if row.verdict == "blocked")


def block_counts(rows: Sequence[ReproductionRow]) -> tuple[BlockCount, ...]:
    """Count the blocked numbers by their groups, the commonest group first."""
    codes = [row.blocked_group for row in blocked_here(rows)]
    found = [
        BlockCount(name=group.name, count=codes.count(code), remedy=group.remedy)
        for code, group in BLOCK_GROUPS.items()
    ]
    found.append(BlockCount(name=NO_GROUP, count=codes.count(""), remedy="see what each row lacks"))
    return tuple(sorted((one for one in found if one.count), key=lambda one: -one.count))


def group_name(row: ReproductionRow) -> str:
    """Return the name of the group that blocks a number."""
    return BLOCK_GROUPS[row.blocked_group].name if row.blocked_group else NO_GROUP
