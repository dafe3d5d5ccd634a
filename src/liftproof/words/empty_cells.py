"""Which trials have an empty cell, so that halves are added to what their effect follows from."""

from collections.abc import Iterator, Sequence

from liftproof.rows.result_rows import EffectRow
from liftproof.vocabulary.measures import MEASURES
from liftproof.vocabulary.zero_cells import USUAL_ZERO_CELLS, ZERO_CELLS


def from_counts(effects: Sequence[EffectRow]) -> list[EffectRow]:
    """Return the effects that follow from counts, those left out included."""
    sentences = ZERO_CELLS[USUAL_ZERO_CELLS].sentences
    return [effect for effect in effects if effect.source in sentences]


def corrected_trials(effects: Sequence[EffectRow]) -> list[str]:
    """Return the names of the trials whose effect rests on counts with halves added."""
    pooled = [effect for effect in from_counts(effects) if not effect.left_out]
    return [effect.label for effect in pooled if has_empty_cell(effect)]


def halves_footnote(effects: Sequence[EffectRow]) -> Iterator[str]:
    """Yield to which trials halves were added; nothing where the measure exists without."""
    pooled = (effect for effect in from_counts(effects) if not effect.left_out)
    added = [effect for effect in pooled if not MEASURES[effect.measure].takes_empty]
    corrected = corrected_trials(added)
    if corrected:
        yield f"An empty cell, so that 1/2 is added to each: {', '.join(dict.fromkeys(corrected))}."


def has_empty_cell(effect: EffectRow) -> bool:
    """Say whether an arm, or the one group, has no event, or nobody without one."""
    events = (effect.events_intervention, effect.events_control, effect.events)
    n = (effect.n_intervention, effect.n_control, effect.n)
    everyone = effect.source.endswith("counts") and any(
        count is not None and count == size for count, size in zip(events, n, strict=True)
    )
    return 0 in events or everyone
