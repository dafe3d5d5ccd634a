"""The claims ledger as readers see it: every sentence made from the numbers of its row."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from liftproof.analysis.claims.records import (
    CERTAINTY,
    CONTRARY,
    DOSE_DATA,
    GROUP,
    HOLDS,
    NO_DATA,
    NO_EFFECT,
    NO_POOL,
    REASON,
    SIZE,
    ClaimRow,
    ReadingRow,
)
from liftproof.analysis.claims.run import Ledger, dose_of
from liftproof.analysis.dose.records import DoseRow
from liftproof.analysis.records import EstimateRow
from liftproof.measures import MEASURES
from liftproof.reviews.claim import BELOW, FEW_TRIALS, REDUCTION
from liftproof.words import numbers
from liftproof.words.dose import VERDICT_WORDS
from liftproof.words.forest_rows import capital, estimate_text, minus
from liftproof.words.ledger import LEDGER_VERDICTS
from liftproof.words.readings import READING_NAMES, reading_text
from liftproof.words.summary import LEVEL, MARKS, counted

FEW = 10
"""Trials below which a pooled estimate is told with a caution."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _About:
    """What a sentence is made from."""

    row: ClaimRow
    readings: Sequence[ReadingRow]
    beside: Sequence[EstimateRow]
    model: DoseRow | None


def told(ledger: Ledger, doses: Sequence[DoseRow]) -> list[ClaimRow]:
    """Return the rows of a ledger with their sentences; ``doses`` as they answered it."""
    return [
        replace(
            row,
            sentence=sentence(
                row,
                [each for each in ledger.readings if each.claim == row.claim],
                ledger.beside.get(row.claim, ()),
                dose_of(row, doses) if row.dose else None,
            ),
        )
        for row in ledger.claims
    ]


def sentence(
    row: ClaimRow,
    readings: Sequence[ReadingRow],
    beside: Sequence[EstimateRow] = (),
    model: DoseRow | None = None,
) -> str:
    """Return the verdict on a claim in words: why, the numbers, the trials, what stands beside."""
    of = _About(row=row, readings=readings, beside=beside, model=model)
    verdict = capital(LEDGER_VERDICTS[row.verdict].words)
    parts = [f"{verdict}: {_REASONS[row.why](of)}", *_numbers(of), *_trials(row), *_beside(of)]
    return minus(" ".join(f"{part.removesuffix('.')}." for part in parts))


def condition_text(row: ClaimRow) -> str:
    """Return what the estimate has to be, in words; empty where the claim states nothing.

    >>> condition_text(ClaimRow(claim="a", claimed="b", condition="at_most", condition_value=0.55,
    ...     measure="RR"))
    'a risk ratio of at most 0.55'
    """
    if row.condition_value is None or not row.measure:
        return ""
    measure = MEASURES[row.measure]
    article = "an" if measure.name[:1] in "aeiou" else "a"
    if row.condition == REDUCTION:
        value = numbers.percent(row.condition_value)
        return (
            f"a reduction of {value} or more, rounded ({article} {measure.name} of at most "
            f"{row.threshold:.3g})"
        )
    relation = "below" if row.condition == BELOW else "of at most"
    return f"{article} {measure.name} {relation} {row.condition_value:.3g}"


def _no_data(of: _About) -> str:
    column, _, value = of.row.requires.partition(": ")
    kind = f"{column.replace('_', ' ')} is {value.replace('_', ' ')}"
    trials = counted(of.row.studies or 0, "trial")
    return f"none of the {trials} of this analysis gives here a result whose {kind}"


def _dose(of: _About) -> str:
    """Return the answer of the dose question, without the verdict that it begins with."""
    if of.model is None:
        return "the dose question has no answer"
    first = f"{capital(VERDICT_WORDS[of.model.verdict])}. "
    return of.model.sentence.removeprefix(first)


def _dose_data(of: _About) -> str:
    return f"too few trials give this dose for a line to be tested. {_dose(of)}"


def _no_effect(of: _About) -> str:
    if of.row.dose:
        return f"that the effect goes with dose is not shown. {_dose(of)}"
    null = MEASURES[of.row.measure].no_effect
    return f"the {LEVEL} interval includes no effect ({null:g})"


def _contrary(of: _About) -> str:
    if of.row.dose:
        return f"more of it goes with a smaller effect. {_dose(of)}"
    null, low = MEASURES[of.row.measure].no_effect, of.row.ci_low
    excludes = low is not None and low > null
    return f"the estimate points to harm{', and its interval excludes no effect' * excludes}"


def _certainty(of: _About) -> str:
    if of.row.dose:
        return f"too few trials show it. {_dose(of)}"
    asked = [each for each in of.readings if each.asked == "yes"]
    failing = "; ".join(reading_text(each) for each in asked if each.holds == "no")
    holding = "; ".join(reading_text(each) for each in asked if each.holds == "yes")
    also = f". It holds by {holding}" if holding else ""
    return (
        f"the estimate is as said ({condition_text(of.row)}), but not with the certainty that the "
        f"sentence needs. It does not hold by {failing}{also}"
    )


def _group(of: _About) -> str:
    row = of.row
    others = [
        f"{_of_trials(count, row)} of {words} (they are of: {kinds})"
        for words, count, kinds in (
            (row.population, row.population_trials, row.sports),
            (row.exposure, row.exposure_trials, row.kinds),
        )
        if words and count is not None and count < (row.studies or 0)
    ]
    return (
        f"the numbers are as said ({condition_text(row) or 'the effect goes with dose'}), but "
        f"{' and '.join(others)}, which the sentence implies"
    )


def _of_trials(count: int, row: ClaimRow) -> str:
    """Return "none of the 4 trials is", "1 of the 4 trials is", "2 of the 4 trials are"."""
    number = f"only {count}" if count else "none"
    return f"{number} of the {row.studies} trials {'is' if count in (0, 1) else 'are'}"


_REASONS: Mapping[str, Callable[[_About], str]] = {
    REASON: lambda of: of.row.reason,
    NO_DATA: _no_data,
    NO_POOL: lambda of: "no analysis here pools what it would take",  # noqa: ARG005
    DOSE_DATA: _dose_data,
    NO_EFFECT: _no_effect,
    CONTRARY: _contrary,
    SIZE: lambda of: (
        f"the effect has the direction but not the size said: {condition_text(of.row)}"
    ),
    CERTAINTY: _certainty,
    GROUP: _group,
    HOLDS: lambda of: f"the numbers are as said: {condition_text(of.row)}",
}


def _numbers(of: _About) -> list[str]:
    """Return the pooled effect, its prediction interval and what few trials do to its limits."""
    row = of.row
    if row.estimate is None or row.requires or row.dose:
        return []
    size = counted(row.studies or 0, "trial")
    size = size if row.k == row.studies else f"{counted(row.k or 0, 'effect')} from {size}"
    told_size = row.threshold != MEASURES[row.measure].no_effect
    is_short = told_size and row.why in (NO_EFFECT, CONTRARY)
    asked = [f"The sentence asks for {condition_text(row)}"] if is_short else []
    return [f"{_estimate(row)}, {size}", *asked, *_prediction(row), *_few(row)]


def _estimate(row: ClaimRow | EstimateRow) -> str:
    text = estimate_text(row.estimate, row.ci_low, row.ci_high)
    return f"{row.title}: {MEASURES[row.measure].name} {text}{_marks(row)}"


def _marks(row: ClaimRow | EstimateRow) -> str:
    return "".join(sign for kind, sign in MARKS if getattr(row, kind) == "yes")


def _prediction(row: ClaimRow) -> list[str]:
    """Tell of a prediction interval that includes no effect although the interval does not."""
    null = MEASURES[row.measure].no_effect
    if row.pi_high is None or row.ci_high is None or not row.ci_high < null <= row.pi_high:
        return []
    limits = numbers.interval(row.pi_low, row.pi_high)
    return [f"In a new setting the effect may be absent: {LEVEL} prediction interval {limits}"]


def _few(row: ClaimRow) -> list[str]:
    """Tell of few trials, and of no effect that the interval made for few trials includes."""
    if (row.studies or 0) >= FEW or (row.studies or 0) == 1:
        return ["One trial is no pool"] if row.studies == 1 else []
    null = MEASURES[row.measure].no_effect
    if row.few_high is None or row.ci_high is None or not row.ci_high < null <= row.few_high:
        return []
    if FEW_TRIALS in row.fails.split(", "):
        return []
    limits = numbers.interval(row.few_low, row.few_high)
    return [f"By {READING_NAMES[FEW_TRIALS]} the interval includes no effect ({limits})"]


def _trials(row: ClaimRow) -> list[str]:
    """Say how many of the trials were of the readers, and what the others were of."""
    if row.readers_trials is None or not row.studies or not row.readers:
        return []
    if row.readers_trials == row.studies:
        every = "The trial is" if row.studies == 1 else f"All {row.studies} trials are"
        return [f"{every} of {row.readers}"]
    told_trials = _of_trials(row.readers_trials, row).removeprefix("only ")
    return [f"{capital(told_trials)} of {row.readers}: {row.sports}"]


def _beside(of: _About) -> list[str]:
    """Tell the further analyses; of each, that it includes no effect where the claim's does not."""
    excludes = of.row.why in (SIZE, CERTAINTY, GROUP, HOLDS)
    every = "; ".join(
        f"{_estimate(row)}{', which includes no effect' * (excludes and _includes(row))}"
        for row in of.beside
    )
    return [f"Beside it stand {every}"] if every else []


def _includes(row: EstimateRow) -> bool:
    null = MEASURES[row.measure].no_effect
    return row.ci_low is not None and row.ci_high is not None and row.ci_low <= null <= row.ci_high
