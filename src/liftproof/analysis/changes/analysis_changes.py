"""Each analysis before and after: whether its conclusion moved, and by which trial."""

from collections.abc import Mapping
from dataclasses import dataclass

from liftproof.analysis.changes.analysis_state import AnalysisState, analysis_state, moves
from liftproof.analysis.changes.trial_records import SOURCED, changed_trials
from liftproof.analysis.changes.trial_steps import DatedState, TrialStep, trial_steps
from liftproof.reviews.model.choice import selected
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.settings import Analysis


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalysisChange:
    """One analysis before and after; None where there is no such analysis.

    ``trials``: key to how it changed, of the changed trials that enter before or after. ``moved``:
    how the conclusion did. ``steps``: by changed trial, none where they are too many.
    ``is_touched``: whether its settings changed, or numbers of a trial that it selects.
    """

    analysis: str
    title: str
    before: AnalysisState | None
    after: AnalysisState | None
    trials: Mapping[str, str]
    moved: tuple[str, ...] = ()
    steps: tuple[TrialStep, ...] = ()
    is_touched: bool = True

    @property
    def is_changed(self) -> bool:
        """Whether anything that its forest plot shows changed, or its certainty."""
        return self.before != self.after

    @property
    def moved_alone(self) -> tuple[TrialStep, ...]:
        """The changes each of which alone moves the conclusion as far."""
        moving = set(self.moved)
        return tuple(one for one in self.steps if moving and moving <= set(one.moves))

    @property
    def moved_with(self) -> tuple[TrialStep, ...]:
        """The changes without each of which the conclusion does not move so."""
        moving = set(self.moved)
        return tuple(one for one in self.steps if not moving <= set(one.moves_without))


def analysis_changes(
    before: Review, after: Review, *, is_brief: bool = False
) -> tuple[AnalysisChange, ...]:
    """Return every analysis of two states of a review: those of the second, then those gone.

    ``is_brief``: trials are tried one by one only where a conclusion moved.
    """
    old = {one.id: one for one in before.settings.analyses}
    new = {one.id: one for one in after.settings.analyses}
    changed = changed_trials(before, after)
    return (
        *(
            _both(before, after, old[name], one, changed, is_brief=is_brief)
            if name in old
            else _new(after, one)
            for name, one in new.items()
        ),
        *(_gone(before, one) for name, one in old.items() if name not in new),
    )


def _new(after: Review, analysis: Analysis) -> AnalysisChange:
    return AnalysisChange(
        analysis=analysis.id,
        title=analysis.title,
        before=None,
        after=analysis_state(after, analysis),
        trials={},
    )


def _gone(before: Review, analysis: Analysis) -> AnalysisChange:
    return AnalysisChange(
        analysis=analysis.id,
        title=analysis.title,
        before=analysis_state(before, analysis),
        after=None,
        trials={},
    )


def _both(
    before: Review,
    after: Review,
    old: Analysis,
    new: Analysis,
    changed: Mapping[str, str],
    *,
    is_brief: bool,
) -> AnalysisChange:
    """Return an analysis of both states; ``changed``: key to how a trial of the review did."""
    in_reach = _selected(before, old) | _selected(after, new)
    touched = {study: kind for study, kind in changed.items() if study in in_reach}
    is_same = old == new and not touched and before.grades == after.grades
    was = analysis_state(before, old)
    now = was if is_same else analysis_state(after, new)
    entering = {*was.studies, *now.studies}
    trials = {study: kind for study, kind in touched.items() if study in entering}
    moved = moves(was, now)
    steps = trial_steps(
        DatedState(review=before, analysis=old, state=was),
        DatedState(review=after, analysis=new, state=now),
        trials if moved or (was != now and not is_brief) else {},
    )
    return AnalysisChange(
        analysis=new.id,
        title=new.title,
        before=was,
        after=now,
        trials=trials,
        moved=moved,
        steps=steps,
        is_touched=old != new or any(kind != SOURCED for kind in touched.values()),
    )


def _selected(review: Review, analysis: Analysis) -> set[str]:
    return {study.study for study, _ in selected(analysis, review.studies, review.outcomes)}
