"""What a reader may choose sentences by: whose trials a verdict rests on, and the verdict."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from liftproof.pages.claims.ledger_verdicts import LEDGER_VERDICTS, ledger_verdict_text
from liftproof.rows.claim_rows import ClaimRow

OF_READERS, OF_OTHERS, NO_TRIALS = "readers", "others", "none"
"""Whose trials a verdict rests on: some of the readers, others alone; or it rests on none."""
TRIALS_OF = (OF_READERS, OF_OTHERS, NO_TRIALS, "")
"""Those whom a sentence is told to first; the last where the claims name no readers."""
BY_TRIALS = "trials"
"""What the address of the page calls the choice by whose trials."""
FEWEST = 2
"""Options between which there is something to choose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceOption:
    """An option: ``code`` is what a verdict's card holds, ``number`` how many verdicts have it."""

    code: str
    words: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimChoice:
    """A choice of verdicts by one thing; ``name`` is what the address of the page calls it."""

    name: str
    legend: str
    options: tuple[ChoiceOption, ...]


def claim_choices(rows: Sequence[ClaimRow]) -> tuple[ClaimChoice, ...]:
    """Return the choices that divide the verdicts, each with the options that some verdict has.

    >>> claim_choices([ClaimRow(claim="a", claimed="b", verdict="supported")])
    ()
    """
    return tuple(each for each in _every(rows) if len(each.options) >= FEWEST)


def trials_of(row: ClaimRow) -> str:
    """Return whose trials a verdict rests on; empty where the claims name no readers.

    >>> trials_of(ClaimRow(claim="a", claimed="b", readers="runners", readers_trials=1, studies=6))
    'readers'
    """
    if not row.readers:
        return ""
    if row.readers_trials is None:
        return NO_TRIALS
    return OF_READERS if row.readers_trials else OF_OTHERS


def _every(rows: Sequence[ClaimRow]) -> Iterator[ClaimChoice]:
    readers = next((row.readers for row in rows if row.readers), "")
    words = {
        OF_READERS: f"with {readers}",
        OF_OTHERS: "of others alone",
        NO_TRIALS: "no trials",
    }
    yield ClaimChoice(
        name=BY_TRIALS,
        legend="Trials",
        options=_options(rows, trials_of, [(code, words[code]) for code in words]),
    )
    yield ClaimChoice(
        name="verdict",
        legend="Verdict",
        options=_options(
            rows,
            lambda row: row.verdict,
            [(code, ledger_verdict_text(code)) for code in LEDGER_VERDICTS],
        ),
    )


def _options(
    rows: Sequence[ClaimRow],
    code_of: Callable[[ClaimRow], str],
    words: Sequence[tuple[str, str]],
) -> tuple[ChoiceOption, ...]:
    numbers = Counter(map(code_of, rows))
    return tuple(
        ChoiceOption(code=code, words=told, number=numbers[code])
        for code, told in words
        if numbers[code]
    )
