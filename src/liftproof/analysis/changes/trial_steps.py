"""The change of each trial alone: put into what was before, and taken out of what is now."""

from collections.abc import Mapping
from dataclasses import dataclass

from liftproof.analysis.changes.analysis_state import AnalysisState, analysis_state, moves
from liftproof.analysis.changes.trial_records import with_trials_of
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.settings import Analysis

MOST_STEPS = 40
"""Trials that are put in and taken out one by one: of more, no reader looks at each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedState:
    """An analysis of one state of a review, and what it gives there."""

    review: Review
    analysis: Analysis
    state: AnalysisState

    def with_trial_of(self, other: "DatedState", study: str) -> AnalysisState:
        """Return what the analysis gives with one trial as it is in another state."""
        mixed = with_trials_of(self.review, other.review, (study,))
        return analysis_state(mixed, self.analysis)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialStep:
    """The change of one trial alone. ``kind``: added, removed or edited.

    ``put_in``: what was before, with this change alone; ``taken_out``: what is now, without it.
    ``moves``, ``moves_without``: how the conclusion moves from what was before to either.
    """

    study: str
    label: str
    kind: str
    put_in: AnalysisState
    taken_out: AnalysisState
    moves: tuple[str, ...]
    moves_without: tuple[str, ...]


def trial_steps(
    before: DatedState, after: DatedState, trials: Mapping[str, str]
) -> tuple[TrialStep, ...]:
    """Return a step a trial; none where they are more than ``MOST_STEPS``.

    ``trials``: key to how the trial changed.
    """
    if len(trials) > MOST_STEPS:
        return ()
    is_whole = len(trials) == 1 and _has_one_frame(before, after)
    rows = (*before.review.studies, *after.review.studies)
    labels = {row.study: row.label for row in rows}
    return tuple(
        _step(before, after, study, labels[study], kind, is_whole=is_whole)
        for study, kind in trials.items()
    )


def _has_one_frame(before: DatedState, after: DatedState) -> bool:
    """Say whether nothing but trials differs: a single one then makes the whole change."""
    return before.analysis == after.analysis and before.review.grades == after.review.grades


def _step(
    before: DatedState, after: DatedState, study: str, label: str, kind: str, *, is_whole: bool
) -> TrialStep:
    put_in = after.state if is_whole else before.with_trial_of(after, study)
    taken_out = before.state if is_whole else after.with_trial_of(before, study)
    return TrialStep(
        study=study,
        label=label,
        kind=kind,
        put_in=put_in,
        taken_out=taken_out,
        moves=moves(before.state, put_in),
        moves_without=moves(before.state, taken_out),
    )
