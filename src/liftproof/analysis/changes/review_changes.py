"""Everything that differs between two states of a review."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from liftproof.analysis.changes.analysis_changes import AnalysisChange, analysis_changes
from liftproof.analysis.changes.analysis_state import AnalysisState
from liftproof.analysis.changes.data_edits import DataEdits, data_edits
from liftproof.analysis.changes.trial_records import changed_trials
from liftproof.analysis.changes.verdict_changes import (
    PrintedChange,
    printed_changes,
    printed_rows,
)
from liftproof.reviews.model.review import Review
from liftproof.rows.result_rows import EstimateRow

NO_EDITS = DataEdits(cells=(), rows=())


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewChanges:
    """Two states of a review. ``trials``: key to added, removed or edited; ``labels``: of each.

    ``analyses``: all of them; ``printed``: numbers whose verdicts differ; ``edits``: of its files.
    """

    review: Review
    trials: Mapping[str, str]
    labels: Mapping[str, str]
    analyses: tuple[AnalysisChange, ...]
    printed: tuple[PrintedChange, ...]
    edits: DataEdits = NO_EDITS

    @property
    def is_nothing(self) -> bool:
        """Whether the states are one."""
        differs = any(one.is_changed for one in self.analyses)
        return not (self.trials or differs or self.printed or self.edits != NO_EDITS)


def review_changes(before: Review, after: Review) -> ReviewChanges:
    """Compare two states of a review; where their files differ, cell by cell."""
    analyses = analysis_changes(before, after)
    labels = {row.study: row.label for row in (*before.studies, *after.studies)}
    trials = changed_trials(before, after)
    is_filed = before.folder != after.folder
    return ReviewChanges(
        review=after,
        trials=trials,
        labels={study: labels.get(study, study) for study in trials},
        analyses=analyses,
        printed=printed_changes(
            printed_rows(before, _estimates(one.before for one in analyses)),
            printed_rows(after, _estimates(one.after for one in analyses)),
            after,
        ),
        edits=data_edits(before.folder, after.folder) if is_filed else NO_EDITS,
    )


def _estimates(states: Iterable[AnalysisState | None]) -> list[EstimateRow]:
    return [state.estimate for state in states if state]
