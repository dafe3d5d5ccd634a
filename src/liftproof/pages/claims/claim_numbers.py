"""The numbers behind a verdict on a sentence: the estimate, the trials, what stands beside it."""

from collections.abc import Iterator, Sequence

from liftproof.analysis.claims.better_side import (
    better_limit,
    is_no_better,
    is_worse,
    worse_limit,
)
from liftproof.analysis.claims.claim_prints import PrintedEffect
from liftproof.analysis.claims.ledger import Beside
from liftproof.pages.claims.outcome_words import is_outcome_told, outcome_clause
from liftproof.pages.claims.reading_words import reading_name
from liftproof.reviews.model.claim_point import (
    ABOVE,
    AT_MOST,
    BELOW,
    FEW_TRIALS,
    PREDICTION,
    REDUCTION,
)
from liftproof.rows.claim_rows import (
    CERTAINTY,
    CONTRARY,
    GROUP,
    HOLDS,
    NO_EFFECT,
    SIZE,
    ClaimRow,
)
from liftproof.rows.result_rows import EstimateRow
from liftproof.vocabulary.measures import MEASURES
from liftproof.words import numbers
from liftproof.words.marks import own_marks
from liftproof.words.numbers import estimate_text
from liftproof.words.text import (
    capital,
    counted,
    names_alone,
    outcome_names,
    trials_by_name,
)

FEW = 10
"""Trials below which a pooled estimate is told with a caution."""
TWO = 2
"""Trials at which the intervals for few trials have one degree of freedom left."""
ONE_DEGREE = "with one degree of freedom, two trials can show hardly any effect"


_RELATIONS = {BELOW: "below", AT_MOST: "of at most", ABOVE: "above"}


def condition_text(row: ClaimRow) -> str:
    """Return what the estimate has to be, in words; empty where the claim states nothing.

    >>> condition_text(ClaimRow(claim="a", claimed="b", condition="at_most", condition_value=0.55,
    ...     measure="RR"))
    'a risk ratio of at most 0.55'
    """
    if row.condition_value is None or not row.measure:
        return ""
    measure = MEASURES[row.measure]
    if row.condition == REDUCTION:
        value = numbers.percent(row.condition_value)
        return (
            f"a reduction of {value} or more, rounded: {measure.with_article} of at most "
            f"{row.threshold:.3g}"
        )
    relation = _RELATIONS[row.condition]
    is_sign = (row.condition, row.condition_value) == (BELOW, measure.no_effect)
    meaning = f", which means {row.below}" * bool(row.below and is_sign)
    return f"{measure.with_article} {relation} {row.condition_value:.3g}{meaning}"


def estimate_sentences(row: ClaimRow, level: float) -> Iterator[str]:
    """Yield the pooled effect, what was printed of it, and what its limits leave open."""
    if row.estimate is None or row.requires or row.dose:
        return
    size = counted(row.studies or 0, "trial")
    size = size if row.k == row.studies else f"{counted(row.k or 0, 'effect')} from {size}"
    yield f"{_estimate(row)}, {size}"
    yield from _printed(row)
    yield from _size_asked(row)
    yield from _prediction(row, level)
    yield from _few(row, level)
    yield from _grade(row)


def of_trials(count: int, row: ClaimRow) -> str:
    """Return "none of the 4 trials is", "only 1 of the 4 trials is", "only 2 … are"; of one trial,
    "the trial is" or "the trial is not".
    """
    if row.studies == 1:
        return f"the trial is{' not' * (count == 0)}"
    number = f"only {count}" if count else "none"
    return f"{number} of the {row.studies} trials {'is' if count in (0, 1) else 'are'}"


def trial_sentences(row: ClaimRow) -> Iterator[str]:
    """Say how many of the trials were of the readers, what the others were of, and counted."""
    readers = readers_sentence(row)
    if not readers:
        return
    yield readers
    if _counts_outcomes(row) and not is_outcome_told(row):
        yield _they_counted(row)


def counted_sentence(row: ClaimRow) -> str:
    """Say at a glance what the trials counted, if not one thing and that which is implied.

    Empty, too, where the reason of the verdict says it. A sentence without its end.
    """
    if not row.studies or not _counts_outcomes(row):
        return ""
    if outcome_clause(row):
        return "" if row.why == GROUP else capital(outcome_clause(row).partition(";")[0])
    return _they_counted(row) if "), " in row.outcomes else ""


def _counts_outcomes(row: ClaimRow) -> bool:
    is_count = bool(row.measure) and MEASURES[row.measure].is_log
    return is_count and (row.studies or 0) > 1 and not row.dose


def _they_counted(row: ClaimRow) -> str:
    return f"Of the trials {trials_by_name(outcome_names(row.outcomes), 'counted')}"


def readers_sentence(row: ClaimRow) -> str:
    """Say how many of the trials were of the readers, and of whom the others.

    Empty if unknown, and where it is the reason of the verdict, which tells it.
    """
    if row.readers_trials is None or not row.studies or not row.readers:
        return ""
    if row.readers_trials == row.studies:
        every = "The trial is" if row.studies == 1 else f"All {row.studies} trials are"
        return f"{every} of {row.readers}"
    if row.why == GROUP and row.population == row.readers:
        return ""
    if row.studies == 1:
        return f"The trial is of {names_alone(row.sports)}, not of {row.readers}"
    told_trials = of_trials(row.readers_trials, row).removeprefix("only ")
    told = f"{capital(told_trials)} of {row.readers}"
    own = f"{row.readers} ({row.readers_trials})"
    if own in row.sports.split(", "):
        others = row.sports.replace(f"{own}, ", "").replace(f", {own}", "")
        return f"{told}, {trials_by_name(others, 'of', 'of')}"
    is_one_kind = "), " not in row.sports
    others = names_alone(row.sports) if is_one_kind else trials_by_name(row.sports, "of", "of")
    return f"{told}: {'they are of ' * is_one_kind}{others}"


def beside_sentences(row: ClaimRow, beside: Sequence[Beside]) -> Iterator[str]:
    """Tell the further analyses; of each, that it includes no effect where the claim's does not."""
    excludes = row.why in (SIZE, CERTAINTY, GROUP, HOLDS)
    every = "; ".join(
        f"{_estimate(each.estimate)}{_as_printed(each.printed)}"
        f"{', which includes no effect' * (excludes and _includes(each.estimate))}"
        for each in beside
    )
    if every:
        yield f"Beside it stand {every}"


def _estimate(row: ClaimRow | EstimateRow) -> str:
    text = estimate_text(row.estimate, row.ci_low, row.ci_high)
    return f"{row.title}: {MEASURES[row.measure].name} {text}{own_marks(row)}"


def _as_printed(printed: PrintedEffect | None) -> str:
    return f", printed as {printed.text}" if printed else ""


def _printed(row: ClaimRow) -> Iterator[str]:
    """Tell the print, and that its interval concludes otherwise than the one computed here."""
    if not row.printed or row.printed_low is None or row.printed_high is None:
        return
    null = MEASURES[row.measure].no_effect
    includes = row.printed_low <= null <= row.printed_high
    differs = includes != _includes(row)
    other = f", which {'includes' if includes else 'excludes'} no effect" * differs
    yield f"The {row.printed_by} printed {row.printed}{other}"


def _size_asked(row: ClaimRow) -> Iterator[str]:
    """Tell the size that a sentence asks for, where no effect is shown, let alone that size."""
    is_told = row.threshold != MEASURES[row.measure].no_effect
    if not is_told or row.why not in (NO_EFFECT, CONTRARY):
        return
    best = better_limit(row.ci_low, row.ci_high, row.better)
    outside = ", which the interval excludes" * (best is not None and not _is_as_said(best, row))
    yield f"The sentence asks for {condition_text(row)}{outside}"


def _prediction(row: ClaimRow, level: float) -> Iterator[str]:
    """Tell what a new setting may see, where the sentence itself does not ask for that."""
    mean = worse_limit(row.ci_low, row.ci_high, row.better)
    new = worse_limit(row.pi_low, row.pi_high, row.better)
    is_asked = PREDICTION in row.certainty.split(", ")
    if mean is None or new is None or is_asked or not _is_effect(mean, row):
        return
    is_ratio = MEASURES[row.measure].is_ratio
    told = numbers.limits(row.pi_low, row.pi_high, is_ratio=is_ratio)
    limits = f"{numbers.level(level)} prediction interval {told}"
    if not _is_effect(new, row):
        yield f"In a new setting the effect may be absent: {limits}"
    elif _is_as_said(mean, row) and not _is_as_said(new, row):
        yield f"In a new setting the effect may be smaller than said: {limits}"
    else:
        yield f"What a new setting may see: {limits}"


def _is_effect(limit: float, row: ClaimRow) -> bool:
    """Say whether a limit lies on the better side of no effect."""
    return not is_no_better(limit, MEASURES[row.measure].no_effect, row.better)


def _is_as_said(limit: float, row: ClaimRow) -> bool:
    return row.threshold is not None and not is_worse(limit, row.threshold, row.better)


def _few(row: ClaimRow, level: float) -> Iterator[str]:
    """Tell of few trials, and of no effect that the interval made for few trials includes."""
    if row.studies == 1:
        yield "One trial is no pool"
    is_told = FEW_TRIALS in row.fails.split(", ") or (row.studies or 0) >= FEW
    mean = worse_limit(row.ci_low, row.ci_high, row.better)
    few = worse_limit(row.few_low, row.few_high, row.better)
    if mean is None or few is None or is_told:
        return
    if _is_effect(mean, row) and not _is_effect(few, row):
        limits = numbers.interval(row.few_low, row.few_high)
        why = f"; {ONE_DEGREE}" * (row.studies == TWO)
        few_trials = reading_name(FEW_TRIALS, level)
        yield f"By {few_trials} the interval includes no effect ({limits}){why}"


def _grade(row: ClaimRow) -> Iterator[str]:
    if row.grade:
        bound = "at most " * (row.grade_at_most == "yes")
        yield f"Certainty by GRADE: {bound}{row.grade.replace('_', ' ')}"
    if row.printed_grade:
        yield f"The review rates its evidence as {row.printed_grade.replace('_', ' ')}"


def _includes(row: ClaimRow | EstimateRow) -> bool:
    null = MEASURES[row.measure].no_effect
    return row.ci_low is not None and row.ci_high is not None and row.ci_low <= null <= row.ci_high
