"""Why a claim has its verdict: a clause a rule, made from the numbers that decided."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from liftproof.analysis.claims.better_side import better_limit, is_worse
from liftproof.analysis.claims.ledger import Answer
from liftproof.pages.claims.claim_numbers import ONE_DEGREE, TWO, condition_text, of_trials
from liftproof.pages.claims.contrast_words import behind_text, contrary_text
from liftproof.pages.claims.outcome_words import outcome_clause
from liftproof.pages.claims.reading_words import reading_text
from liftproof.pages.claims.required_words import few_give_text, harm_text, no_data_text
from liftproof.pages.dose.dose_words import VERDICT_WORDS
from liftproof.reviews.model.claim_point import FEW_TRIALS
from liftproof.rows.claim_rows import (
    CERTAINTY,
    CONTRARY,
    DOSE_DATA,
    FEW_GIVE,
    GROUP,
    HARM,
    HOLDS,
    NO_DATA,
    NO_EFFECT,
    NO_POOL,
    OTHER_TRAINING,
    PRINTED_BY_REVIEW,
    REASON,
    SIZE,
    ClaimRow,
)
from liftproof.rows.dose_rows import DoseRow
from liftproof.vocabulary.measures import MEASURES
from liftproof.words import numbers
from liftproof.words.text import capital, names_alone, trials_by_name


@dataclass(frozen=True, slots=True, kw_only=True)
class _About:
    """What a clause is made from."""

    answer: Answer
    model: DoseRow | None

    @property
    def row(self) -> ClaimRow:
        return self.answer.row


def reason_text(answer: Answer, model: DoseRow | None) -> str:
    """Return why a claim has its verdict; ``model`` answers it where it is on dose."""
    return _REASONS[answer.row.why](_About(answer=answer, model=model))


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
    if about.row.against:
        return behind_text(about.answer)
    null = MEASURES[about.row.measure].no_effect
    return f"the {numbers.level(about.answer.level)} interval includes no effect ({null:g})"


def _contrary(about: _About) -> str:
    if about.row.dose:
        return f"more of it goes with a smaller effect. {_dose(about)}"
    if about.row.against:
        return contrary_text(about.answer)
    row, measure = about.row, MEASURES[about.row.measure]
    best = better_limit(row.ci_low, row.ci_high, row.better)
    if best is None or not is_worse(best, measure.no_effect, row.better):
        return (
            f"the {numbers.level(about.answer.level)} interval includes no effect "
            f"({measure.no_effect:g}), and the estimate lies on its worse side"
        )
    return f"the estimate points {_ill(row)}, and its interval excludes no effect"


def _ill(row: ClaimRow) -> str:
    return "to harm" if MEASURES[row.measure].is_log else "the other way"


def _other_training(about: _About) -> str:
    row = about.row
    trained = row.arms or row.kinds
    named = names_alone(trained) if row.studies == 1 else trials_by_name(trained, "of", "of")
    arms = f" (what was trained: {named})"
    none = of_trials(row.exposure_trials or 0, row)
    return (
        f"what points to harm is {names_alone(row.outcomes)} alone, after another training "
        f"than the sentence implies: {none} of {row.exposure}{arms}. It neither supports the "
        "sentence nor refutes it"
    )


def _certainty(about: _About) -> str:
    if about.row.dose:
        return f"too few trials show it. {_dose(about)}"
    if about.row.against:
        return behind_text(about.answer)
    asked = [each for each in about.answer.readings if each.asked == "yes"]
    failing = "; nor by ".join(
        reading_text(each, about.answer.level) for each in asked if each.holds != "yes"
    )
    holding = "; ".join(
        reading_text(each, about.answer.level) for each in asked if each.holds == "yes"
    )
    also = f". It holds by {holding}" if holding else ""
    return (
        f"the estimate is as said ({condition_text(about.row)}), but not with the certainty that "
        f"the sentence needs: it does not hold by {failing}{_one_degree_left(about.row)}{also}"
    )


def _one_degree_left(row: ClaimRow) -> str:
    """Say how little the limits for few trials can exclude where there are two."""
    if row.studies != TWO or FEW_TRIALS not in row.fails.split(", "):
        return ""
    return f": {ONE_DEGREE}"


def _group(about: _About) -> str:
    row = about.row
    others = [
        f"{of_trials(count, row)} of {words}{_what_of(row, kinds)}"
        for words, count, kinds in (
            (row.population, row.population_trials, row.sports),
            (row.exposure, row.exposure_trials, row.kinds),
        )
        if words and count is not None and count < (row.studies or 0)
    ]
    others += filter(None, [outcome_clause(row)])
    numbers_hold = _holding(about)
    implied = " and ".join(others)
    if row.covers:
        whose = "printed estimate" if row.printed_by == PRINTED_BY_REVIEW else "estimate"
        return (
            f"the numbers are as said ({numbers_hold}), but the {whose} is for {row.covers}, not "
            f"for {_implied(row)} alone, which the sentence implies: {implied}"
        )
    return f"the numbers are as said ({numbers_hold}), but {implied}"


def _what_of(row: ClaimRow, kinds: str) -> str:
    """Say of what the trials are instead; the name of one may hold brackets."""
    if row.studies == 1:
        return f" but of {names_alone(kinds)}"
    return f" ({trials_by_name(kinds, 'of', 'of')})"


def _holding(about: _About) -> str:
    """Return what holds, by what the claim is decided by."""
    row = about.row
    if row.dose:
        return "the effect goes with dose"
    if row.against:
        return "the effect is the largest"
    return condition_text(row) or "the trials tell of it, and of no harm"


def _implied(row: ClaimRow) -> str:
    return " in ".join(words for words in (row.exposure, row.population) if words)


_REASONS: Mapping[str, Callable[[_About], str]] = {
    REASON: lambda about: about.row.reason,
    NO_DATA: lambda about: no_data_text(about.row),
    NO_POOL: lambda about: "no analysis here pools what it would take",  # noqa: ARG005
    DOSE_DATA: _dose_data,
    OTHER_TRAINING: _other_training,
    NO_EFFECT: _no_effect,
    CONTRARY: _contrary,
    HARM: lambda about: harm_text(about.answer.required),
    SIZE: lambda about: (
        f"the effect has the direction but not the size said: {condition_text(about.row)}"
    ),
    CERTAINTY: _certainty,
    FEW_GIVE: lambda about: few_give_text(about.row),
    GROUP: _group,
    HOLDS: lambda about: f"the numbers are as said: {_holding(about)}",
}
