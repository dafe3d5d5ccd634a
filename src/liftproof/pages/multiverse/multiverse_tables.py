"""The multiverse of a review: one table of the printed estimates, one of choices an analysis."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from liftproof.analysis.multiverse.multiverse_rows import ChoiceRow, MultiverseRow
from liftproof.pages.drawn import drawn
from liftproof.pages.inputs import Figure, ReviewInputs
from liftproof.pages.multiverse import multiverse_words as multiverse
from liftproof.pages.table import NOTHING, Table, headings, in_words
from liftproof.words import numbers
from liftproof.words.text import counted, minus


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """The specification curve of one analysis, with the table of its choices."""

    analysis: str
    title: str
    svg: Markup
    caption: str
    choices: Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Multiverse:
    """All that the multiverse of a review shows; ``targets`` is without rows where it has none."""

    targets: Table
    curves: tuple[Curve, ...]


def multiverse_of(inputs: ReviewInputs) -> Multiverse:
    """Return the multiverse of a review."""
    return Multiverse(
        targets=_targets(inputs),
        curves=tuple(_curve(inputs, figure) for figure in inputs.specifications),
    )


def _targets(inputs: ReviewInputs) -> Table:
    heads = headings(
        "Printed result, or analysis",
        "# Printed",
        "# Combinations",
        "# Estimates",
        "# Rounds, estimate",
        "# Rounds, all",
        "# Significant",
        "Moved most by",
        "¶ Nearest combination",
    )
    return Table(
        key=f"review-{inputs.review.name}-multiverse",
        caption="What every combination of defensible choices makes of each printed estimate, and "
        "of analyses of which none was printed.",
        headings=heads,
        rows=tuple(_target(inputs, row) for row in inputs.multiverse),
    )


def _target(inputs: ReviewInputs, row: MultiverseRow) -> tuple[str, ...]:
    rounds = matches = nearest = NOTHING
    if row.printed:
        rounds, nearest = multiverse.share(row.share_estimate), multiverse.nearest(row)
        found = f"{multiverse.whole(row.matches)} from {_inputs(row.matching_inputs)}"
        matches = f"{multiverse.share(row.share_all)} ({found})"
    sample = "" if row.sampled == "no" else f" of {multiverse.whole(row.of)}"
    moved = "no choice"
    if row.moves_most:
        moved = f"{row.moves_most} ({multiverse.share(row.moves_most_share)})"
    return (
        ": ".join(filter(None, (in_words(row.target), inputs.title_of(row.analysis)))),
        multiverse.print_of(row) or NOTHING,
        f"{multiverse.whole(row.combinations)}{sample}",
        f"{_number(row.minimum)} to {_number(row.maximum)}",
        rounds,
        matches,
        multiverse.share(row.share_significant),
        moved,
        nearest,
    )


def _inputs(number: int | None) -> str:
    return f"{NOTHING} inputs" if number is None else counted(number, "input")


def _curve(inputs: ReviewInputs, figure: Figure) -> Curve:
    rows = [row for row in inputs.choices if row.analysis == figure.analysis]
    title = inputs.title_of(figure.analysis)
    return Curve(
        analysis=figure.analysis,
        title=title,
        svg=drawn(figure.svg),
        caption=figure.caption,
        choices=_choices(inputs, figure.analysis, title, rows),
    )


def _choices(inputs: ReviewInputs, analysis: str, title: str, rows: Sequence[ChoiceRow]) -> Table:
    method = f" Shares: {rows[0].method}." if rows else ""
    return Table(
        key=f"review-{inputs.review.name}-{analysis}-choices",
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
        in_words(row.option),
        row.settled,
        multiverse.whole(row.combinations),
        f"{_number(row.minimum)} to {_number(row.maximum)}",
        _number(row.mean),
        multiverse.share(row.first_order),
        multiverse.share(row.total),
    )


def _number(value: float | None) -> str:
    return minus(numbers.decimal(value, multiverse.DIGITS))
