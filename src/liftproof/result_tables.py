"""Every table that the workflow writes for a review: its rows, its file, which reviews have it.

The workflow, the reader of the report and the dictionary of columns in the documentation follow
from this registry. A new table is its class of rows and a line here.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from liftproof import tables
from liftproof.reviews.model.analysis_of_results import FEWEST_IN_SUBSETS, first_of_results
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.settings import YES
from liftproof.rows.cause_rows import CauseRow
from liftproof.rows.certainty_rows import FindingRow, FlagRow
from liftproof.rows.change_rows import ChangeRow
from liftproof.rows.contrast_rows import ContrastRow
from liftproof.rows.dose_rows import DoseCurveRow, DoseRow, DoseTrialRow
from liftproof.rows.gosh_rows import GoshRow
from liftproof.rows.multiverse_rows import ChoiceRow, CurveRow, MultiverseRow
from liftproof.rows.predictive_rows import PredictiveRow
from liftproof.rows.print_rows import PrintRow
from liftproof.rows.result_rows import (
    DiagnosticRow,
    EffectRow,
    EngineRow,
    EstimateRow,
    ReproductionRow,
    SubgroupRow,
)

ResultRow = TypeVar("ResultRow")


def _pools_trials(review: Review) -> bool:
    return not review.shows_prints_alone


def _shows_prints(review: Review) -> bool:
    return bool(review.prints)


def _asks_for_doses(review: Review) -> bool:
    return bool(review.settings.dose)


def _asks_for_predictive(review: Review) -> bool:
    return any(analysis.predictive == YES for analysis in review.settings.analyses)


def _pools_subsets(review: Review) -> bool:
    return first_of_results(review, FEWEST_IN_SUBSETS) is not None


def _judges_certainty(review: Review) -> bool:
    return bool(review.grades)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultTable:
    """A table below ``results/<review>/``: its file, and whether the workflow writes it."""

    file: str
    is_written: Callable[[Review], bool] = _pools_trials


RESULT_TABLES: Mapping[type, ResultTable] = {
    EstimateRow: ResultTable(file="estimates.csv"),
    EffectRow: ResultTable(file="effects.csv"),
    SubgroupRow: ResultTable(file="subgroups.csv"),
    ContrastRow: ResultTable(file="contrasts.csv"),
    PredictiveRow: ResultTable(file="predictive.csv", is_written=_asks_for_predictive),
    ReproductionRow: ResultTable(file="reproduction.csv"),
    CauseRow: ResultTable(file="causes.csv"),
    DiagnosticRow: ResultTable(file="diagnostics.csv"),
    GoshRow: ResultTable(file="gosh.csv", is_written=_pools_subsets),
    ChangeRow: ResultTable(file="changes.csv"),
    EngineRow: ResultTable(file="engines.csv"),
    MultiverseRow: ResultTable(file="multiverse.csv"),
    ChoiceRow: ResultTable(file="multiverse_choices.csv"),
    CurveRow: ResultTable(file="multiverse_curve.csv"),
    DoseRow: ResultTable(file="dose_response.csv", is_written=_asks_for_doses),
    DoseTrialRow: ResultTable(file="dose_trials.csv", is_written=_asks_for_doses),
    DoseCurveRow: ResultTable(file="dose_curves.csv", is_written=_asks_for_doses),
    FindingRow: ResultTable(file="summary_of_findings.csv", is_written=_judges_certainty),
    FlagRow: ResultTable(file="certainty_flags.csv", is_written=_judges_certainty),
    PrintRow: ResultTable(file="prints.csv", is_written=_shows_prints),
}
"""By class of rows, in the order of the dictionary of columns."""


REPRODUCTION_SCRIPT = "reproduce.R"
"""Beside the tables of a review that pools trials: code for metafor that gives the same numbers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultRows:
    """The rows of a review by their class; those of a table that it has not are empty."""

    by_class: Mapping[type, tuple[Any, ...]]

    def of_class(self, row_class: type[ResultRow]) -> tuple[ResultRow, ...]:
        """Return the rows of one table; KeyError for a table that was not to be read."""
        return self.by_class[row_class]

    def only(self, row_classes: Iterable[type]) -> "ResultRows":
        """Return the rows of some tables; KeyError for one that was not to be read."""
        return ResultRows(by_class={each: self.by_class[each] for each in row_classes})


def written_files(review: Review, row_classes: Iterable[type] | None = None) -> list[str]:
    """Return the names of the tables, of some classes of rows or all, that a review has."""
    asked = RESULT_TABLES if row_classes is None else row_classes
    tables = (RESULT_TABLES[each] for each in asked)
    return [table.file for table in tables if table.is_written(review)]


def computed_files(review: Review) -> list[str]:
    """Return the names of the tables that follow from the data alone, with no other engine."""
    return [file for file in written_files(review) if file != RESULT_TABLES[EngineRow].file]


def script_files(review: Review) -> list[str]:
    """Return the names of the scripts that the workflow writes beside the tables of a review."""
    return [REPRODUCTION_SCRIPT] if _pools_trials(review) else []


def write_rows(rows: ResultRows, review: Review, folder: Path) -> None:
    """Write the tables that a review has into its folder of results, those whose rows are given."""
    for row_class, table in RESULT_TABLES.items():
        if row_class in rows.by_class and table.is_written(review):
            tables.write(rows.of_class(row_class), row_class, folder / table.file)


def read_rows(
    review: Review, folder: Path, row_classes: Iterable[type] = RESULT_TABLES
) -> ResultRows:
    """Read tables of a review, all or some, from the folder into which they were written."""
    return ResultRows(
        by_class={
            row_class: tuple(tables.read(row_class, folder / RESULT_TABLES[row_class].file))
            if RESULT_TABLES[row_class].is_written(review)
            else ()
            for row_class in row_classes
        }
    )
