"""The gallery in docs/: an example of every kind of figure, computed and drawn from ``data/``."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from liftproof.analysis.dose.dose_answers import answer_doses
from liftproof.analysis.estimates import pool_review
from liftproof.analysis.multiverse.review_multiverse import multiverse_review
from liftproof.errors import UsageError
from liftproof.pages.dose.dose_words import doses_in_words
from liftproof.pages.figure_kind import FigureKind, FigureText, View
from liftproof.pages.figures import FIGURES, FORMATS, kinds_for_blogs
from liftproof.result_tables import ResultRows
from liftproof.reviews import find, read
from liftproof.reviews.model.review import Review
from liftproof.rows.dose_rows import DoseCurveRow, DoseRow, DoseTrialRow
from liftproof.rows.multiverse_rows import ChoiceRow, CurveRow, MultiverseRow
from liftproof.rows.result_rows import EffectRow, EstimateRow, SubgroupRow

REVIEW = "lauersen2018"
ALT_SENTENCES = 2
"""Of a figure's alternative text, how many stand in the page: what it is, and what it finds. All of
it is in the drawing's own description."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """``figure``: one of the review, below ``figures/``; ``file``: its drawing, below ``docs/``."""

    figure: str
    file: str


EXAMPLES: Mapping[str, Example] = {
    "forest": Example(figure="overall/forest", file="forest.svg"),
    "multiverse": Example(figure="overall/multiverse", file="figures/multiverse.svg"),
    "dose": Example(figure="overall/dose_sessions", file="figures/dose_sessions.svg"),
}
"""By name of a kind of figure. Each also has two sentences and a block of its name in the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GalleryEntry:
    """What stands of a kind in the gallery: the block of the page, the drawing, its file."""

    block: str
    svg: str
    file: str


def example_of(kind: str) -> Example:
    """Return the example of a kind of figure; UsageError where the gallery has none.

    >>> example_of("dose").figure
    'overall/dose_sessions'
    """
    if kind not in EXAMPLES:
        raise UsageError(
            f"the gallery has no figure of the kind {kind}: name one in EXAMPLES of "
            f"src/liftproof/gallery.py, and say in docs/gallery.md what it shows"
        )
    return EXAMPLES[kind]


def gallery_entries(project: Path) -> Mapping[str, GalleryEntry]:
    """Return what stands of each kind of figure in the gallery, computed from ``data/``."""
    review = read(find(REVIEW, project))
    rows = figure_rows(review)
    return {kind.name: _entry(kind, review, rows) for kind in FIGURES}


def figure_rows(review: Review) -> ResultRows:
    """Compute the rows that the figures of a review are made from, as the workflow does."""
    pooled = pool_review(review)
    doses, multiverse = answer_doses(review), multiverse_review(review)
    return ResultRows(
        by_class={
            EstimateRow: tuple(analysis.estimate for analysis in pooled),
            EffectRow: tuple(row for analysis in pooled for row in analysis.effects),
            SubgroupRow: tuple(row for analysis in pooled for row in analysis.subgroups),
            MultiverseRow: multiverse.targets,
            ChoiceRow: multiverse.choices,
            CurveRow: multiverse.curves,
            DoseRow: tuple(doses_in_words(doses.models, doses.trials)),
            DoseTrialRow: doses.trials,
            DoseCurveRow: doses.curves,
        }
    )


def _entry(kind: FigureKind[Any], review: Review, rows: ResultRows) -> GalleryEntry:
    from liftproof.drawing.save import svg_text  # noqa: PLC0415  who reads EXAMPLES draws nothing

    example = example_of(kind.name)
    view = view_of(kind, review, rows, example.figure)
    text = kind.text(view)
    return GalleryEntry(
        block=_block(kind, review, text, example.file),
        svg=svg_text(kind.draw(view), key=text.key, title=text.title, description=text.description),
        file=example.file,
    )


def view_of(kind: FigureKind[View], review: Review, rows: ResultRows, figure: str) -> View:
    """Return the view model of a figure of a review; UsageError where it has none of that path."""
    views = {kind.text(view).place.path: view for view in kind.views(review.settings, rows)}
    if figure not in views:
        raise UsageError(
            f"{review.name} has no figure {figure}, only {', '.join(views) or 'none of the kind'}: "
            f"name another for {kind.name} in EXAMPLES of src/liftproof/gallery.py"
        )
    return views[figure]


def _block(kind: FigureKind[Any], review: Review, text: FigureText, file: str) -> str:
    alt = ". ".join(text.alt_text.split(". ")[:ALT_SENTENCES])
    folder, place = f"results/{review.name}", text.place
    formats = ", ".join(f"`.{suffix}`" for suffix in FORMATS[1:])
    is_for_blogs = kind in kinds_for_blogs(review) and place == kind.places(review)[0]
    kit = f"in `results/blog/{review.name}/`" if is_for_blogs else "not in it"
    return "\n".join(
        (
            f"![{alt}]({file})\n",
            f"- files: `{folder}/figures/{place.path}.{FORMATS[0]}`, {formats}",
            f"- page: `{folder}/report.html#{place.anchor}`",
            f"- kit for a blog: {kit}",
        )
    )
