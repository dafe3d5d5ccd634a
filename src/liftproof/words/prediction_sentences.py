"""How the prediction interval was made, by its convention."""

from liftproof.vocabulary.predictions import OF_THREE_LEVEL, PREDICTIONS
from liftproof.words.references import filled


def prediction_sentence(code: str) -> str:
    """Return how the prediction interval was made, without a full stop.

    >>> prediction_sentence("S")
    'The 95 % prediction interval (S), for the true effect in a new trial like these, is that of \
Skipka: normal distribution, variance τ² plus 1 / Σw, whatever the 95 % limits rest on'
    """
    if code == OF_THREE_LEVEL.code:
        return (
            "The 95 % prediction interval is for the true effect of a new result in a new trial: "
            f"{OF_THREE_LEVEL.sentence}"
        )
    return (
        f"The 95 % prediction interval ({code}), for the true effect in a new trial like these, "
        f"is {filled(PREDICTIONS[code].sentence)}"
    )
