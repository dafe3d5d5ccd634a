"""Means and standard deviations that no whole numbers of so many people have."""

from collections.abc import Iterator

from liftproof.analysis.causes.question import read_print
from liftproof.analysis.suspicion.places import Suspicion
from liftproof.reviews.model.review_tables import BINARY, Outcome
from liftproof.statistics.printed.granularity import (
    is_possible_binary_sd,
    is_possible_mean,
    is_possible_sd,
)

ARMS = ("intervention", "control")
WHENS = ("", "pre_")


def whole_number_findings(outcome: Outcome) -> Iterator[Suspicion]:
    """Yield what the means and deviations of whole numbers cannot be, by the digits as typed."""
    for arm in ARMS if outcome.typed else ():
        n = getattr(outcome, f"n_{arm}")
        for when in WHENS if n and n == int(n) else ():
            yield from _of_arm(outcome, f"mean_{when}{arm}", f"sd_{when}{arm}", int(n))


def _of_arm(outcome: Outcome, mean: str, sd: str, n: int) -> Iterator[Suspicion]:
    texts = [outcome.typed.get(name, "") for name in (mean, sd)]
    if not texts[0]:
        return
    numbers = "; ".join(
        f"{name} {text}" for name, text in zip((mean, sd), texts, strict=True) if text
    )
    about = f"{numbers}; n {n}"
    centre = read_print(texts[0])
    if not is_possible_mean(centre.value, centre.unit, n):
        yield Suspicion(
            rule="mean_impossible",
            column=mean,
            wrong=f"no {n} whole numbers have this mean (GRIM)",
            numbers=about,
            remedy="look at the paper's digits, at n, and at whether each value is a whole number",
        )
    elif texts[1] and not _is_possible(outcome, texts, n):
        zeros = outcome.whole_numbers == BINARY
        what = "zeros and ones" if zeros else "whole numbers"
        yield Suspicion(
            rule="sd_impossible",
            column=sd,
            wrong=f"no {n} {what} with this mean have this standard deviation "
            f"({'DEBIT' if zeros else 'GRIMMER'})",
            numbers=about,
            remedy="look at the paper's digits, at n, and for a standard error",
        )


def _is_possible(outcome: Outcome, texts: list[str], n: int) -> bool:
    mean, sd = (read_print(text) for text in texts)
    if outcome.whole_numbers == BINARY:
        return is_possible_binary_sd(mean.value, mean.unit, sd.value, sd.unit, n)
    return is_possible_sd(mean.value, mean.unit, sd.value, sd.unit, n)
