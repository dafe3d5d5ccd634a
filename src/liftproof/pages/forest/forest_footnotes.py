"""The footnotes of a forest plot: what its marks mean, and what its trials were taken for."""

from collections.abc import Iterator, Sequence

from liftproof.pages.forest.forest_cells import limits_of
from liftproof.pages.forest.forest_rows import MOST_NAMED, ForestRow
from liftproof.reviews.model.directions import HIGHER, LOWER
from liftproof.reviews.model.settings import Analysis
from liftproof.rows.result_rows import EffectRow, drawn_limits
from liftproof.vocabulary.measure import Measure
from liftproof.vocabulary.measures import MEASURES, STAND_INS
from liftproof.vocabulary.sources import OF_ESTIMATES, SOURCES
from liftproof.words import numbers
from liftproof.words.empty_cells import halves_footnote
from liftproof.words.form_words import form_sentences
from liftproof.words.marks import RECONSTRUCTED, UNVERIFIED
from liftproof.words.smd_words import formula_notes
from liftproof.words.text import capital, counted

_MEANINGS = (
    (UNVERIFIED, "not verified in any source"),
    (RECONSTRUCTED, "reconstructed from printed totals or ratios"),
)
"""What each mark says of numbers."""


def footnotes(
    rows: Sequence[ForestRow], effects: Sequence[EffectRow], noun: str, analysis: Analysis
) -> Iterator[str]:
    """Yield the footnotes of a plot with these rows."""
    trials = [row for row in rows if row.kind == "trial"]
    if any(row.is_bare for row in trials):
        yield (
            f"More than {MOST_NAMED} {noun}: each is a line, in the order of the estimates; their "
            "names and numbers are in effects.csv."
        )
    yield from mark_footnotes(trials, noun)
    yield from _marked_cells(trials)
    yield from _adjustments(effects, analysis)
    left_out = [f"{effect.label} ({effect.left_out})" for effect in effects if effect.left_out]
    if left_out:
        yield f"Not pooled: {'; '.join(left_out)}."
    if any(row.clipped_low or row.clipped_high for row in rows):
        yield "Arrowheads: the interval runs beyond the axis."


def _marked_cells(rows: Sequence[ForestRow]) -> Iterator[str]:
    """Yield how many numbers in the further columns have each mark."""
    cells = [cell for row in rows for cell in row.extras]
    for mark, meaning in _MEANINGS:
        marked = sum(mark in cell.marks for cell in cells)
        if marked:
            yield f"{mark} In columns: {counted(marked, 'number')} {meaning}."


def mark_footnotes(rows: Sequence[ForestRow], noun: str) -> Iterator[str]:
    """Yield what the marks of the rows mean, and how many of them have each."""
    for mark, meaning in _MEANINGS:
        marked = sum(mark in row.marks for row in rows)
        if marked:
            yield f"{mark} Has numbers {meaning} ({marked} of {len(rows)} {noun})."


def _adjustments(effects: Sequence[EffectRow], analysis: Analysis) -> Iterator[str]:
    """Yield what a reader needs who recomputes a trial from the numbers beside it."""
    reported: dict[str, list[str]] = {}
    for effect in effects:
        if effect.source in OF_ESTIMATES and not effect.left_out and not effect.printed_as:
            reported.setdefault(MEASURES[effect.measure].name, []).append(effect.label)
    if reported:
        lists = "; ".join(f"{name}: {', '.join(labels)}" for name, labels in reported.items())
        yield f"Estimates as reported, not computed from counts. {capital(lists)}."
    yield from halves_footnote(effects)
    yield from _reported_limits(effects)
    yield from _of_another_kind(effects, MEASURES[analysis.measure])
    yield from (f"{sentence}." for sentence in form_sentences(effects))
    yield from formula_notes(analysis, {row.source for row in effects if not row.left_out})
    turned = [row for row in effects if analysis.reverses(row.better) and not row.left_out]
    if turned:
        listed = ", ".join(dict.fromkeys(row.label for row in turned))
        other = LOWER if analysis.better == HIGHER else HIGHER
        yield (
            f"{capital(other)} values are better, so that the sign of the effect is reversed: "
            f"{listed}."
        )
    inflated = [
        f"{effect.label} (× {numbers.decimal(effect.design_effect)})"
        for effect in effects
        if effect.design_effect not in (None, 1.0) and not effect.left_out
    ]
    if inflated:
        yield f"Variances inflated for clustering: {', '.join(inflated)}."
    unadjusted = unadjusted_trials(effects)
    if unadjusted:
        yield (
            "Cluster trials taken as if people had been randomised one by one: "
            f"{', '.join(unadjusted)}."
        )


def _reported_limits(effects: Sequence[EffectRow]) -> Iterator[str]:
    """Yield whose reported limits differ in print from those that follow from its variance."""
    others = [f"{effect.label} {ours}" for effect, _, ours in limits_in_print(effects)]
    if others:
        yield f"Limits as reported; those of the variance that is pooled: {'; '.join(others)}."


def limits_in_print(effects: Sequence[EffectRow]) -> Iterator[tuple[EffectRow, str, str]]:
    """Yield the trials whose reported limits are other digits than those of the variance pooled.

    With each, its limits as reported and as they follow from its variance, as texts.
    """
    for effect in effects:
        if effect.reported_low is None:
            continue
        reported = limits_of(effect.measure, *drawn_limits(effect))
        ours = limits_of(effect.measure, effect.ci_low, effect.ci_high)
        if reported != ours:
            yield effect, reported, ours


def _of_another_kind(effects: Sequence[EffectRow], measure: Measure) -> Iterator[str]:
    """Yield which trials' own numbers give a ratio of another kind than the one that is pooled."""
    others: dict[str, list[str]] = {}
    for effect in effects:
        is_other = effect.source in STAND_INS and effect.source not in measure.sources
        if is_other and not effect.left_out:
            others.setdefault(effect.source, []).append(effect.label)
    for source, labels in others.items():
        yield (
            f"{capital(MEASURES[STAND_INS[source]].name)}s from {SOURCES[source].name}, pooled as "
            f"if they were {measure.name}s: {', '.join(dict.fromkeys(labels))}."
        )


def unadjusted_trials(effects: Sequence[EffectRow]) -> tuple[str, ...]:
    """Return the cluster trials that enter unadjusted, each with its design effect if known."""
    rows = {
        row.label: row.design_effect_known
        for row in effects
        if row.unadjusted == "yes" and not row.left_out
    }
    return tuple(
        label if effect is None else f"{label} (design effect {numbers.decimal(effect)})"
        for label, effect in rows.items()
    )
