"""Sentences on numbers that follow from the forms in which papers print results."""

from collections.abc import Iterator, Sequence

from liftproof.rows.result_rows import EffectRow
from liftproof.vocabulary.printed_forms import PRINTED_FORMS
from liftproof.words.references import filled


def form_sentences(effects: Sequence[EffectRow]) -> Iterator[str]:
    """Yield for each form the trials whose effects follow from it, those left out apart."""
    trials: dict[str, list[str]] = {}
    for effect in effects:
        for code in effect.printed_as.split() if not effect.left_out else ():
            trials.setdefault(filled(PRINTED_FORMS[code].sentence), []).append(effect.label)
    for sentence, labels in trials.items():
        yield f"{sentence}: {', '.join(dict.fromkeys(labels))}"
