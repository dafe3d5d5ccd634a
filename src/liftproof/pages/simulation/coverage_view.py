"""What the drawing of a coverage study shows: a panel a truth, a line a method."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import floor

from liftproof.analysis.method_coverage import SHORT_BY, drawn_estimator
from liftproof.rows.simulation_rows import SimulationRow
from liftproof.vocabulary.intervals import INTERVALS
from liftproof.vocabulary.levels import level_text
from liftproof.vocabulary.predictions import PREDICTIONS
from liftproof.vocabulary.trial_sizes import TRIAL_SIZES
from liftproof.words.simulation_words import percents

BASE = "hksj_adhoc"
"""The interval on which predictions rest that are drawn, where it was studied."""
_HOW_TO_READ = (
    "The black line is the level, the grey band a point on either side of it. Methods that hold "
    "the truth equally often hide one another."
)
_CUT = " A line that ends at the axis goes on below 50\u202f%."
LOWEST, STEP = 0.5, 0.05
"""The axis begins at a multiple of 5 %, at 50 % or above."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoveragePanel:
    """One truth but for the number of trials. ``lines``: by method, a coverage for each k."""

    heading: str
    side: str
    lines: tuple[tuple[float | None, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageView:
    """A drawing: ``panels`` row by row, ``columns`` of them a row; ``methods``: names of lines.

    ``places``: by method, which of the vocabulary's it is, for its colour. ``low``: of the axis.
    """

    key: str
    title: str
    description: str
    caption: str
    k: tuple[int, ...]
    methods: tuple[str, ...]
    places: tuple[int, ...]
    columns: int
    panels: tuple[CoveragePanel, ...]
    level: float
    low: float


def of_mean(rows: Sequence[SimulationRow]) -> CoverageView | None:
    """Return the drawing of the intervals with one estimator; None where none was studied."""
    estimator = drawn_estimator(rows)
    chosen = [row for row in rows if row.tau2_method == estimator and not row.prediction]
    title = f"How often {{level}} limits hold the true mean effect: τ² by {estimator}"
    return _view("intervals", title, chosen, [row.interval for row in chosen], INTERVALS)


def of_predictions(rows: Sequence[SimulationRow]) -> CoverageView | None:
    """Return the drawing of the prediction rules with one estimator; None where there is none."""
    estimator = drawn_estimator(rows)
    of_one = [row for row in rows if row.tau2_method == estimator and row.prediction]
    bases = dict.fromkeys(row.interval for row in of_one if row.interval)
    base = BASE if BASE in bases else next(iter(bases), "")
    chosen = [row for row in of_one if row.interval in ("", base)]
    title = (
        f"How often {{level}} prediction intervals hold the effect in a further trial: τ² by "
        f"{estimator}" + f", on {base}" * bool(base)
    )
    return _view("predictions", title, chosen, [row.prediction for row in chosen], PREDICTIONS)


def _view(
    key: str,
    title: str,
    rows: Sequence[SimulationRow],
    names: Sequence[str],
    known: Iterable[str],
) -> CoverageView | None:
    """Return a drawing with a line for each of the names, in the order in which they are known."""
    if not rows:
        return None
    methods = tuple(code for code in known if code in names)
    k = tuple(dict.fromkeys(row.k for row in rows))
    shown = {
        (_truth(row), name, row.k): row.coverage for row, name in zip(rows, names, strict=True)
    }
    truths = dict.fromkeys(_truth(row) for row in rows)  # in the order of the grid
    level = rows[0].level
    least = min(row.coverage for row in rows)
    return CoverageView(
        key=f"simulation-{key}",
        title=title.format(level=level_text(level)),
        description=f"Coverage against the number of trials, by method; the least is "
        f"{percents(least)}. All numbers stand in simulation.csv.",
        caption=f"{_HOW_TO_READ}{_CUT * (least < LOWEST)}",
        k=k,
        methods=methods,
        places=tuple(place for place, code in enumerate(known) if code in methods),
        columns=len({row.true_tau2 for row in rows}),
        panels=tuple(
            CoveragePanel(
                heading=f"τ² {truth[-1]:g}",
                side=_side(*truth[:-1]),
                lines=tuple(
                    tuple(shown.get((truth, name, each)) for each in k) for name in methods
                ),
            )
            for truth in truths
        ),
        level=level,
        low=max(LOWEST, floor(min(least, level - SHORT_BY) / STEP) * STEP),
    )


Truth = tuple[str, int, float | None, float]


def _truth(row: SimulationRow) -> Truth:
    return row.sizes, row.n, row.events, row.true_tau2


def _side(sizes: str, n: int, events: float | None) -> str:
    risk = "" if events is None else f", risk {events:g}"
    return f"{TRIAL_SIZES[sizes].name}; {n} an arm{risk}"
