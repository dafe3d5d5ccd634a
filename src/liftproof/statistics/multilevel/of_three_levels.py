"""A three-level fit as the multilevel one that it is, so that the same follows both."""

import numpy as np

from liftproof.statistics.dependent.components import RESTRICTED
from liftproof.statistics.dependent.three_level import TESTS, ThreeLevel
from liftproof.statistics.multilevel.fit import fitted_at
from liftproof.statistics.multilevel.fitted import Multilevel
from liftproof.statistics.multilevel.model import model_of
from liftproof.statistics.multilevel.terms import DEFAULT_STRUCTURE, terms_of

RANDOM = "1 | study/effect"
"""Effects in a study share the first of the two components, each has the second of its own."""


def as_multilevel(fit: Multilevel | ThreeLevel) -> Multilevel:
    """Return a multilevel fit as it is, a three-level one with its components, searched no more.

    Raises InputError where the two components cannot be told apart, as of one effect a study.

    >>> from liftproof.statistics.dependent.three_level import three_level
    >>> fit = three_level([0.1, 0.3, 0.9, 0.7, 0.2], [0.02] * 5, ["a", "a", "b", "b", "c"])
    >>> again = as_multilevel(fit)
    >>> [float(one.variance[0]) for one in again.components] == [fit.sigma2_study, 0.0]
    True
    """
    if isinstance(fit, Multilevel):
        return fit
    data = fit.data
    labels = {"study": data.study, "effect": np.arange(fit.k)}
    terms = terms_of(RANDOM, fit.k, labels, DEFAULT_STRUCTURE)
    model = model_of(
        data.y,
        data.v,
        data.x,
        terms,
        intercept=data.intercept,
        is_restricted=RESTRICTED[fit.method],
    )
    at = np.sqrt([fit.sigma2_study, fit.sigma2_effect]) / model.unit
    return fitted_at(
        model,
        at,
        None,
        method=fit.method,
        test=fit.test,
        level=fit.level,
        takes_t=TESTS[fit.test],
    )
