"""The opinion of likelihoods written apart from our own: for models that nobody else here has.

They share no formula with ``liftproof.statistics``: dense covariances and plain sums over a grid,
climbed by SciPy's Nelder-Mead search.
"""

from importlib.metadata import version

from liftproof.engines import count_likelihood, three_level_likelihood
from liftproof.engines.opinion import Opinion, Question, no_opinion
from liftproof.vocabulary.models import THREE_LEVEL

NAME = "likelihood by SciPy"
VERSION = version("scipy")
MODELS = (THREE_LEVEL, *count_likelihood.MODELS)
LAPLACE = (
    "not asked: the analysis takes Laplace's approximation, as metafor does, which is off from the "
    "likelihood itself by more than the tolerance"
)


def ask(question: Question) -> Opinion:
    """Maximise the likelihood of the model that ``question`` names."""
    if question.model == THREE_LEVEL:
        return three_level_likelihood.ask(question)
    if question.model == "UM.RS":
        return no_opinion(LAPLACE)
    return count_likelihood.ask(question)
