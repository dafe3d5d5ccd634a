"""What the trials counted, where that is not what a sentence implies."""

from collections.abc import Iterator

from liftproof.rows.claim_rows import CERTAINTY, GROUP, SIZE, ClaimRow
from liftproof.words.text import capital, names_alone, outcome_names, trials_by_name


def outcome_clause(row: ClaimRow) -> str:
    """Return that only some trials counted what is implied, and which; empty where all did.

    >>> outcome_clause(ClaimRow(claim="a", claimed="b", outcome="all injuries", studies=6,
    ...     outcome_trials=1, outcome_counts="Zouita 2016 (4 of 26 v 13 of 26)",
    ...     outcome_others="hamstring injury (5)"))
    'only 1 of the 6 trials counted all injuries, Zouita 2016 (4 of 26 v 13 of 26); the others \
counted hamstring injury, and a fall in that is not the same fall in all injuries'
    >>> outcome_clause(ClaimRow(claim="a", claimed="b", outcome="all injuries", studies=2,
    ...     outcome_trials=1, outcome_counts="Zouita 2016", outcome_others="acl injury (1)"))
    'only 1 of the 2 trials counted all injuries, Zouita 2016; the other counted ACL injury, and a \
fall in that is not the same fall in all injuries'
    """
    if row.outcome_trials is None or row.outcome_trials == row.studies:
        return ""
    which = f", {row.outcome_counts}" if row.outcome_trials else ""
    return (
        f"{_number(row)} {row.outcome}{which}; {_others_counted(row)}, and a fall in that is "
        f"not the same fall in {row.outcome}"
    )


def _others_counted(row: ClaimRow) -> str:
    """Return what the other trials counted; of more than one outcome, how many trials each."""
    others, names = row.outcome_others, outcome_names(row.outcome_others)
    if "), " in others:
        return "of the others " * bool(row.outcome_trials) + trials_by_name(names, "counted")
    is_single = (row.outcome_trials or 0) + 1 == row.studies
    pair = ("it", "they") if not row.outcome_trials else ("the other", "the others")
    return f"{pair[0] if is_single else pair[1]} counted {names_alone(names)}"


def is_outcome_told(row: ClaimRow) -> bool:
    """Say whether the clause is told, in the reason of a verdict or after it."""
    return row.why in (SIZE, CERTAINTY, GROUP) and bool(outcome_clause(row))


def outcome_sentences(row: ClaimRow) -> Iterator[str]:
    """Tell the clause of a claim that falls short already for another reason."""
    if is_outcome_told(row) and row.why != GROUP:
        yield capital(outcome_clause(row))


def _number(row: ClaimRow) -> str:
    if row.studies == 1:
        return "the trial did not count"
    number = f"only {row.outcome_trials}" if row.outcome_trials else "none"
    return f"{number} of the {row.studies} trials counted"
