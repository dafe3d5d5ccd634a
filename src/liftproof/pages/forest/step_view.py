"""A pooled estimate in steps, as a forest plot: trials put in one by one, or one left out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import isfinite

from liftproof.pages.diagnostics.trial_diagnostics import values_of
from liftproof.pages.forest.forest_cells import marks_of, size, text_of
from liftproof.pages.forest.forest_footnotes import mark_footnotes
from liftproof.pages.forest.forest_labels import labelled_apart
from liftproof.pages.forest.forest_rows import UNWEIGHTED, ForestRow, clipped, place_of
from liftproof.pages.forest.forest_view import ForestView, axis_of, pool_lines, source_of
from liftproof.result_tables import ResultRows
from liftproof.reviews.model.settings import Settings
from liftproof.rows.change_rows import BETWEEN, ChangeRow
from liftproof.rows.result_rows import DiagnosticRow, EffectRow, EstimateRow
from liftproof.vocabulary.measures import MEASURES
from liftproof.words import numbers
from liftproof.words.numbers import estimate_text
from liftproof.words.text import counted, minus


@dataclass(frozen=True, slots=True, kw_only=True)
class StepKind:
    """A way to take an estimate apart. ``stem``: of its files; ``head``: above its rows' names.

    ``heading``: what the page calls it. ``says``: what a row is, in a sentence.
    """

    stem: str
    heading: str
    head: str
    says: str


CUMULATIVE = StepKind(
    stem="cumulative",
    heading="As trials came in",
    head="Up to",
    says="Each line pools the trials up to this one",
)
ADDITIONS = StepKind(
    stem="additions",
    heading="As trials were added to the review",
    head="Added",
    says="Each line pools the trials that were in the review on that date",
)
LEAVE_ONE_OUT = StepKind(
    stem="leave_one_out",
    heading="Without each trial",
    head="Without",
    says="Each line pools all trials but this one",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """An estimate in steps: the forest plot that shows it, and which kind of steps it has."""

    kind: StepKind
    forest: ForestView


def step_view(
    kind: StepKind, settings: Settings, rows: ResultRows, estimate: EstimateRow
) -> StepView:
    """Return an analysis in steps of one kind, from its rows under ``results/``."""
    found = [row for row in rows.of_class(DiagnosticRow) if row.analysis == estimate.analysis]
    effects = [
        row
        for row in rows.of_class(EffectRow)
        if row.analysis == estimate.analysis and not row.left_out
    ]
    if kind is ADDITIONS:
        changes = [row for row in rows.of_class(ChangeRow) if row.analysis == estimate.analysis]
        steps, order = _added(changes, effects), ""
    else:
        steps = _tried(found, kind.stem, estimate, labelled_apart(effects, settings.named))
        order = _order(found) if kind is CUMULATIVE else ""
    measure = MEASURES[estimate.measure]
    below, above = settings.favours(estimate.analysis)
    intervention, control = settings.arms(estimate.analysis)
    lines = [in_words(row, estimate.measure) for row in (*steps, _whole(estimate, effects))]
    axis = axis_of(lines, measure, below, above)
    lines = [clipped(row, axis) for row in lines]
    told = (f"{kind.says}.", order, *pool_lines(estimate, settings.level))
    return StepView(
        kind=kind,
        forest=ForestView(
            key=f"{kind.stem}-{estimate.review}-{estimate.analysis}",
            title=settings.title,
            subtitle=f"{estimate.title}: {kind.heading[0].lower()}{kind.heading[1:]}",
            measure=measure,
            intervention=intervention,
            control=control,
            below=below,
            above=above,
            arm_heads=(),
            rows=tuple(lines),
            axis=axis,
            level=settings.level,
            statistics=tuple(line for line in told if line),
            footnotes=(step_key(settings.level), *_footnotes(lines)),
            estimate=estimate,
            size=size(effects),
            unverified=0,
            reconstructed=0,
            unadjusted=(),
            source=source_of(settings),
            row_head=kind.head,
            weight_head="Effects",
            has_key=False,
        ),
    )


def _order(rows: Sequence[DiagnosticRow]) -> str:
    """Return in which order trials were put in, as the method's first number notes it."""
    return next((row.note for row in rows if row.method == CUMULATIVE.stem and row.note), "")


def _tried(
    rows: Sequence[DiagnosticRow],
    method: str,
    estimate: EstimateRow,
    effects: Sequence[EffectRow],
) -> list[ForestRow]:
    """Return a row a trial from the numbers of a method; none where it does not apply."""
    natural = MEASURES[estimate.measure].natural
    by_key = dict(zip(_keys(effects), effects, strict=True))
    studies = list(dict.fromkeys(row.study for row in rows if row.method == method and row.study))
    found = []
    for place, study in enumerate(studies):
        values = values_of(rows, method, study)
        limited = [natural(values[name]) for name in ("estimate", "ci_low", "ci_high")]
        others = [one for one in studies if one != study]
        pooled = [by_key[one] for one in (studies[: place + 1] if "k" in values else others)]
        found.append(step_row(by_key[study].label, limited, len(pooled), marks_of(pooled)))
    return found


def _keys(effects: Sequence[EffectRow]) -> list[str]:
    """Return the key of each effect as diagnostics name it: with outcome and arm of several."""
    studies = [row.study for row in effects]
    return [
        "/".join(filter(None, (row.study, row.outcome, row.arm)))
        if studies.count(row.study) > 1
        else row.study
        for row in effects
    ]


def _added(changes: Sequence[ChangeRow], effects: Sequence[EffectRow]) -> list[ForestRow]:
    """Return what was pooled before anything was added, and after the additions of each date."""
    entered = [row for row in changes if row.trials]
    labels = {row.study: row.label for row in effects}
    later = [study for row in entered for study in row.trials.split(BETWEEN)]
    found = []
    for row in entered[:1]:
        if row.estimate_before is not None:
            before = [row.estimate_before, row.ci_low_before, row.ci_high_before]
            found.append(step_row("Before", before, row.k_before, _marks_without(effects, later)))
    for row in entered:
        added = row.trials.split(BETWEEN)
        later = [study for study in later if study not in added]
        label = f"{row.added}: {', '.join(labels.get(study, study) for study in added)}"
        after = [row.estimate_after, row.ci_low_after, row.ci_high_after]
        found.append(step_row(label, after, row.k_after, _marks_without(effects, later)))
    return found


def _marks_without(effects: Sequence[EffectRow], later: Sequence[str]) -> str:
    """Return the marks of what was pooled before the trials that were added later."""
    return marks_of([row for row in effects if row.study not in later])


def step_row(label: str, place: Sequence[float | None], k: int, marks: str = "") -> ForestRow:
    """Return the line of a pool of ``k`` trials: its estimate with both limits."""
    estimate, low, high = place
    return ForestRow(
        kind="trial",
        label=label,
        marks=marks,
        estimate=place_of(estimate),
        low=place_of(low),
        high=place_of(high),
        text=estimate_text(estimate, low, high),
        weight=str(k),
        area=UNWEIGHTED,
    )


def _whole(estimate: EstimateRow, effects: Sequence[EffectRow]) -> ForestRow:
    """Return the diamond of all trials, with their marks."""
    return whole_row(estimate, size(effects), marks_of(effects))


def whole_row(estimate: EstimateRow, trials: str, marks: str = "") -> ForestRow:
    """Return the diamond of all trials, from whose row each line is told apart."""
    return ForestRow(
        kind="pooled",
        label=f"All {trials}",
        marks=marks,
        estimate=place_of(estimate.estimate),
        low=place_of(estimate.ci_low),
        high=place_of(estimate.ci_high),
        text=estimate_text(estimate.estimate, estimate.ci_low, estimate.ci_high),
        weight=str(estimate.k),
    )


def in_words(row: ForestRow, measure: str) -> ForestRow:
    """Return a row whose limits, where they tell nothing, are said in words."""
    if not isfinite(row.low) or not isfinite(row.high):
        return row
    return replace(row, text=text_of(measure, row.estimate, row.low, row.high))


def _footnotes(rows: Sequence[ForestRow]) -> tuple[str, ...]:
    is_cut = any(row.clipped_low or row.clipped_high for row in rows)
    trials = [row for row in rows if row.kind == "trial"]
    return (
        *mark_footnotes(trials, "lines"),
        *(["Arrowheads: the interval runs beyond the axis."] if is_cut else []),
    )


def step_alt_text(view: StepView) -> str:
    """Return the alternative text: what is shown, and between which values the estimate lies."""
    return " ".join((f"{view.forest.subtitle}.", *_range(view)))


def step_caption(view: StepView) -> str:
    """Return the caption: what a line is, what is found, and how to read it."""
    lines = (f"{line.rstrip('.')}." for line in view.forest.statistics)
    return " ".join((step_alt_text(view), *lines, f"{step_key(view.forest.level)}."))


def step_key(level: float) -> str:
    """Return what the signs mean: each line is a pool, and no square is of one trial."""
    limits = f"{numbers.level(level)} confidence intervals"
    return f"Squares: pooled estimates; lines: their {limits}; diamond: all trials"


def step_description(view: StepView) -> str:
    """Return the long description: a sentence a line."""
    head = view.kind.head
    lines = (
        f"{row.label if row.kind == 'pooled' else f'{head} {row.label}'}{row.marks}: {row.text}."
        for row in view.forest.rows
    )
    return "\n".join((step_alt_text(view), *lines))


def _range(view: StepView) -> list[str]:
    """Return between which values the estimates lie, and how many intervals exclude no effect."""
    steps = [row for row in view.forest.rows if row.kind == "trial" and isfinite(row.estimate)]
    if not steps:
        return ["Nothing can be pooled in steps."]
    none = view.forest.axis.no_effect
    low, high = (numbers.effect(end(row.estimate for row in steps)) for end in (min, max))
    sentence = (
        f"In {counted(len(steps), 'line')} the {view.forest.measure.name} lies between {low} and "
        f"{high}"
    )
    if none is None:
        return [minus(f"{sentence}.")]
    beyond = sum(row.low > none or row.high < none for row in steps)
    return [minus(f"{sentence}; {beyond} of the intervals exclude {none:g} (no effect).")]
