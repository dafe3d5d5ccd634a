"""What other reviews printed, as rows: numbers as printed, none of them computed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from liftproof.reviews.model.printed_number import printed_number
from liftproof.reviews.model.printed_pool import PrintedPool
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.review_tables import Published
from liftproof.rows.print_rows import PrintRow

Beside = Mapping[str, Sequence[Published]]
"""By name of another review, what its ``published.csv`` holds."""


def printed_pools(review: Review, beside: Beside) -> tuple[PrintRow, ...]:
    """Return a row for every printed result, those held by another review with its numbers."""
    return tuple(_row(review.name, _resolved(pool, beside)) for pool in review.prints)


def _resolved(pool: PrintedPool, beside: Beside) -> PrintedPool:
    """Return a print with the numbers of the review that holds it, itself where none does."""
    name, _, target = pool.see.partition("/")
    held = {row.quantity: row for row in beside.get(name, ()) if row.target == target}
    if "estimate" not in held:
        return pool
    printed = {quantity: row.printed for quantity, row in held.items()}
    return replace(
        pool,
        estimate=printed["estimate"],
        ci_low=printed.get("ci_low", ""),
        ci_high=printed.get("ci_high", ""),
        studies=_first_count(printed, ("studies", "k")),
        participants=_first_count(printed, ("participants",)),
        source=held["estimate"].location,
        location="",
        kind=held["estimate"].kind,
    )


def _first_count(printed: Mapping[str, str], quantities: Sequence[str]) -> int | None:
    """Return the first of these quantities that was printed as a whole number."""
    texts = [printed[quantity] for quantity in quantities if quantity in printed]
    return next((int(text) for text in texts if text.isdigit()), None)


def _row(review: str, pool: PrintedPool) -> PrintRow:
    return PrintRow(
        review=review,
        target=pool.target,
        label=pool.label,
        year=pool.year,
        topic=pool.topic,
        population=pool.population,
        outcome=pool.outcome,
        measure=pool.measure,
        estimate=_number(pool.estimate),
        ci_low=_number(pool.ci_low),
        ci_high=_number(pool.ci_high),
        printed=printed_text(pool),
        studies=pool.studies,
        participants=pool.participants,
        source=", ".join(part for part in (pool.source, pool.location) if part),
        doi=pool.doi,
        kind=pool.kind,
        see=pool.see,
        note=pool.note,
    )


def _number(text: str) -> float | None:
    printed = printed_number(text) if text else None
    return None if printed is None else printed.value


def printed_text(pool: PrintedPool) -> str:
    """Return estimate and limits with the digits of the print.

    >>> of = {"target": "a", "label": "A", "year": 2020, "topic": "t", "outcome": "o"}
    >>> one = PrintedPool(**of, measure="RR", estimate="0.480", ci_low="0.30", ci_high="0.9")
    >>> printed_text(one)
    '0.480 (0.30 to 0.9)'
    """
    limits = f" ({pool.ci_low} to {pool.ci_high})" if pool.ci_low and pool.ci_high else ""
    return f"{pool.estimate}{limits}" if pool.estimate else ""
