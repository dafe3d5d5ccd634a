"""What a registered diagnostic is, and what it finds."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from liftproof.analysis.diagnostics.pooled_trials import PooledTrials
from liftproof.statistics.result import Leaf, Result


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Finding(Result):
    """Numbers by name: one, or one a trial, shape (k,), in ``order`` where trials were sorted.

    ``studies``: keys of these trials, empty where they are those pooled.
    """

    values: Mapping[str, ArrayLike]
    order: NDArray[np.intp] | None = None
    studies: tuple[str, ...] = ()

    def leaves(self) -> Iterator[Leaf]:
        """Yield (name, no place, array)."""
        for name, value in self.values.items():
            yield name, (), np.asarray(value)


def cannot_tell(of: PooledTrials, found: Any) -> str:  # noqa: ARG001 - notes take both
    """Return what the result itself says that it cannot tell."""
    return getattr(found, "cannot_tell", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """A diagnostic: what it computes, the fields it shows, and the fewest trials it is shown for.

    Below ``fewest`` the method exists, but its numbers would say nothing. ``takes_dependent``:
    whether it is for several results a trial, or takes each for a trial of its own. ``of_none``:
    fields that are about the value of no effect, which some measures of one group lack.
    ``note``: what the numbers rest on and what they cannot tell, from the material and the result.
    """

    compute: Callable[[PooledTrials], Result]
    fields: tuple[str, ...]
    fewest: int = 2
    takes_dependent: bool = False
    of_none: tuple[str, ...] = ()
    note: Callable[[PooledTrials, Any], str] = cannot_tell


Methods = Mapping[str, Method]


def sentences(*texts: str) -> str:
    """Return the texts that hold something, one after the other."""
    return " ".join(text for text in texts if text)
