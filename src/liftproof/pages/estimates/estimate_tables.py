"""Tables of what came out: estimates, trials, second opinions."""

from collections.abc import Iterator, Sequence

from liftproof.pages.estimates.engine_words import difference
from liftproof.pages.forest.forest_cells import limits_of
from liftproof.pages.forest.forest_footnotes import limits_in_print
from liftproof.pages.forest.forest_labels import is_of_one_group
from liftproof.pages.inputs import ReviewInputs
from liftproof.pages.table import NOTHING, PageTable, headings, in_words, joined, shown, shown_p
from liftproof.reviews.model.review_tables import PRIMARY
from liftproof.rows.result_rows import EffectRow, EngineRow, EstimateRow, SubgroupRow
from liftproof.vocabulary.intervals import INTERVALS
from liftproof.vocabulary.levels import level_text
from liftproof.vocabulary.measures import MEASURES
from liftproof.vocabulary.models import THREE_LEVEL
from liftproof.vocabulary.predictions import REPORTED
from liftproof.words import numbers
from liftproof.words.form_words import source_words
from liftproof.words.marks import marks
from liftproof.words.names import count_model, estimator
from liftproof.words.numbers import estimate_text
from liftproof.words.option_names import variant_name
from liftproof.words.text import capital, minus


def estimates_table(inputs: ReviewInputs) -> PageTable:
    """Return every pooled estimate of a review, each followed by its subgroups."""
    level = level_text(inputs.review.settings.level)
    return PageTable(
        key=f"review-{inputs.review.name}-estimates",
        caption=f"Pooled effects. {NOTHING} stands where not every trial gives the number, or "
        f"where it does not exist.{_reported_instead(_single_trials(inputs))}",
        headings=headings(
            *("Analysis", "Effect measure", "# Effects", "# Participants", "# Events"),
            *(f"# Estimate ({level} limits)", "# p of no effect", f"# {level} prediction interval"),
        ),
        rows=tuple(
            (
                name,
                MEASURES[row.measure].name,
                str(row.k),
                shown(row.participants),
                shown(row.events),
                _with_limits(row.estimate, row.ci_low, row.ci_high),
                shown_p(row.p_value),
                _prediction(row),
            )
            for name, row in _named(inputs)
        ),
    )


def heterogeneity_table(inputs: ReviewInputs) -> PageTable:
    """Return how much the trials of every estimate differ, and by which methods it was made."""
    level = level_text(inputs.review.settings.level)
    return PageTable(
        key=f"review-{inputs.review.name}-heterogeneity",
        caption="Heterogeneity and methods. τ² is on the scale on which effects are pooled "
        "(logarithms of ratios).",
        headings=headings(
            *("Analysis", f"# τ² ({level} limits)", "# I²", "# H²", "# Q (df; p)"),
            *("τ² estimated by", f"{level} limits by", f"{level} prediction interval by"),
        ),
        rows=tuple(
            (
                name,
                _tau2(row),
                NOTHING if row.i2 is None else numbers.percent(row.i2, 1),
                NOTHING if row.h2 is None else numbers.decimal(row.h2),
                _q(row),
                _estimated_by(row),
                INTERVALS[row.interval].name,
                NOTHING if row.pi_low is None else REPORTED[row.prediction].name,
            )
            for name, row in _named(inputs)
        ),
    )


def _estimated_by(row: EstimateRow) -> str:
    counts = count_model(row)
    if counts is not None:
        return counts.name
    levels = ", three levels" if row.model == THREE_LEVEL else ""
    return f"{estimator(row.tau2_method)}{levels}"


def _named(inputs: ReviewInputs) -> Iterator[tuple[str, EstimateRow]]:
    """Yield estimates and their subgroups with their names and marks."""
    named = inputs.review.settings.named
    for estimate in inputs.rows(EstimateRow):
        effects = inputs.effects_of(estimate.analysis)
        yield f"{estimate.title}{marks(effects)}", estimate
        for row in inputs.rows(SubgroupRow):
            if row.analysis == estimate.analysis:
                inside = [effect for effect in effects if effect.subgroup == row.subgroup]
                name = in_words(named(row.subgroup)) or "group not reported"
                yield f"{row.title}: {name}{marks(inside)}", row


def effects_table(inputs: ReviewInputs, estimate: EstimateRow) -> PageTable:
    """Return the trials of one analysis, those left out included."""
    rows = inputs.effects_of(estimate.analysis)
    has_events = any(_has_events(row) for row in rows)
    others = _reported_instead(rows)
    return PageTable(
        key=f"review-{inputs.review.name}-{estimate.analysis}-effects",
        caption=f"Trials: {estimate.title}{'.' if others else ''}{others}",
        headings=headings(
            *("Trial", "Result used", "Computed from", "Measure"),
            *_arm_heads(inputs, estimate, has_events=has_events),
            *(
                f"# Effect ({level_text(inputs.review.settings.level)} limits)",
                "# Weight",
                "# Design effect",
                "Left out",
            ),
        ),
        rows=tuple(_effect_row(inputs, row, has_events=has_events) for row in rows),
    )


def _single_trials(inputs: ReviewInputs) -> tuple[EffectRow, ...]:
    """Return the effects of the analyses that pool one alone."""
    pools = (inputs.effects_of(row.analysis) for row in inputs.rows(EstimateRow) if row.k == 1)
    return tuple(effect for pool in pools for effect in pool if not effect.left_out)


def _reported_instead(effects: Sequence[EffectRow]) -> str:
    """Say which trials reported other limits than the table's; empty where none did."""
    pairs = (f"{effect.label} {reported}" for effect, reported, _ in limits_in_print(effects))
    listed = "; ".join(dict.fromkeys(pairs))
    start = " Limits follow from the variance that is pooled; those that trials reported, which"
    return f"{start} forest plots show, are: {listed}." if listed else ""


def _has_events(row: EffectRow) -> bool:
    """Say whether events of an arm are known: of means and of estimates alone only sizes may be."""
    return row.events_intervention is not None or row.events_control is not None


def _arm_heads(inputs: ReviewInputs, estimate: EstimateRow, *, has_events: bool) -> tuple[str, str]:
    """Return the heads of what was counted, in both arms or in one group."""
    if MEASURES[estimate.measure].is_of_one_group:
        return "# Events", "# n or time"
    intervention, control = inputs.review.settings.arms(estimate.analysis)
    counted = "events/n" if has_events else "n"
    return f"# {capital(intervention)}, {counted}", f"# {capital(control)}, {counted}"


def _counts(row: EffectRow, *, has_events: bool) -> tuple[str, str]:
    """Return what was counted in both arms, or events and size of one group."""
    if is_of_one_group(row):
        return _amount(row.events), _amount(row.person_time or row.n)
    if not has_events:
        return _amount(row.n_intervention), _amount(row.n_control)
    return (
        _arm(row.events_intervention, row.n_intervention),
        _arm(row.events_control, row.n_control),
    )


def _amount(number: float | None) -> str:
    return NOTHING if number is None else f"{number:.12g}"


def _effect_row(inputs: ReviewInputs, row: EffectRow, *, has_events: bool) -> tuple[str, ...]:
    settings = inputs.review.settings
    named = settings.named
    arm = f", {in_words(named(row.arm))}" if row.arm else ""
    variant = "" if row.variant == PRIMARY else variant_name(row.variant, settings.names)
    return (
        f"{row.label}{arm}{marks([row])}",
        joined([row.detail or in_words(named(row.outcome)), variant]),
        shown(source_words(row)),
        MEASURES[row.measure].name if row.measure in MEASURES else shown(row.measure),
        *_counts(row, has_events=has_events),
        _with_limits(row.estimate, row.ci_low, row.ci_high),
        NOTHING if row.weight_percent is None else numbers.percent(row.weight_percent, 1),
        NOTHING if row.design_effect is None else numbers.decimal(row.design_effect),
        row.left_out,
    )


def engines_table(inputs: ReviewInputs) -> PageTable:
    """Return what each engine was asked and how far it is from ours."""
    return PageTable(
        key=f"review-{inputs.review.name}-engines",
        caption="Second opinions, on the scale on which effects are pooled (logarithms of ratios)",
        headings=headings(
            *(
                "Analysis",
                "Software",
                f"# Estimate ({level_text(inputs.review.settings.level)} limits)",
                "# τ²",
            ),
            *("# Largest relative difference", "¶ Called as", "¶ Remark"),
        ),
        rows=tuple(_engine_row(inputs, row) for row in inputs.rows(EngineRow)),
    )


def _engine_row(inputs: ReviewInputs, row: EngineRow) -> tuple[str, ...]:
    group = in_words(inputs.review.settings.named(row.subgroup))
    limits = f"{_four(row.ci_low)} to {_four(row.ci_high)}"
    return (
        ": ".join(part for part in (inputs.title_of(row.analysis), group) if part),
        f"{row.engine} {row.version}",
        NOTHING if row.estimate is None else f"{_four(row.estimate)} ({limits})",
        _four(row.tau2),
        difference(row.largest_difference),
        shown(row.method),
        row.note,
    )


def _four(value: float | None) -> str:
    return NOTHING if value is None else minus(numbers.decimal(value, 4))


def _with_limits(centre: float | None, low: float | None, high: float | None) -> str:
    return NOTHING if centre is None else estimate_text(centre, low, high)


def _prediction(row: EstimateRow) -> str:
    """Return the prediction limits as figures tell them, hugely wide ones of ratios in words."""
    return NOTHING if row.pi_low is None else limits_of(row.measure, row.pi_low, row.pi_high)


def _span(low: float | None, high: float | None) -> str:
    return NOTHING if low is None or high is None else minus(numbers.interval(low, high))


def _tau2(row: EstimateRow) -> str:
    if row.tau2 is None:
        return NOTHING
    limits = _span(row.tau2_ci_low, row.tau2_ci_high)
    return numbers.effect(row.tau2) + ("" if limits == NOTHING else f" ({limits})")


def _q(row: EstimateRow) -> str:
    return (
        NOTHING if row.q is None else f"{numbers.decimal(row.q)} ({row.q_df}; {shown_p(row.q_p)})"
    )


def _arm(events: float | None, n: float | None) -> str:
    return NOTHING if events is None and n is None else f"{shown(events)}/{shown(n)}"
