"""What a forest plot says, in words made from its numbers: alternative text, description, caption.

An interval that includes "no effect" is never said to favour anyone. With fewer than ten trials
the heterogeneity is given in numbers and not judged (Cochrane Handbook 10.10 and 10.11).
"""

from collections.abc import Iterator, Sequence
from math import isnan

from liftproof.pages.certainty.bias_view import MEANINGS
from liftproof.pages.certainty.certainty_signs import BIAS_SIGNS
from liftproof.pages.forest.forest_cells import (
    NO_WEIGHT,
    heterogeneity_parts,
    limits_of,
    tau2_limits,
)
from liftproof.pages.forest.forest_extras import NOT_KNOWN
from liftproof.pages.forest.forest_predictive import KIND as PREDICTIVE
from liftproof.pages.forest.forest_rows import SMALLEST_AREA, SMALLEST_POOL, ForestRow
from liftproof.pages.forest.forest_view import ForestView
from liftproof.vocabulary.predictions import REPORTED
from liftproof.words import numbers
from liftproof.words.text import capital, uncapital

ENOUGH_TO_JUDGE = 10
_I2_WORDS = ((30.0, "little"), (50.0, "moderate"), (75.0, "substantial"), (100.1, "considerable"))
"""Upper bounds of I² in percent: the Cochrane Handbook's bands (10.10.2), without their overlap."""


def forest_alt_text(forest: ForestView) -> str:
    """Return the alternative text of the image: what a reader takes from it at a glance."""
    parts = [
        f"Forest plot of {forest.size}{subject(forest, ', ')}",
        _pooled(forest),
        *_new_settings(forest),
        *_share_of_trials(forest),
        *_reservations(forest),
    ]
    return " ".join(f"{part}." for part in parts)


def subject(forest: ForestView, before: str) -> str:
    """Return which arms are compared, after some text; nothing of one group, or without names."""
    if forest.measure.is_of_one_group or not forest.intervention:
        return ""
    return f"{before}{forest.intervention} against {forest.control}"


def forest_description(forest: ForestView) -> str:
    """Return the long description for screen readers: every line of the plot, one sentence each."""
    lines = [_line(forest, row) for row in forest.rows if not row.is_bare]
    return "\n".join([forest_alt_text(forest), *lines, *_ending(forest)])


def forest_caption(forest: ForestView) -> str:
    """Return the caption: what was pooled and how, what came out, how to read it, the source."""
    parts = [
        forest.title,
        f"{forest.subtitle}: {forest.size}",
        _pooled(forest),
        *_prediction(forest),
        *_new_settings(forest),
        *_heterogeneity(forest),
        *forest.conversions,
        *_reservations(forest),
        *forest_key(forest),
    ]
    source = [f"Source: {forest.source}"] if forest.source else []
    return " ".join([*(f"{part}." for part in parts), *source])


def _pooled(forest: ForestView) -> str:
    if not forest.trials:
        return "No trial could be pooled"
    row = forest.pooled or forest.trials[0]
    what = f"Pooled {forest.measure.name}" if forest.pooled else capital(forest.measure.name)
    reading = _reading(forest, row)
    return f"{what} {_numbers(row, forest.level)}{f': {reading}' if reading else ''}"


def _numbers(row: ForestRow, level: float) -> str:
    """Return "0.34 (95 % CI 0.24 to 0.48)"."""
    return row.text.replace("(", f"({numbers.level(level)} CI ", 1)


def _reading(forest: ForestView, row: ForestRow) -> str:
    """Say what an interval allows to say, and nothing more; nothing of one that favours nobody."""
    if isnan(row.low) or isnan(row.high):
        return "its interval is not estimable"
    null = forest.axis.no_effect
    if null is None:
        return ""
    if row.low <= null <= row.high:
        return f"the interval includes {null:g} (no effect)"
    winner, nearest = (forest.below, row.high) if row.high < null else (forest.above, row.low)
    narrowly = numbers.effect(nearest) == numbers.effect(null)
    favours = f"{side(forest, winner)}, " if winner else ""
    reading = f"{favours}the interval excludes {null:g} (no effect)"
    return f"{reading}, by less than the rounding shows" if narrowly else reading


def side(forest: ForestView, winner: str) -> str:
    """Say whom a side favours, or of one group which way it went."""
    if not forest.measure.is_of_one_group:
        return f"favours {winner}"
    return "lower after than before" if winner == forest.below else "higher after than before"


def _share_of_trials(forest: ForestView) -> Iterator[str]:
    null = forest.axis.no_effect
    trials = [row for row in forest.trials if not isnan(row.low + row.high)]
    if len(trials) < SMALLEST_POOL or null is None:
        return
    below = sum(row.high < null for row in trials)
    above = sum(row.low > null for row in trials)
    intervals = f"{capital(forest.noun.removesuffix('s'))} intervals"
    sides = f"in favour of {forest.below}", f"in favour of {forest.above}"
    if not forest.below:
        sides = "below it", "above it"
    if forest.measure.is_of_one_group:
        sides = side(forest, forest.below), side(forest, forest.above)
    yield (
        f"{intervals} that exclude {null:g} (no effect): {below} of {len(trials)} {sides[0]}, "
        f"{above} {sides[1]}"
    )


def _prediction(forest: ForestView) -> Iterator[str]:
    row = next((row for row in forest.rows if row.kind == "prediction"), None)
    if row is not None:
        limits = limits_of(forest.measure.code, row.low, row.high)
        convention = REPORTED[forest.estimate.prediction].name
        yield f"The {row.label}, for the effect in a new setting, is {limits} ({convention})"


def _new_settings(forest: ForestView) -> Iterator[str]:
    if forest.predictive is not None and forest.predictive.words:
        convention = REPORTED[forest.estimate.prediction].name
        yield f"By the predictive distribution ({convention}), {forest.predictive.words}"


def _heterogeneity(forest: ForestView) -> Iterator[str]:
    row = forest.estimate
    if row.k < SMALLEST_POOL:
        return
    figures = ", ".join([*heterogeneity_parts(row), *tau2_limits(row, forest.level)])
    if not figures:
        return
    if row.k < ENOUGH_TO_JUDGE or row.i2 is None:
        yield f"Heterogeneity ({forest.size}, too few to judge it): {figures}"
        return
    word = next(word for bound, word in _I2_WORDS if row.i2 < bound)
    yield f"{capital(word)} heterogeneity between the trials: {figures}"


def _reservations(forest: ForestView) -> Iterator[str]:
    """Say how much of the plot rests on numbers that no source shows, and on clusters ignored."""
    total = len(forest.trials)
    if forest.unverified:
        some = f"Some numbers of {forest.unverified} of {total} {forest.noun}"
        yield f"{some} are not verified in any source (†)"
    if forest.reconstructed:
        some = f"Some numbers of {forest.reconstructed} of {total} {forest.noun}"
        yield f"{some} are reconstructed (‡)"
    if forest.unadjusted:
        named = ", ".join(forest.unadjusted)
        yield f"Cluster trials are taken as if people had been randomised one by one: {named}"


def forest_key(forest: ForestView) -> Iterator[str]:
    """Say what the signs of this plot mean, those that it has."""
    if not forest.trials:
        return
    kinds = [row.kind for row in forest.rows]
    diamonds = kinds.count("pooled") + kinds.count("subgroup")
    names = ("", "; diamond: pooled estimate", "; diamonds: pooled estimates")
    bar = "; bar: prediction interval" if "prediction" in kinds else ""
    yield (
        f"Squares: {forest.noun}{_area(forest)}; lines: their {numbers.level(forest.level)} "
        f"confidence intervals{names[min(diamonds, 2)]}{bar}{_curve(kinds)}"
    )
    shown = {cell.meaning for row in forest.trials for cell in row.extras if cell.meaning}
    if shown:
        told = (f"{BIAS_SIGNS[code]} {name}" for code, name in MEANINGS.items() if code in shown)
        yield f"Risk of bias: {', '.join(told)}"


def _curve(kinds: Sequence[str]) -> str:
    if PREDICTIVE not in kinds:
        return ""
    return "; curve: how effects of new settings are spread, darker within that interval"


def _area(forest: ForestView) -> str:
    """Say what the areas of the squares mean, and whether some are drawn larger."""
    if forest.trials[0].weight == NO_WEIGHT:
        return ""
    has_small = any(row.area < SMALLEST_AREA for row in forest.trials)
    floor = f", but no less than 1/{round(1 / SMALLEST_AREA)} of the largest" if has_small else ""
    return f", area in proportion to weight{floor}"


def _line(forest: ForestView, row: ForestRow) -> str:
    if row.kind == "heading":
        return f"{row.label}."
    if row.kind == PREDICTIVE:
        marked = f"{row.label} {row.marks}".strip()
        return ": ".join(part for part in (marked, row.note) if part) + "."
    if row.kind == "prediction":
        return f"{row.label}: {limits_of(forest.measure.code, row.low, row.high)}."
    counts = f", {' against '.join(row.arms)}" if row.arms and all(row.arms) else ""
    mark = f" {row.marks}" if row.marks else ""
    note = f", {row.note}" if row.note else ""
    beside = "".join(
        f", {uncapital(column.head)} {cell.text}{cell.marks}"
        for column, cell in zip(forest.extras, row.extras, strict=bool(row.extras))
        if cell != NOT_KNOWN
    )
    reading = _reading(forest, row)
    numbers_of_row = f"{row.text}, {reading}" if reading else row.text
    return f"{row.label}{mark}: {numbers_of_row}{counts}, weight {row.weight}{beside}{note}."


def _ending(forest: ForestView) -> list[str]:
    """Return the statistics and footnotes, each closed as a sentence."""
    return [text.rstrip(".") + "." for text in (*forest.statistics, *forest.footnotes)]
