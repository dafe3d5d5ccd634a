"""How the prediction interval was made, by its convention."""

from liftproof.vocabulary.levels import level_text
from liftproof.vocabulary.predictions import OF_THREE_LEVEL, PREDICTIONS
from liftproof.words.references import filled


def prediction_sentence(code: str, level: float) -> str:
    """Return how the prediction interval was made, without a full stop.

    >>> prediction_sentence("S", 0.95)
    'The 95 % prediction interval, for the true effect in a new trial like these, is that of \
Skipka: normal distribution, variance τ² plus 1 / Σw, whatever the 95 % limits rest on'
    """
    interval = f"The {level_text(level)} prediction interval"
    if code == OF_THREE_LEVEL.code:
        return (
            f"{interval} is for the true effect of a new result in a new trial: "
            f"{OF_THREE_LEVEL.sentence}"
        )
    return (
        f"{interval}, for the true effect in a new trial like these, "
        f"is {filled(PREDICTIONS[code].sentence, level)}"
    )
