"""What changed in a review, as lines for the terminal."""

from collections.abc import Iterator, Sequence

from liftproof.analysis.changes.analysis_changes import AnalysisChange
from liftproof.analysis.changes.analysis_state import AnalysisState
from liftproof.analysis.changes.review_changes import ReviewChanges
from liftproof.analysis.changes.trial_records import ADDED, EDITED, REMOVED, SOURCED
from liftproof.analysis.changes.trial_steps import MOST_STEPS, TrialStep
from liftproof.pages.changes.change_numbers import (
    both,
    certainty_shown,
    estimate_shown,
    numbers_of_state,
    prediction_shown,
    tau2_shown,
)
from liftproof.pages.changes.changed_figures import changed_figures
from liftproof.pages.changes.move_words import NOT_MOVED, is_first_pool, move_words, mover_words
from liftproof.pages.changes.twin_analyses import same_words, with_twins
from liftproof.pages.changes.verdict_lines import edit_lines, printed_line
from liftproof.rows.result_rows import EffectRow
from liftproof.words.marks import UNVERIFIED
from liftproof.words.text import capital, counted

MOST_NAMED = 12
"""Names in one line: of more, the rest are counted."""
_BESIDE = (("τ²", tau2_shown), ("prediction", prediction_shown), ("certainty", certainty_shown))


def review_lines(changes: ReviewChanges) -> list[str]:
    """Return what changed in a review; one line says so where nothing did."""
    title = f"{changes.review.name}: {changes.review.settings.title}"
    if changes.is_nothing:
        return [f"{title}: nothing changed"]
    return [title, *(f"  {line}" for line in _lines(changes))]


def summary_lines(changes: ReviewChanges) -> list[str]:
    """Return the same in a few lines: the trials, the estimates that changed, what moved."""
    changed = [one for one in changes.analyses if one.is_changed]
    trials = "; ".join(_trials(changes)) or "no trial changed"
    lines = [f"{one.analysis}: {_pooled(one)}" for one in changed[:MOST_NAMED]]
    more = len(changed) - MOST_NAMED
    return [
        f"{changes.review.name}: {trials}; {len(changed)} of "
        f"{counted(len(changes.analyses), 'estimate')} changed",
        *(f"  {line}" for line in lines),
        *([f"  and {counted(more, 'more estimate')}"] if more > 0 else []),
        *(f"  {line}" for line in _conclusions(changed)),
    ]


def _lines(changes: ReviewChanges) -> Iterator[str]:
    yield from _trials(changes)
    changed = [one for one in changes.analyses if one.is_changed]
    for one, twins in with_twins(changed):
        yield from _analysis(one)
        yield from (f"  {twin.analysis}, of the same effects: {_numbers(twin)}" for twin in twins)
    unchanged = len(changes.analyses) - len(changed)
    if unchanged:
        yield f"estimates as before: {unchanged} of {len(changes.analyses)}"
    yield from _conclusions(changed)
    yield from map(printed_line, changes.printed)
    figures = changed_figures(changes)
    if figures:
        yield f"figures made from what changed: {named(figures)}"
    told = [study for study, kind in changes.trials.items() if kind in (ADDED, REMOVED)]
    yield from edit_lines(changes.edits, told)


def _trials(changes: ReviewChanges) -> Iterator[str]:
    for kind in (ADDED, REMOVED, EDITED, SOURCED):
        labels = [changes.labels[study] for study, how in changes.trials.items() if how == kind]
        if labels:
            yield f"{counted(len(labels), 'trial')} {kind}: {named(labels)}"
    entering = {study for one in changes.analyses if one.after for study in one.after.studies}
    idle = [
        changes.labels[study]
        for study, how in changes.trials.items()
        if how == ADDED and study not in entering
    ]
    if idle:
        yield f"no analysis takes {named(idle)}"
    unseen = {row.study for one in changes.analyses if one.after for row in _unverified(one.after)}
    doubtful = [label for study, label in changes.labels.items() if study in unseen]
    if doubtful:
        yield f"{UNVERIFIED} rests on unverified numbers: {named(doubtful)}"


def _unverified(state: AnalysisState) -> Iterator[EffectRow]:
    return (row for row in state.effects if row.unverified == "yes")


def named(names: Sequence[str]) -> str:
    """Return names with commas; of very many the first, and how many more.

    >>> named(["a", "b"])
    'a, b'
    """
    more = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f", and {more} more" if more > 0 else "")


def _analysis(change: AnalysisChange) -> Iterator[str]:
    yield f"{change.analysis}: {change.title}"
    yield f"  {_pooled(change)}"
    beside = _beside(change)
    if beside:
        yield f"  {beside}"
    if len(change.trials) > MOST_STEPS:
        yield f"  {len(change.trials)} trials changed: too many to be tried one by one"
    if len(change.steps) > 1:
        yield from (f"  {_step(step)}" for step in change.steps)


def _numbers(change: AnalysisChange) -> str:
    """Return in one line what differs from the analysis that pools the same effects."""
    states = (numbers_of_state(state) for state in (change.before, change.after))
    estimate = f"{_status(change)}estimate {both(estimate_shown, *states)}"
    return "; ".join(filter(None, (estimate, _beside(change))))


def _beside(change: AnalysisChange) -> str:
    before, after = (numbers_of_state(state) for state in (change.before, change.after))
    return "; ".join(
        f"{name} {both(show, before, after)}"
        for name, show in _BESIDE
        if show(before) or show(after)
    )


def _pooled(change: AnalysisChange) -> str:
    """Return the number of effects and the estimate, before and after."""
    before, after = (numbers_of_state(state) for state in (change.before, change.after))
    effects = both(lambda of: str(of.k), before, after)
    status = _status(change)
    return f"{status}k {effects}; estimate {both(estimate_shown, before, after)}"


def _status(change: AnalysisChange) -> str:
    if change.before is None:
        return "new analysis; "
    return "analysis removed; " if change.after is None else ""


def _step(step: TrialStep) -> str:
    put_in, taken_out = (numbers_of_state(one) for one in (step.put_in, step.taken_out))
    return (
        f"{step.label} ({step.kind}): this change alone {estimate_shown(put_in)}; "
        f"all but it {estimate_shown(taken_out)}"
    )


def _conclusions(changes: Sequence[AnalysisChange]) -> Iterator[str]:
    moved = [one for one in changes if one.moved]
    told = same_words((one.analysis, _moved(one)) for one in moved)
    yield from (f"moved: {', '.join(names)}: {how}" for names, how in told)
    if not moved:
        yield capital(NOT_MOVED)


def _moved(change: AnalysisChange) -> str:
    before, after = (numbers_of_state(state) for state in (change.before, change.after))
    measure = change.after.estimate.measure if change.after else ""
    how = move_words(change.moved, measure, before, after)
    if (change.trials and not change.steps) or is_first_pool(before, after):
        return how
    alone, needed = (
        [step.label for step in steps] for steps in (change.moved_alone, change.moved_with)
    )
    return f"{how}: {mover_words(alone, needed, [step.label for step in change.steps])}"
