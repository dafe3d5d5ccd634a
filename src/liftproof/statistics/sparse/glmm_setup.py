"""What a mixed model of counts is set up from, and what that gives."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from liftproof.statistics.checks import Array
from liftproof.statistics.effects.effect import Effects
from liftproof.statistics.sparse.mixed_model import MixedModel
from liftproof.statistics.sparse.newton import Points

HALF = 0.5
FIRST_ARM = np.array([[1.0], [0.0]])
CODINGS: Mapping[float, Array] = {HALF: FIRST_ARM - 0.5, 1: FIRST_ARM, 0: 1 - FIRST_ARM}
"""In which arms a trial's deviation from the mean effect shows, as metafor's ``coding``."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Setup:
    """A model with random effects, where its search starts, and trials' own estimates.

    ``x``: moderators, (k, p); a column of ones for a mean alone. ``own``: each trial's own effect
    and variance, as Wald's test of homogeneity takes them. ``observations``: those that the
    information criteria count.
    """

    model: MixedModel
    x: Array
    start: Points
    own: Effects
    observations: int

    def common(self) -> "Setup":
        """Return the same with one effect for trials of like moderators: no deviations from it."""
        kept = self.model.codes.shape[2] - 1
        model = replace(self.model, codes=self.model.codes[:kept, :, :kept], is_correlated=False)
        left_out = len(self.model.codes) - kept
        start = replace(self.start, shared=self.start.shared[:, :-left_out])
        return replace(self, model=model, start=start)

    def start_from(self, common: Points) -> Points:
        """Return where the search starts once the maximum of ``common()`` is known."""
        fixed = self.start.shared.shape[1] - len(self.model.codes)
        shared = np.zeros_like(self.start.shared)
        shared[:, :fixed] = common.shared[:, :fixed]
        return Points(own=common.own, shared=shared)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CountTerms:
    """What a model is made of beside its counts.

    ``x``: moderators, (k, p). ``nodes`` of the quadrature. ``coding``: a key of CODINGS, and
    ``is_correlated``: whether intercepts and effects of trials are, in UM.RS.
    """

    x: Array
    nodes: int
    coding: float = HALF
    is_correlated: bool = False

    @property
    def moderators(self) -> Array | None:
        """The moderators, None for a mean alone."""
        return None if self.x.shape[1] == 1 and (self.x == 1).all() else self.x

    def rows(self, used: NDArray[np.bool_]) -> "CountTerms":
        """Return the same for the trials that are used."""
        return replace(self, x=self.x[used])
