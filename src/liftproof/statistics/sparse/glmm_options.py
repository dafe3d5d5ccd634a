"""How a mixed model of counts is fitted: the arguments that its public functions share, checked."""

from dataclasses import dataclass

from liftproof.errors import InputError
from liftproof.statistics.checks import Array, choose, is_number
from liftproof.statistics.sparse.glmm_models import RANDOM_STUDIES
from liftproof.statistics.sparse.glmm_setup import CODINGS, HALF, CountTerms

UNCONDITIONAL = "UM."
MOST_NODES = 100
METHODS = {"EE": True, "ML": False}
"""Whether a method holds τ² at 0."""
TESTS = {"z": False, "t": True}
"""Whether a test uses t with as many degrees of freedom as trials less coefficients."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a model is fitted: the arguments that all public functions share."""

    model: str
    method: str
    test: str
    level: float
    nodes: int | None
    coding: float = HALF
    correlated: bool = False

    def terms(self, x: Array, default: int) -> CountTerms:
        """Return what the model is made of, or raise InputError; ``default``: number of nodes."""
        nodes = default if self.nodes is None else self.nodes
        if not is_number(nodes) or not 1 <= nodes <= MOST_NODES or nodes != int(nodes):
            raise InputError(f"nodes must be a whole number from 1 to {MOST_NODES}, not {nodes!r}.")
        is_common = choose(METHODS, self.method, "method")
        if not is_number(self.coding) or self.coding not in CODINGS:
            raise InputError(f"coding must be 0.5, 1 or 0, not {self.coding!r}.")
        if self.coding != HALF and not self.model.startswith(UNCONDITIONAL):
            raise InputError(
                f"coding is of the two arms of UM.FS and UM.RS; {self.model} has one column."
            )
        if self.correlated and (self.model != RANDOM_STUDIES or is_common):
            raise InputError(
                "correlated says that intercepts and effects of trials are, which are both random "
                "only in UM.RS by ML."
            )
        correlated = bool(self.correlated)
        return CountTerms(x=x, nodes=int(nodes), coding=self.coding, is_correlated=correlated)
