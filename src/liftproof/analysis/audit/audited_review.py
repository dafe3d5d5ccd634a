"""A paper's forest plot as a review in memory, and a verdict for each of its prints."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from liftproof.analysis.audit.audited_pool import (
    AuditedPool,
    audited_pool,
    published_of,
    trial_analysis,
)
from liftproof.analysis.audit.audited_trial import outcome_of, study_of
from liftproof.analysis.causes.review_causes import CauseFinding, causes_of_review, untold
from liftproof.analysis.estimates import pool_analysis
from liftproof.analysis.reproduction import reproduce
from liftproof.reviews.audited_table import AuditedRow, AuditedTable
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.settings import Analysis, Settings
from liftproof.rows.result_rows import EstimateRow, ReproductionRow
from liftproof.vocabulary.levels import USUAL_LEVEL

NOT_REPEATED = "the estimate is all that is printed of the trial: nothing to compute it from"


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditedNumbers:
    """The pools of a table, and a row for each printed number of trials and pools.

    ``review``: the table as a review, an analysis for each pool and each trial that has counts or
    means.
    """

    pools: tuple[AuditedPool, ...]
    review: Review
    rows: tuple[ReproductionRow, ...]

    def causes(self, told: Callable[[int, int], None] = untold) -> tuple[CauseFinding, ...]:
        """Search what could have made each number that is missed; this takes a while.

        ``told`` is called with the numbers searched and those to search, before each.
        """
        return causes_of_review(self.review, self.rows, told)


def audited_numbers(table: AuditedTable) -> AuditedNumbers:
    """Return a verdict for each printed number of trials and pools.

    A trial's numbers are held against its counts or means, a pool's against its trials.
    """
    review = review_of(table)
    pools = tuple(audited_pool(table, row, review) for row in table.pools)
    singles = {row.line: trial_analysis(row, measure_of(row, table)) for row in table.trials}
    alone = {line: analysis for line, analysis in singles.items() if analysis is not None}
    whole = replace(
        review,
        settings=replace(
            review.settings,
            analyses=(*(one.analysis for one in pools if one.pooled), *alone.values()),
        ),
        published=(
            *(
                print_
                for row in table.trials
                for print_ in published_of(row, "" if row.line in alone else NOT_REPEATED)
            ),
            *(print_ for one in pools for print_ in published_of(one.row, one.missing)),
        ),
    )
    rows = tuple(
        replace(row, unverified="no")
        for row in reproduce(whole, [*_estimates(whole, pools, alone)])
    )
    return AuditedNumbers(pools=pools, review=whole, rows=rows)


def _estimates(
    review: Review, pools: tuple[AuditedPool, ...], alone: dict[int, Analysis]
) -> Iterator[EstimateRow]:
    yield from (one.pooled.estimate for one in pools if one.pooled)
    yield from (pool_analysis(review, analysis).estimate for analysis in alone.values())


def measure_of(row: AuditedRow, table: AuditedTable) -> str:
    """Return the measure of a trial's printed estimate: its own, else that of its first pool."""
    return row.record.measure or next(iter(_measures(row, table)), table.pools[0].record.measure)


def _measures(row: AuditedRow, table: AuditedTable) -> tuple[str, ...]:
    """Return the measures on which a trial is pooled, each once."""
    own = row.record.subgroup
    return tuple(
        dict.fromkeys(
            pool.record.measure for pool in table.pools if pool.record.subgroup in ("", own)
        )
    )


def review_of(table: AuditedTable) -> Review:
    """Return the trials as rows of a review; its settings are those of the first pool."""
    first = table.pools[0].record
    return Review(
        name=table.path.stem,
        folder=table.path.parent,
        settings=Settings(
            title=table.path.stem, measure=first.measure, level=first.ci_level or USUAL_LEVEL
        ),
        studies=tuple(study_of(row) for row in table.trials),
        outcomes=tuple(
            outcome_of(row, measure)
            for row in table.trials
            for measure in dict.fromkeys((measure_of(row, table), *_measures(row, table)))
        ),
    )


def line_of(row: ReproductionRow) -> int:
    """Return the line of the file that a printed number stands on: see ``key_of_line``."""
    return int(row.target.rpartition("_")[2])
