"""What methods are called in figures and captions, by their code."""

from liftproof.vocabulary.estimators import ESTIMATORS
from liftproof.vocabulary.models import MODELS, THREE_LEVEL
from liftproof.words.text import capital

THREE_LEVEL_NAME = capital(MODELS[THREE_LEVEL].name)


def estimator(code: str) -> str:
    """Return what a method of pooling, or an estimator of τ², is called.

    >>> estimator("DL"), estimator("MH")
    ('DerSimonian-Laird', 'Mantel-Haenszel')
    """
    return MODELS[code].name if code in MODELS else ESTIMATORS[code].name


def model(code: str) -> str:
    """Return what the pooled line of a figure is called.

    >>> model("FE"), model("REML"), model("MH")
    ('Fixed effect', 'Random effects', 'Mantel-Haenszel')
    """
    if code in MODELS:
        return capital(MODELS[code].name.partition(",")[0])
    return "Fixed effect" if ESTIMATORS[code].is_common_effect else "Random effects"


def has_common_effect(code: str) -> bool:
    """Say whether a method of pooling, or an estimator of τ², takes one effect for all trials.

    >>> has_common_effect("FE"), has_common_effect("Peto"), has_common_effect("REML")
    (True, True, False)
    """
    return (MODELS[code] if code in MODELS else ESTIMATORS[code]).is_common_effect


def i2_source(code: str) -> str:
    """Return what I² is made from under a method of pooling or an estimator: tau2, q or nothing.

    >>> i2_source("FE"), i2_source("MH"), i2_source("DL")
    ('q', 'q', 'tau2')
    """
    if code in MODELS:
        return MODELS[code].i2
    return "q" if ESTIMATORS[code].is_common_effect else "tau2"
