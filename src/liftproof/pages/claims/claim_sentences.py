"""The claims ledger as readers see it: every sentence made from the numbers of its row."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from liftproof.analysis.claims.ledger import Beside, Ledger, dose_of
from liftproof.pages.claims.claim_numbers import (
    beside_sentences,
    condition_text,
    estimate_sentences,
    of_trials,
    trial_sentences,
)
from liftproof.pages.claims.ledger_verdicts import LEDGER_VERDICTS
from liftproof.pages.claims.reading_words import reading_text
from liftproof.pages.dose.dose_words import VERDICT_WORDS
from liftproof.pages.estimates.summary import LEVEL
from liftproof.reviews.model.claim import FEW_TRIALS
from liftproof.rows.claim_rows import (
    CERTAINTY,
    CONTRARY,
    DOSE_DATA,
    GROUP,
    HOLDS,
    NO_DATA,
    NO_EFFECT,
    NO_POOL,
    PRINTED_BY_REVIEW,
    REASON,
    SIZE,
    ClaimRow,
    ReadingRow,
)
from liftproof.rows.dose_rows import DoseRow
from liftproof.vocabulary.measures import MEASURES
from liftproof.words.text import capital, counted, minus

TWO = 2
"""Trials at which the intervals for few trials have one degree of freedom left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _About:
    """What a sentence is made from."""

    row: ClaimRow
    readings: Sequence[ReadingRow]
    beside: Sequence[Beside]
    model: DoseRow | None


def claims_in_words(ledger: Ledger, doses: Sequence[DoseRow]) -> list[ClaimRow]:
    """Return the rows of a ledger with their sentences; ``doses`` as they answered it."""
    return [
        replace(
            row,
            sentence=claim_sentence(
                row,
                [each for each in ledger.readings if each.claim == row.claim],
                ledger.beside.get(row.claim, ()),
                dose_of(row, doses) if row.dose else None,
            ),
        )
        for row in ledger.claims
    ]


def claim_sentence(
    row: ClaimRow,
    readings: Sequence[ReadingRow],
    beside: Sequence[Beside] = (),
    model: DoseRow | None = None,
) -> str:
    """Return the verdict on a claim in words: why, the numbers, the trials, what stands beside."""
    about = _About(row=row, readings=readings, beside=beside, model=model)
    verdict = capital(LEDGER_VERDICTS[row.verdict].words)
    parts = [
        f"{verdict}: {_REASONS[row.why](about)}",
        *estimate_sentences(row),
        *trial_sentences(row),
        *beside_sentences(row, beside),
    ]
    return minus(" ".join(f"{part.removesuffix('.')}." for part in parts))


def _no_data(about: _About) -> str:
    column, _, value = about.row.requires.partition(": ")
    kind = f"{column.replace('_', ' ')} is {value.replace('_', ' ')}"
    trials = counted(about.row.studies or 0, "trial")
    return f"none of the {trials} of this analysis gives here a result whose {kind}"


def _dose(about: _About) -> str:
    """Return the answer of the dose question, without the verdict that it begins with."""
    if about.model is None:
        return "the dose question has no answer"
    first = f"{capital(VERDICT_WORDS[about.model.verdict])}. "
    return about.model.sentence.removeprefix(first)


def _dose_data(about: _About) -> str:
    return f"too few trials give this dose for a line to be tested. {_dose(about)}"


def _no_effect(about: _About) -> str:
    if about.row.dose:
        return f"that the effect goes with dose is not shown. {_dose(about)}"
    null = MEASURES[about.row.measure].no_effect
    return f"the {LEVEL} interval includes no effect ({null:g})"


def _contrary(about: _About) -> str:
    if about.row.dose:
        return f"more of it goes with a smaller effect. {_dose(about)}"
    null, low = MEASURES[about.row.measure].no_effect, about.row.ci_low
    excludes = low is not None and low > null
    return f"the estimate points to harm{', and its interval excludes no effect' * excludes}"


def _certainty(about: _About) -> str:
    if about.row.dose:
        return f"too few trials show it. {_dose(about)}"
    asked = [each for each in about.readings if each.asked == "yes"]
    failing = "; ".join(reading_text(each) for each in asked if each.holds != "yes")
    holding = "; ".join(reading_text(each) for each in asked if each.holds == "yes")
    also = f". It holds by {holding}" if holding else ""
    return (
        f"the estimate is as said ({condition_text(about.row)}), but not with the certainty that "
        f"the sentence needs. It does not hold by {failing}{_barely(about.row)}{also}"
    )


def _barely(row: ClaimRow) -> str:
    """Say how little the limits for few trials can exclude where there are two."""
    if row.studies != TWO or FEW_TRIALS not in row.fails.split(", "):
        return ""
    return ": with one degree of freedom, two trials can show hardly any effect"


def _group(about: _About) -> str:
    row = about.row
    others = [
        f"{of_trials(count, row)} of {words} (they are of: {kinds})"
        for words, count, kinds in (
            (row.population, row.population_trials, row.sports),
            (row.exposure, row.exposure_trials, row.kinds),
        )
        if words and count is not None and count < (row.studies or 0)
    ]
    numbers_hold = condition_text(row) or "the effect goes with dose"
    implied = " and ".join(others)
    if row.covers:
        whose = "printed estimate" if row.printed_by == PRINTED_BY_REVIEW else "estimate"
        return (
            f"the numbers are as said ({numbers_hold}), but the {whose} is for {row.covers}, not "
            f"for {_implied(row)} alone, which the sentence implies: {implied}"
        )
    return f"the numbers are as said ({numbers_hold}), but {implied}, which the sentence implies"


def _implied(row: ClaimRow) -> str:
    return " in ".join(words for words in (row.exposure, row.population) if words)


_REASONS: Mapping[str, Callable[[_About], str]] = {
    REASON: lambda about: about.row.reason,
    NO_DATA: _no_data,
    NO_POOL: lambda about: "no analysis here pools what it would take",  # noqa: ARG005
    DOSE_DATA: _dose_data,
    NO_EFFECT: _no_effect,
    CONTRARY: _contrary,
    SIZE: lambda about: (
        f"the effect has the direction but not the size said: {condition_text(about.row)}"
    ),
    CERTAINTY: _certainty,
    GROUP: _group,
    HOLDS: lambda about: f"the numbers are as said: {condition_text(about.row)}",
}
