"""One analysis held against others, in words."""

from collections.abc import Iterator

from liftproof.analysis.claims.ledger import Answer
from liftproof.analysis.claims.verdicts import is_ahead, is_behind
from liftproof.rows.claim_rows import PRINTED, ClaimContrastRow
from liftproof.vocabulary.measures import MEASURES
from liftproof.words.marks import own_marks
from liftproof.words.numbers import estimate_text, p_value


def behind_text(answer: Answer) -> str:
    """Say against which analyses the estimate is ahead, but not for certain."""
    uncertain = dict.fromkeys(
        f"“{row.against_title}”" for row in answer.contrasts if not is_ahead(row, answer.row.better)
    )
    listed = ", ".join(uncertain)
    return (
        "the estimate is ahead of each that it is held against, but the interval of the contrast "
        f"includes no difference against {listed}"
    )


def contrary_text(answer: Answer) -> str:
    """Say which analyses have the larger effect."""
    ahead = dict.fromkeys(
        f"“{row.against_title}”" for row in answer.contrasts if is_behind(row, answer.row.better)
    )
    return f"the effect is not the largest: by the estimate that of {', '.join(ahead)} is"


def contrast_sentences(answer: Answer) -> Iterator[str]:
    """Tell every contrast, and that the trials compare nothing with each other."""
    told = [_contrast(rows) for rows in _by_analysis(answer)]
    if told:
        of = "Ratios" if MEASURES[answer.row.measure].is_log else "Differences"
        yield f"{of} of the two estimates: {'; '.join(told)}"
        yield (
            "No trial here compares them: each was compared with controls of its own, so whatever "
            "else differs between the trials goes along"
        )


def _by_analysis(answer: Answer) -> list[list[ClaimContrastRow]]:
    """Return the contrasts that have numbers, those with one analysis together."""
    grouped: dict[str, list[ClaimContrastRow]] = {}
    for row in answer.contrasts:
        if row.estimate is not None:
            grouped.setdefault(row.against, []).append(row)
    return list(grouped.values())


def _contrast(rows: list[ClaimContrastRow]) -> str:
    """Return the contrasts with one analysis: from the trials, then from the prints."""
    numbers = ", ".join(f"{'as printed ' * (row.basis == PRINTED)}{_numbers(row)}" for row in rows)
    return f"against “{rows[0].against_title}” {numbers}"


def _numbers(row: ClaimContrastRow) -> str:
    return (
        f"{estimate_text(row.estimate, row.ci_low, row.ci_high)}{own_marks(row)}, {p_value(row.p)}"
    )
