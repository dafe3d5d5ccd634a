"""What conventions of the prediction interval are called, and how each is made, by their code."""

from liftproof.vocabulary.methods import THREE_LEVEL
from liftproof.words.references import SHORT

PREDICTION_NAMES = {
    "riley": "Riley, t with k − 2",
    "metafor": "distribution of the confidence interval",
    "t": "t with k − 1",
    "simple": "mean taken as known, normal",
    "HTS": "Higgins-Thompson-Spiegelhalter, t with k − 2",
    "V": "Veroniki, t with k − 1",
    "S": "Skipka, normal",
    "HK": "Hartung-Knapp, t with k − 1",
    "HK-PR": "Hartung-Knapp as Partlett and Riley, t with k − 2",
    "KR": "Kenward-Roger",
    "KR-PR": "Kenward-Roger as Partlett and Riley",
    "SJ": "Sidik-Jonkman, t with k − 2",
    THREE_LEVEL: "three-level",
}
_NORMAL = "normal distribution"
_K1 = "t distribution with k − 1 degrees of freedom"
_K2 = "t distribution with k − 2 degrees of freedom"
_AS_THE_LIMITS = "variance τ² plus the squared standard error on which the 95 % limits rest"
_MODEL = "variance τ² plus 1 / Σw, whatever the 95 % limits rest on"
_HARTUNG_KNAPP = f"variance τ² plus that of {SHORT['hartung2001']}"
_KENWARD_ROGER = f"variance τ² plus that of {SHORT['kenward1997']}"
_HOW = {
    "riley": f"that of {SHORT['higgins2009']}: {_K2}, {_AS_THE_LIMITS}",
    "metafor": f"made with the distribution of the 95 % limits, {_AS_THE_LIMITS}",
    "t": f"made with the {_K1}, {_AS_THE_LIMITS}",
    "simple": f"made with the {_NORMAL}, variance τ² alone, as if the mean were known: too narrow",
    "HTS": f"that of {SHORT['higgins2009']}: {_K2}, {_MODEL}",
    "V": f"that of {SHORT['veroniki2019']}: {_K1}, {_MODEL}",
    "S": f"that of Skipka: {_NORMAL}, {_MODEL}",
    "HK": f"made with the {_K1}, {_HARTUNG_KNAPP}",
    "HK-PR": f"that of {SHORT['partlett2017']}: {_K2}, {_HARTUNG_KNAPP}",
    "KR": f"made with their t distribution, {_KENWARD_ROGER}",
    "KR-PR": f"that of {SHORT['partlett2017']}: {_KENWARD_ROGER}, and their t distribution with "
    "one degree of freedom less",
    "SJ": f"made with the {_K2}, variance τ² plus the robust one of {SHORT['sidik2006']}",
}


def prediction_sentence(code: str) -> str:
    """Return how the prediction interval was made, without a full stop.

    >>> prediction_sentence("S")
    'The 95 % prediction interval (S), for the true effect in a new trial like these, is that of \
Skipka: normal distribution, variance τ² plus 1 / Σw, whatever the 95 % limits rest on'
    """
    if code == THREE_LEVEL:
        return (
            "The 95 % prediction interval is for the true effect of a new result in a new trial: "
            "the distribution of those limits, variance τ² plus the squared standard error"
        )
    return (
        f"The 95 % prediction interval ({code}), for the true effect in a new trial like these, "
        f"is {_HOW[code]}"
    )
