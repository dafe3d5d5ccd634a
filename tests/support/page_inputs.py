"""Inputs of the pages, made from rows of any kind."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from liftproof.pages.figure_kind import FigureKind, FigurePlace
from liftproof.pages.inputs import DrawnFigure, ReviewInputs
from liftproof.result_tables import RESULT_TABLES, ResultRows
from liftproof.reviews.model.review import Review


def result_rows(rows: Iterable[Any]) -> ResultRows:
    """Return rows by their class, as they are read from the tables of a review."""
    by_class: dict[type, list[Any]] = defaultdict(list)
    for row in rows:
        by_class[type(row)].append(row)
    return ResultRows(by_class={kind: tuple(by_class[kind]) for kind in RESULT_TABLES})


def review_inputs(
    review: Review, rows: Iterable[Any] = (), figures: Iterable[DrawnFigure] = ()
) -> ReviewInputs:
    """Return the inputs of a review with these rows and figures."""
    return ReviewInputs(review=review, results=result_rows(rows), figures=tuple(figures))


def with_rows(inputs: ReviewInputs, row_class: type, rows: Iterable[Any]) -> ReviewInputs:
    """Return the inputs with other rows of one class."""
    by_class = {**inputs.results.by_class, row_class: tuple(rows)}
    return replace(inputs, results=ResultRows(by_class=by_class))


def drawn_figure(
    kind: FigureKind[Any],
    place: FigurePlace,
    svg: Path,
    *,
    heading: str = "All trials",
    alt_text: str = "Two trials.",
    caption: str = "Read me.",
) -> DrawnFigure:
    """Return a drawn figure of a kind."""
    return DrawnFigure(
        kind=kind.name,
        topic=kind.topic,
        label=kind.label,
        place=place,
        heading=heading,
        alt_text=alt_text,
        caption=caption,
        svg=svg,
    )
