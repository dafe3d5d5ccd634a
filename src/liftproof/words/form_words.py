"""Sentences on numbers that follow from the forms in which papers print results."""

from collections.abc import Iterator, Sequence

from liftproof.rows.result_rows import EffectRow
from liftproof.vocabulary.printed_forms import PRINTED_FORMS
from liftproof.words.references import filled


def source_words(effect: EffectRow) -> str:
    """Return from what an effect was computed, and from what form that was printed in, if another.

    >>> from types import SimpleNamespace as Row
    >>> source_words(Row(source="means", printed_as="medians"))
    'means, from medians with quartiles'
    """
    forms = (PRINTED_FORMS[code].name.partition(",")[0] for code in effect.printed_as.split())
    return ", from ".join(filter(None, (effect.source, " and ".join(forms))))


def form_sentences(effects: Sequence[EffectRow]) -> Iterator[str]:
    """Yield for each form the trials whose effects follow from it, those left out apart."""
    trials: dict[str, list[str]] = {}
    for effect in effects:
        for code in effect.printed_as.split() if not effect.left_out else ():
            trials.setdefault(filled(PRINTED_FORMS[code].sentence), []).append(effect.label)
    for sentence, labels in trials.items():
        yield f"{sentence}: {', '.join(dict.fromkeys(labels))}"
