"""The computed part of each section of docs/claims.md: the sentence, its verdict, its numbers."""

from collections.abc import Iterator

from liftproof.analysis.claims.ledger import Answer
from liftproof.pages.claims.claim_numbers import estimate_sentences
from liftproof.pages.claims.contrast_words import contrast_sentences
from liftproof.pages.claims.ledger_verdicts import verdict_label
from liftproof.pages.claims.outcome_words import outcome_clause
from liftproof.pages.claims.required_words import required_sentences
from liftproof.pages.dose.dose_numbers import per_unit, slope_text
from liftproof.rows.dose_rows import DoseRow
from liftproof.vocabulary.measures import MEASURES
from liftproof.words.text import capital, counted, minus


def argued_block(answer: Answer, model: DoseRow | None = None) -> str:
    """Return a claim as a Markdown quotation; ``model`` answers it where it is on dose."""
    row = answer.row
    part = f" ({row.part})" if row.part else ""
    numbers = " ".join(f"{minus(each.removesuffix('.'))}." for each in _numbers(answer, model))
    lines = (f"“{row.claimed}”{part}", f"**{verdict_label(row)}**", numbers)
    return "\n>\n".join(f"> {line}" for line in lines if line)


def _numbers(answer: Answer, model: DoseRow | None) -> Iterator[str]:
    row = answer.row
    if model is not None:
        measure = capital(MEASURES[model.measure].name)
        size = counted(model.studies or 0, "trial")
        yield f"{measure} {slope_text(model)} {per_unit(model)}, {size} of {row.studies}"
    yield from required_sentences(answer)
    yield from contrast_sentences(answer)
    yield from estimate_sentences(row, answer.level)
    if outcome_clause(row):
        yield capital(outcome_clause(row))
