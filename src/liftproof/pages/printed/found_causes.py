"""What a search for the cause of a mismatch found, as the rows of a table."""

from collections.abc import Sequence
from dataclasses import replace

from liftproof.analysis.causes.candidates import Causes
from liftproof.analysis.causes.review_causes import CauseFinding
from liftproof.pages.printed.cause_words import MOST_NAMED, cause_sentence
from liftproof.rows.cause_rows import CauseRow
from liftproof.rows.result_rows import ReproductionRow


def cause_rows(found: Sequence[CauseFinding]) -> tuple[CauseRow, ...]:
    """Return the rows of ``causes.csv``."""
    return tuple(_row(one) for one in found)


def explained(
    rows: Sequence[ReproductionRow], causes: Sequence[CauseRow]
) -> tuple[ReproductionRow, ...]:
    """Return the rows, none that is not reproduced without an explanation.

    It is what ``published.csv`` has; else what is missing; else how inputs were chosen; else what
    was found of its cause.
    """
    words = {(row.target, row.analysis, row.quantity): row.words for row in causes}
    return tuple(
        replace(
            row,
            explained=row.explained
            or row.missing
            or row.fitted
            or words.get((row.target, row.analysis, row.quantity), ""),
        )
        for row in rows
    )


def _row(found: CauseFinding) -> CauseRow:
    row, causes = found.row, found.causes
    names = _names(found)
    first = causes.candidates[0] if causes is not None and causes.candidates else None
    return CauseRow(
        review=row.review,
        target=row.target,
        analysis=row.analysis,
        quantity=row.quantity,
        printed=row.printed,
        computed=causes.computed if causes and row.computed is None else row.computed,
        verdict=row.verdict,
        finding=found.finding,
        cause=first.cause if names and first else "",
        kind=first.kind if names and first else "",
        departures=first.departures if first else None,
        gives=first.gives if first else None,
        agrees=first.agrees if first and found.finding != "contradicted" else None,
        candidates=len(causes.candidates) if causes else None,
        chance=causes.chance if causes and first else None,
        others=causes.others if causes else None,
        tried=causes.tried if causes else None,
        alternatives=_alternatives(causes, names=names),
        equals="; ".join(one.cause for one in causes.equals) if names and causes else "",
        words=cause_sentence(found),
        explained=row.explained,
        unverified=row.unverified,
    )


def _names(found: CauseFinding) -> bool:
    return found.finding in ("named", "contradicted")


def _alternatives(causes: Causes | None, *, names: bool) -> str:
    """Return the candidates that are not named as the cause."""
    rest = causes.candidates[1 if names else 0 :] if causes else ()
    shown = "; ".join(one.cause for one in rest[:MOST_NAMED])
    more = len(rest) - MOST_NAMED
    return f"{shown}; and {more} more" if more > 0 else shown
