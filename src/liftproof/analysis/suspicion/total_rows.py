"""A row of totals that was typed as if it were a trial."""

import re
from collections.abc import Iterator, Sequence

from liftproof.analysis.effects import TrialEffect
from liftproof.analysis.suspicion.places import Suspicion
from liftproof.reviews.model.review_tables import Outcome

TOTAL_ROW = "total_row"
FEWEST_TRIALS = 3
"""Of two alike trials each is the sum of the other."""
COUNTED = tuple(f"{name}_{arm}" for name in ("events", "n") for arm in ("intervention", "control"))
PEOPLE = COUNTED[2:]
NAMED = re.compile(r"\b(sub-?total|total|overall|pooled|summary|all (trials|studies))\b", re.I)


def total_rows(trials: Sequence[TrialEffect]) -> Iterator[tuple[TrialEffect, Suspicion]]:
    """Yield trials whose numbers are the sums of those of the others of an analysis.

    ``trials``: the effects that an analysis pools. Events and people of both arms, or of rows
    without events people alone, must all be the sums; a label such as Total is told of too.
    """
    sums = {name: _sum(trials, name) for name in COUNTED}
    for one in trials:
        label = one.study.label
        numbers = [] if len(trials) < FEWEST_TRIALS else _that_add_up(one.outcome, sums)
        if numbers:
            wrong = f"{' and '.join(numbers)} are the sums of the other trials': a row of totals"
        elif NAMED.search(label):
            wrong = "the label is that of a row of totals"
        else:
            continue
        yield (
            one,
            Suspicion(
                rule=TOTAL_ROW,
                column="study",
                wrong=f"{wrong}, which would be counted twice",
                numbers=label,
                remedy="delete the row; what was printed of a pool belongs in published.csv",
            ),
        )


def _sum(trials: Sequence[TrialEffect], name: str) -> float | None:
    """Return the sum of a column over all trials, None where one lacks it."""
    cells = [getattr(one.outcome, name) for one in trials]
    return None if None in cells else sum(cells)


def _that_add_up(outcome: Outcome, sums: dict[str, float | None]) -> list[str]:
    """Return the columns of a row that are half of the sums; none unless all that are known are."""
    names = COUNTED if outcome.events_intervention is not None else PEOPLE
    halves = [sums[name] is not None and sums[name] == 2 * getattr(outcome, name) for name in names]
    return list(names) if all(halves) else []
