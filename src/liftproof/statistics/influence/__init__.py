"""How much a pooled estimate owes to single trials, and to any choice of trials.

``leave_one_out`` pools again without each trial; ``influence`` gives residuals and deletion
diagnostics, ``regression_influence`` those of a meta-regression, ``baujat`` the coordinates of the
plot of that name, ``gosh`` the pooled estimate of every subset of trials, ``blup`` each trial's
effect as the others make it look.
"""

from liftproof.statistics.influence.baujat import Baujat, baujat
from liftproof.statistics.influence.diagnostics import Influence, influence
from liftproof.statistics.influence.gosh import Gosh, gosh
from liftproof.statistics.influence.leave_one_out import leave_one_out
from liftproof.statistics.influence.regression import RegressionInfluence, regression_influence
from liftproof.statistics.influence.shrinkage import Blup, blup

__all__ = [
    "Baujat",
    "Blup",
    "Gosh",
    "Influence",
    "RegressionInfluence",
    "baujat",
    "blup",
    "gosh",
    "influence",
    "leave_one_out",
    "regression_influence",
]
