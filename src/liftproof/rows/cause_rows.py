"""The table ``causes.csv``."""

from dataclasses import dataclass

from liftproof.columns import column

FINDINGS = (
    *("named", "contradicted", "this_number_alone", "by_chance", "none"),
    *("other_trials", "not_searched"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CauseRow:
    """A row of ``causes.csv``: what could have made one printed number differ from ours."""

    review: str = column("review", required=True)
    target: str = column("key of the printed result", required=True)
    analysis: str = column("analysis that should reproduce it")
    quantity: str = column("which number", required=True)
    printed: str = column("as printed", required=True)
    computed: float | None = column(
        "as computed; for a blocked number what other printed numbers imply",
        kind="number",
    )
    verdict: str = column("how near the computed number comes, as in reproduction.csv")
    cause: str = column("likeliest departure, or pair of them; empty where none is named")
    departures: int | None = column("how many departures it takes, 1 or 2", kind="count")
    gives: float | None = column("the number that they give", kind="number")
    candidates: int | None = column(
        "how many departures, or pairs of them, give the printed number", kind="count"
    )
    words: str = column("the finding in a sentence")
    chance: float | None = column(
        "how many would give it if it had nothing to do with any of them: as plausible as the "
        "cause, or of all tried where none is named",
        kind="number",
    )
    finding: str = column(
        "whether a cause is named; contradicted: a slip by the other prints alone; "
        "this_number_alone: departures give it, but not the rest of the result; by_chance: they "
        "give it no oftener than chance; other_trials: the review pooled others than are here",
        allowed=FINDINGS,
    )
    kind: str = column(
        "least plausible part of the cause",
        allowed=("method", "presentation", "inputs", "slip", "method_and_slip"),
    )
    agrees: int | None = column(
        "how many of the other numbers printed of the result the cause gives", kind="count"
    )
    others: int | None = column("how many other numbers are printed of it", kind="count")
    tried: int | None = column("departures and pairs that were tried", kind="count")
    alternatives: str = column("further departures that give the printed number, likelier first")
    equals: str = column(
        "those of them that explain the printed numbers as well as the cause, and are about as "
        "plausible"
    )
    explained: str = column("why they differ, as published.csv has it")
    unverified: str = column(
        "whether the computed number rests on an unverified one", allowed=("yes", "no")
    )
