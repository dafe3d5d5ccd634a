"""The signs of numbers that were seen in no source, or solved from printed totals."""

from collections.abc import Sequence
from typing import Protocol

from liftproof.rows.result_rows import EffectRow

UNVERIFIED = "†"
RECONSTRUCTED = "‡"
MARKS = (("unverified", UNVERIFIED), ("reconstructed", RECONSTRUCTED))


def marks(effects: Sequence[EffectRow]) -> str:
    """Return the signs of an estimate that rests on unverified or reconstructed numbers."""
    pooled = [effect for effect in effects if not effect.left_out]
    return "".join(
        sign for kind, sign in MARKS if any(getattr(effect, kind) == "yes" for effect in pooled)
    )


class Marked(Protocol):
    """A row that says itself whether it rests on unverified or reconstructed numbers."""

    @property
    def unverified(self) -> str:
        """``yes`` or ``no``."""

    @property
    def reconstructed(self) -> str:
        """``yes`` or ``no``."""


def own_marks(row: Marked) -> str:
    """Return the signs of a row that rests on unverified or reconstructed numbers."""
    return "".join(sign for kind, sign in MARKS if getattr(row, kind) == "yes")
