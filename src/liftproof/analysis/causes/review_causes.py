"""The search for causes over the printed numbers of a review."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from liftproof.analysis.causes.candidates import Causes
from liftproof.analysis.causes.cause_search import search
from liftproof.analysis.causes.contradictions import contradiction
from liftproof.analysis.causes.pools import Pool
from liftproof.analysis.causes.question import PrintQuestion
from liftproof.analysis.specification import specification_of
from liftproof.analysis.trial_data import trials_of_analysis
from liftproof.reviews.model.printed_number import printed_number
from liftproof.reviews.model.review import Review
from liftproof.rows.result_rows import ReproductionRow, counted_here
from liftproof.vocabulary.measures import MEASURES
from liftproof.vocabulary.print_verdicts import MISSED

COUNTS = ("k", "studies", "participants", "events")
"""Quantities that say which trials entered, not how they were pooled."""
SLOPE = "slope"
AS_PRINTED_IN = ", as "
"""What begins the place of a print in the description of a number that is printed twice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CauseFinding:
    """A printed number and what was found.

    ``finding``: a name in ``cause_rows.FINDINGS``. ``causes`` is None where no search makes sense.
    ``counts``: printed counts of the same result that the data do not give, so that they are of
    other trials or people, and nothing is named.
    """

    row: ReproductionRow
    finding: str
    causes: Causes | None = None
    counts: tuple[ReproductionRow, ...] = ()


def untold(done: int, total: int) -> None:
    """Take no note of how much is done."""
    del done, total


def causes_of_review(
    review: Review, rows: Sequence[ReproductionRow], told: Callable[[int, int], None] = untold
) -> tuple[CauseFinding, ...]:
    """Return a finding for every printed number that the computed one misses.

    ``told`` is called with the numbers searched and those to search, before each.

    Blocked numbers appear only where other printed numbers contradict them and a slip explains it;
    fitted ones never, as their inputs were chosen; prints that another review holds are its own.
    """
    rows = counted_here(rows)
    missed = [row for row in rows if row.verdict in MISSED]
    pools = _pools(review, missed)
    found: dict[int, CauseFinding] = {}
    for done, row in enumerate(missed):
        told(done, len(missed))
        found[id(row)] = _of_missed(row, rows, pools, review)
    found |= {id(row): one for row in rows for one in _of_blocked(row, rows, review)}
    return tuple(found[id(row)] for row in rows if id(row) in found)


def _pools(review: Review, missed: Sequence[ReproductionRow]) -> Mapping[tuple[str, bool], Pool]:
    """Return by analysis and whether departures of method are tried the pools that miss a number.

    They are not tried for the numbers printed of a slope, which are not those of a pool.
    """
    asked: dict[str, list[str]] = {}
    for row in missed:
        asked.setdefault(row.analysis, []).append(row.quantity)
    return {
        (analysis.id, with_methods): Pool(
            trials=trials_of_analysis(review, analysis),
            specification=specification_of(analysis),
            quantities=tuple(asked[analysis.id]),
            with_methods=with_methods,
        )
        for analysis in review.settings.analyses
        if analysis.id in asked
        for with_methods in (True, False)
    }


def _of_missed(
    row: ReproductionRow,
    rows: Sequence[ReproductionRow],
    pools: Mapping[tuple[str, bool], Pool],
    review: Review,
) -> CauseFinding:
    if row.quantity in COUNTS:
        return CauseFinding(row=row, finding="not_searched")
    counts = tuple(
        other
        for other in rows
        if other.target == row.target and other.quantity in COUNTS and other.verdict in MISSED
    )
    of_slope = any((other.target, other.quantity) == (row.target, SLOPE) for other in rows)
    pool = pools[row.analysis, not of_slope]
    question = _question(row, rows, review)
    causes = search(pool, question, row.computed, with_pairs=not counts)
    if counts:
        return CauseFinding(row=row, finding="other_trials", causes=causes, counts=counts)
    if causes.verdict != "named":
        slip = _contradiction(row, rows, review)
        if slip is not None:
            return CauseFinding(row=row, finding="contradicted", causes=slip)
    return CauseFinding(row=row, finding=causes.verdict, causes=causes)


def _question(
    row: ReproductionRow, rows: Sequence[ReproductionRow], review: Review
) -> PrintQuestion:
    """Return the question with the prints of its own result, and of others in the same place."""
    return PrintQuestion(
        quantity=row.quantity,
        printed=row.printed,
        level=review.settings.level,
        others={
            other.quantity: other.printed
            for other in rows
            if other.target == row.target
            and other.quantity != row.quantity
            and other.quantity not in COUNTS
            and printed_number(other.printed)
        },
        elsewhere=tuple(
            other.printed
            for other in rows
            if (other.quantity, other.location) == (row.quantity, row.location)
            and other.target != row.target
            and _is_number(other.printed)
        ),
    )


def _is_number(text: str) -> bool:
    number = printed_number(text)
    return number is not None and not number.bound


def _of_blocked(
    row: ReproductionRow, rows: Sequence[ReproductionRow], review: Review
) -> Iterator[CauseFinding]:
    """Yield a blocked number that other prints contradict."""
    if row.verdict == "blocked" and row.quantity not in COUNTS and _is_number(row.printed):
        causes = _contradiction(row, rows, review)
        if causes is not None:
            yield CauseFinding(row=row, finding="contradicted", causes=causes)


def _contradiction(
    row: ReproductionRow, rows: Sequence[ReproductionRow], review: Review
) -> Causes | None:
    """Return the slip that other prints of the result, or of the same number, give away."""
    twins = [
        other.printed
        for other in rows
        if other is not row and _is_twin(row, other) and _is_number(other.printed)
    ]
    is_log = MEASURES[_measure(row, review)].is_log
    return contradiction(_question(row, rows, review), is_log=is_log, twins=twins)


def _is_twin(row: ReproductionRow, other: ReproductionRow) -> bool:
    """Say whether two prints are of one number.

    They are of one quantity of one analysis, or their descriptions differ in the place only: "slope
    per km/h, as the abstract prints it" and "slope per km/h, as section 3.5 prints it".
    """
    names = [one.description.partition(AS_PRINTED_IN) for one in (row, other)]
    is_printed_twice = names[0][:2] == names[1][:2] and bool(names[0][1])
    is_of_one_analysis = bool(row.analysis) and row.analysis == other.analysis
    return row.quantity == other.quantity and (is_printed_twice or is_of_one_analysis)


def _measure(row: ReproductionRow, review: Review) -> str:
    """Return the measure of the row's analysis, or the review's own."""
    measures = {analysis.id: analysis.measure for analysis in review.settings.analyses}
    return measures.get(row.analysis, review.settings.measure)
