"""Results that a sentence requires, such as adverse events: what was found, and what is unknown."""

from collections.abc import Iterator, Sequence

from liftproof.analysis.claims.ledger import Answer
from liftproof.analysis.claims.required_results import RequiredResult
from liftproof.rows.claim_rows import ClaimRow
from liftproof.vocabulary.measures import MEASURES
from liftproof.words.marks import own_marks
from liftproof.words.numbers import estimate_text
from liftproof.words.text import counted


def no_data_text(row: ClaimRow) -> str:
    """Say that no trial gives the result."""
    trials = counted(row.studies or 0, "trial")
    column, _, value = row.requires.partition(": ")
    kind = f"{_name(column)} is {_name(value)}"
    return f"none of the {trials} of this analysis gives here a result whose {kind}"


def harm_text(results: Sequence[RequiredResult]) -> str:
    """Say which results speak against the sentence."""
    harms = "; ".join(_result(each) for each in results if each.is_harm)
    return f"a trial counted more with the exercise, and its interval excludes no effect: {harms}"


def few_give_text(row: ClaimRow) -> str:
    """Say that no harm was counted, and how few trials could have shown one."""
    number = f"only {row.required_trials}" if row.required_trials else "none"
    return (
        f"no harm was counted, but {number} of the {row.studies} trials counted in both arms what "
        f"the sentence is about ({_name(row.requires.partition(': ')[2])}), too few for a sentence "
        "without reserve"
    )


def required_sentences(answer: Answer) -> Iterator[str]:
    """Tell what trials counted, what they did not count, and how many tell nothing."""
    results = answer.required
    if not results:
        return
    found = "; ".join(_result(each) for each in results if each.is_counted)
    if found:
        yield f"The trials found: {found}"
    open_ = "; ".join(
        f"{each.label}, {_name(each.outcome)} ({each.note})"
        for each in results
        if not each.is_counted
    )
    if open_:
        yield f"Told without counts: {open_}"
    silent = (answer.row.studies or 0) - len({each.study for each in results})
    if silent:
        verb = "tells" if silent == 1 else "tell"
        yield f"The other {counted(silent, 'trial')} {verb} nothing of it here"


def _result(result: RequiredResult) -> str:
    effect = ""
    if result.measure:
        numbers = estimate_text(result.estimate, result.ci_low, result.ci_high)
        effect = f"{MEASURES[result.measure].name} {numbers}{own_marks(result)}"
    awaits = f" (not known: {result.awaits})" * bool(result.awaits)
    told = ", ".join(part for part in (result.counts, effect) if part)
    return f"{result.label}, {_name(result.outcome)}: {told}{awaits}"


def _name(code: str) -> str:
    return code.replace("_", " ")
