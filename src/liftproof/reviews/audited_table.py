"""Reading the table of a paper's forest plot that ``liftproof audit`` looks at."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from liftproof.columns import columns
from liftproof.errors import DataError
from liftproof.reviews.files.csv_file import sheet_of
from liftproof.reviews.files.encoding import text_of
from liftproof.reviews.files.sheet_reading import rows_of
from liftproof.reviews.files.sheet_rows import Read, SheetRow
from liftproof.reviews.limits import LARGEST_TABLE, MOST_RESULTS
from liftproof.reviews.loading import listed
from liftproof.reviews.model.audited_line import ON_A_TRIAL, POOL, PRINTS, AuditedLine
from liftproof.reviews.model.problems import Problem
from liftproof.vocabulary.levels import is_level

AuditedRow = SheetRow[AuditedLine]
OF_A_POOL = (
    "model",
    "tau2_method",
    "interval",
    *(name for name in PRINTS if name not in ON_A_TRIAL),
)
OF_A_TRIAL = (
    *("percent_intervention", "percent_control", "weight", "pooled_from", "design_effect"),
    *("mean_intervention", "sd_intervention", "mean_control", "sd_control", "whole_numbers"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditedTable:
    """The rows of a forest plot: its trials and its pools, in the order of the file."""

    path: Path
    trials: tuple[AuditedRow, ...]
    pools: tuple[AuditedRow, ...]

    def trials_of(self, pool: AuditedRow) -> tuple[AuditedRow, ...]:
        """Return the trials that a pool is of."""
        name = pool.record.subgroup
        return tuple(row for row in self.trials if name in ("", row.record.subgroup))


def read_audited(path: Path) -> AuditedTable:
    """Read and check a table; raises DataError, whose text lists every problem."""
    read = _read(path)
    problems = [*read.problems, *(one for row in read.rows for one in _misplaced(row))]
    if read.is_whole and not problems:
        problems += _as_a_whole(path, read.rows)
    if problems:
        raise DataError(listed(sorted(problems, key=lambda one: (one.line, one.column))))
    return AuditedTable(
        path=path,
        trials=tuple(row for row in read.rows if row.record.kind != POOL),
        pools=tuple(row for row in read.rows if row.record.kind == POOL),
    )


def _read(path: Path) -> Read[AuditedLine]:
    known = [item.name for item in columns(AuditedLine)]
    text = text_of(path, path, LARGEST_TABLE)
    sheet = text if isinstance(text, Problem) else sheet_of(text, path, known, MOST_RESULTS)
    if isinstance(sheet, Problem):
        return Read(problems=(sheet,), is_whole=False)
    return rows_of(sheet, AuditedLine)


def _misplaced(row: AuditedRow) -> Iterator[Problem]:
    """Yield cells of a trial in a pool's row and the reverse, and a level that is none."""
    is_pool = row.record.kind == POOL
    for name in OF_A_TRIAL if is_pool else OF_A_POOL:
        if row.cell(name):
            wrong = f"{'a pool' if is_pool else 'a trial'} has no {name}"
            remedy = "empty the cell" if is_pool else f"empty the cell, or write {POOL} in kind"
            yield row.problem(name, wrong, remedy)
    if is_pool and not row.record.measure and "measure" not in row.bad:
        yield row.problem("measure", "a pool without its measure", "write RR, OR, MD, ...")
    level = row.record.ci_level
    if level is not None and not is_level(level):
        yield row.problem("ci_level", "not a level of confidence", "write a share such as 0.95")


def _as_a_whole(path: Path, rows: Sequence[AuditedRow]) -> Iterator[Problem]:
    """Yield what a table lacks: a pool, trials, trials of a pool's subgroup."""
    pools = [row for row in rows if row.record.kind == POOL]
    groups = {row.record.subgroup for row in rows if row.record.kind != POOL}
    if not pools or not groups:
        lacking = "trial" if pools or not rows else f"row of kind {POOL}"
        remedy = "add a row for each trial, and one for each printed pool"
        yield Problem(
            path=path,
            line=1,
            column="file",
            wrong=f"the table has no {lacking}",
            found="",
            remedy=remedy,
        )
        return
    for row in pools:
        if row.record.subgroup and row.record.subgroup not in groups:
            wrong, remedy = "no trial is of this subgroup", "write it as in the rows of the trials"
            yield row.problem("subgroup", wrong, remedy)
