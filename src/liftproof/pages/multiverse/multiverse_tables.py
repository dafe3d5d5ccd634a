"""The multiverse of a review: one table of the printed estimates, one of choices an analysis."""

from collections.abc import Sequence
from dataclasses import dataclass

from liftproof.analysis.explored import can_be_explored
from liftproof.pages.inputs import DrawnFigure, ReviewInputs
from liftproof.pages.multiverse import multiverse_words as multiverse
from liftproof.pages.multiverse.curve_figure import CURVE
from liftproof.pages.table import NOTHING, PageTable, headings, in_words
from liftproof.rows.multiverse_rows import ChoiceRow, MultiverseRow
from liftproof.rows.result_rows import ReproductionRow
from liftproof.words import numbers
from liftproof.words.option_names import option_name
from liftproof.words.text import counted, minus

INTRODUCTION = (
    "Each estimate rests on choices that a review need not state: which numbers to take from a "
    "trial, how to treat clusters, which method to pool by. Here every combination of defensible "
    "choices was pooled. A match does not identify the inputs: that a combination gives the "
    "printed numbers shows that the review could have used it, not that it did."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CurveChoices:
    """The drawn specification curve of one analysis, with the table of its choices.

    ``explorer``: the anchor of the explorer, empty where the analysis is not among its own.
    """

    figure: DrawnFigure
    choices: PageTable
    explorer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MultiverseSection:
    """All that the multiverse of a review shows: what was printed, and the curves."""

    introduction: str
    targets: PageTable
    curves: tuple[CurveChoices, ...]


def multiverse_section(inputs: ReviewInputs) -> MultiverseSection | None:
    """Return the multiverse of a review; None where no choices were gone through."""
    if not inputs.rows(MultiverseRow):
        return None
    return MultiverseSection(
        introduction=INTRODUCTION,
        targets=_targets(inputs),
        curves=tuple(_curve(inputs, figure) for figure in inputs.figures_of(CURVE.name)),
    )


def _targets(inputs: ReviewInputs) -> PageTable:
    heads = headings(
        "Printed result, or analysis",
        "# Printed",
        "# Combinations",
        "# Estimates",
        "# Round to the print",
        "# Limits round, too",
        "# Exclude no effect",
        "Moved most by",
        "¶ Nearest combination",
    )
    return PageTable(
        key=f"review-{inputs.review.name}-multiverse",
        caption="What every combination of defensible choices makes of each printed estimate, and "
        "of analyses of which none was printed.",
        headings=heads,
        rows=tuple(_target(inputs, row) for row in inputs.rows(MultiverseRow)),
    )


def _target(inputs: ReviewInputs, row: MultiverseRow) -> tuple[str, ...]:
    rounds = matches = nearest = NOTHING
    if row.printed:
        rounds, nearest = multiverse.share(row.share_estimate), _nearest(inputs, row)
        matches = _matches(row)
    sample = "" if row.sampled == "no" else f" of {multiverse.whole(row.of)}"
    moved = "no choice"
    if row.moves_most:
        moved = f"{row.moves_most} ({multiverse.share(row.moves_most_share)})"
    return (
        _target_name(inputs, row),
        multiverse.print_of(row) or NOTHING,
        f"{multiverse.whole(row.combinations)}{sample}",
        _ends(row),
        rounds,
        matches,
        multiverse.share(row.share_significant),
        moved,
        nearest,
    )


def _nearest(inputs: ReviewInputs, row: MultiverseRow) -> str:
    choices = [each for each in inputs.rows(ChoiceRow) if each.analysis == row.analysis]
    return multiverse.nearest(row, choices)


def _ends(row: MultiverseRow | ChoiceRow) -> str:
    low, high = _number(row.minimum), _number(row.maximum)
    return f"{low} to {high}" if low != high else f"{low} throughout"


def _matches(row: MultiverseRow) -> str:
    """Return how many combinations give the print with its limits, and from how many inputs."""
    if not row.matches:
        return "none"
    found = f"{multiverse.whole(row.matches)} from {_inputs(row.matching_inputs)}"
    return f"{multiverse.share(row.share_all)} ({found})"


def _inputs(number: int | None) -> str:
    return f"{NOTHING} inputs" if number is None else counted(number, "input")


def _target_name(inputs: ReviewInputs, row: MultiverseRow) -> str:
    """Return what was printed, as the review's data describe it, else its key; and the analysis."""
    printed = inputs.rows(ReproductionRow)
    of_target = (each for each in printed if row.target and each.target == row.target)
    told = next((each.description for each in of_target if each.description), "")
    named = filter(None, (in_words(row.target), inputs.title_of(row.analysis)))
    return told or ": ".join(named)


def _curve(inputs: ReviewInputs, figure: DrawnFigure) -> CurveChoices:
    analysis = figure.place.analysis
    rows = [row for row in inputs.rows(ChoiceRow) if row.analysis == analysis]
    key = f"review-{inputs.review.name}-{analysis}-choices"
    settings = next(each for each in inputs.review.settings.analyses if each.id == analysis)
    return CurveChoices(
        figure=figure,
        choices=_choices(key, settings.title, rows),
        explorer=f"review-{inputs.review.name}-explorer" if can_be_explored(settings) else "",
    )


def _choices(key: str, title: str, rows: Sequence[ChoiceRow]) -> PageTable:
    method = f" Shares: {rows[0].method}." if rows else ""
    return PageTable(
        key=key,
        caption=f"Every choice and option: {title}.{method}",
        headings=headings(
            "Choice",
            "Option",
            "Settled",
            "# Combinations",
            "# Estimates",
            "# Mean",
            "# Share alone",
            "# Share in all",
        ),
        rows=tuple(_choice(row) for row in rows),
    )


def _choice(row: ChoiceRow) -> tuple[str, ...]:
    return (
        row.choice,
        option_name(row.kind, row.option),
        row.settled,
        multiverse.whole(row.combinations),
        _ends(row),
        _number(row.mean),
        multiverse.share(row.first_order),
        multiverse.share(row.total),
    )


def _number(value: float | None) -> str:
    return minus(numbers.decimal(value, multiverse.DIGITS))
