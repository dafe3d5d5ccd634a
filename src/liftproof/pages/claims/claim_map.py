"""All verdicts at one glance: a mark each, by verdict and by whose trials it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass

from liftproof.pages.claims.claim_choices import BY_TRIALS, TRIALS_OF, ClaimChoice, trials_of
from liftproof.pages.claims.ledger_verdicts import LEDGER_VERDICTS, ledger_verdict_text
from liftproof.rows.claim_rows import ClaimRow
from liftproof.words.text import capital


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimMark:
    """A verdict: the ``claim`` that it leads to, and the sentence or part of one that it is on.

    ``trials_of`` is the code of whose trials it rests on; empty where the claims name no readers.
    """

    claim: str
    text: str
    trials_of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictMarks:
    """The marks of one verdict; ``verdict`` is the code that styles them."""

    verdict: str
    words: str
    marks: tuple[ClaimMark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimMap:
    """The marks of each verdict, best first; ``key``: the choice that tells marks apart, if any."""

    verdicts: tuple[VerdictMarks, ...]
    key: ClaimChoice | None


def claim_map(rows: Sequence[ClaimRow], choices: Sequence[ClaimChoice]) -> ClaimMap:
    """Return the marks of verdicts, those with trials of the readers first.

    ``choices``: what the verdicts can be chosen by.
    """
    marks = sorted(map(_mark, rows), key=lambda mark: TRIALS_OF.index(mark.trials_of))
    verdict_of = {row.claim: row.verdict for row in rows}
    return ClaimMap(
        verdicts=tuple(
            VerdictMarks(
                verdict=code,
                words=ledger_verdict_text(code),
                marks=tuple(mark for mark in marks if verdict_of[mark.claim] == code),
            )
            for code in LEDGER_VERDICTS
            if code in verdict_of.values()
        ),
        key=next((each for each in choices if each.name == BY_TRIALS), None),
    )


def _mark(row: ClaimRow) -> ClaimMark:
    part = f" {capital(row.part)}." if row.part else ""
    return ClaimMark(claim=row.claim, text=f"{row.claimed}{part}", trials_of=trials_of(row))
