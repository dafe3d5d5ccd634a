"""The drawn specifications of an analysis, each as what the explorer would have to be set to."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from liftproof.analysis.explored import ExploredAnalysis
from liftproof.analysis.multiverse.ways import AS_IF_INDEPENDENT
from liftproof.rows.multiverse_rows import ChoiceRow, CurveRow
from liftproof.vocabulary.estimators import ESTIMATORS
from liftproof.vocabulary.intervals import INTERVALS

DIGITS = 4
"""Of estimates, which place marks and are not written."""
_METHODS = {
    "tau2": {code: code for code in ESTIMATORS},
    "model": {AS_IF_INDEPENDENT: "REML"},
    "interval": {code: code for code in INTERVALS},
}
"""By kind of choice the explorer's code of an option; options that are absent it does not have."""


def explored_map(
    explored: ExploredAnalysis, choices: Sequence[ChoiceRow], curve: Sequence[CurveRow]
) -> dict[str, Any] | None:
    """Return the specification curve of an analysis for the explorer; None where it has none.

    ``choices``, ``curve``: rows of the analysis. A choice is ["extractions", place of the trial],
    ["choices", place among those of all trials], or the field of a state with its code by option,
    null where it is pooled otherwise than in the explorer. ``options``: as in the curve's rows.
    ``settled``: share of combinations with a smaller estimate, and the estimate; null where the
    analysis as settled has none.
    """
    columns = [row for row in curve[:-1] if row.estimate is not None]
    if not columns:
        return None
    own = curve[-1]
    return {
        "choices": list(_choices(explored, choices)),
        "estimates": [_drawn(row.estimate) for row in columns],
        "options": [row.options for row in columns],
        "settled": None if own.estimate is None else [_drawn(own.rank), _drawn(own.estimate)],
    }


def _drawn(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.{DIGITS}g}")


def _choices(explored: ExploredAnalysis, rows: Sequence[ChoiceRow]) -> Iterator[list[Any]]:
    """Yield where each choice stands in a state; the settled option is the first of its choice."""
    trials = (i for i, trial in enumerate(explored.trials) if len(trial.extractions) > 1)
    shared = list(explored.choices)
    starts = [place for place, row in enumerate(rows) if row.settled == "yes"]
    for start, end in pairwise([*starts, len(rows)]):
        kind = rows[start].kind
        if kind == "trial":
            yield ["extractions", next(trials)]
        elif kind in shared:
            yield ["choices", shared.index(kind)]
        else:
            codes = [_METHODS[kind].get(row.option) for row in rows[start:end]]
            yield ["interval" if kind == "interval" else "tau2", codes]
