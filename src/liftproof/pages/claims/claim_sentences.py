"""The claims ledger as readers see it: every sentence made from the numbers of its row."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from liftproof.analysis.claims.ledger import Answer, Ledger, dose_of
from liftproof.pages.claims.claim_numbers import (
    beside_sentences,
    estimate_sentences,
    trial_sentences,
)
from liftproof.pages.claims.claim_reasons import reason_text
from liftproof.pages.claims.contrast_words import contrast_sentences
from liftproof.pages.claims.ledger_verdicts import verdict_words
from liftproof.pages.claims.outcome_words import outcome_sentences
from liftproof.pages.claims.required_words import required_sentences
from liftproof.pages.claims.size_words import size_change_text
from liftproof.rows.claim_rows import ClaimRow
from liftproof.rows.dose_rows import DoseRow
from liftproof.vocabulary.measures import MEASURES
from liftproof.words.text import capital, minus


def claims_in_words(ledger: Ledger, doses: Sequence[DoseRow]) -> list[ClaimRow]:
    """Return the rows of a ledger with their sentences; ``doses`` as they answered it."""
    return [
        replace(
            answer.row,
            sentence=claim_sentence(answer, _model(answer, doses)),
            size_change=_size_change(answer),
        )
        for answer in ledger.answers
    ]


def claim_sentence(answer: Answer, model: DoseRow | None = None) -> str:
    """Return the verdict on a claim in words: why, the numbers, the trials, what stands beside."""
    return minus(" ".join(f"{part.removesuffix('.')}." for part in _parts(answer, model)))


def _parts(answer: Answer, model: DoseRow | None) -> Iterator[str]:
    row = answer.row
    yield f"{capital(verdict_words(row))}: {reason_text(answer, model)}"
    yield from required_sentences(answer)
    yield from contrast_sentences(answer)
    yield from outcome_sentences(row)
    yield from estimate_sentences(row, answer.level)
    yield from trial_sentences(row)
    yield from beside_sentences(row, answer.beside)


def _size_change(answer: Answer) -> str:
    if answer.size is None:
        return ""
    return minus(size_change_text(answer.size, MEASURES[answer.row.measure], answer.level))


def _model(answer: Answer, doses: Sequence[DoseRow]) -> DoseRow | None:
    return dose_of(answer.row, doses) if answer.row.dose else None
