"""What the pages are made from: a review, its rows under ``results/``, its drawn figures."""

import re
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from liftproof.pages.figure_kind import FigurePlace
from liftproof.result_tables import ResultRow, ResultRows
from liftproof.reviews.model.review import Review
from liftproof.rows.claim_rows import CautionRow, ClaimRow, ReadingRow
from liftproof.rows.result_rows import EffectRow

TABLET = 582.0
"""Points: a drawing of this width has letters of 10 pixels between the margins of a page 768 wide;
report.css shows the form for phones of a broader one up to where they have as many."""
_WIDTH = re.compile(r'<svg\b[^>]*\bwidth="([\d.]+)pt"')


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultFile:
    """A file of a review to download; ``path``: below its folder of results."""

    text: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnFigure:
    """A drawn figure; ``kind``, ``topic`` and ``label`` are those of its :class:`FigureKind`.

    ``svg``: its file, which holds one ``<svg>``; ``narrow``: that of its form for phones, if it has
    one. ``heading``: what the page calls it.
    ``alt_text``: what a reader takes from it at a glance. ``files``: itself in every format, and
    the tables that it was drawn from.
    """

    kind: str
    topic: str
    label: str
    place: FigurePlace
    heading: str
    alt_text: str
    caption: str
    svg: Path
    files: tuple[ResultFile, ...] = ()
    narrow: Path | None = None

    @property
    def drawing(self) -> Markup:
        """The <svg> element, our own: its texts are escaped, its ids those of the figure."""
        return Markup(self.svg.read_text(encoding="utf-8"))

    @property
    def is_broad(self) -> bool:
        """Whether it has a form for phones and its own is too broad for an upright tablet."""
        found = _WIDTH.search(self.drawing) if self.narrow else None
        return found is not None and float(found[1]) > TABLET

    @property
    def narrow_drawing(self) -> Markup:
        """The <svg> element of its form for phones, empty without one; its ids are its own."""
        return Markup(self.narrow.read_text(encoding="utf-8") if self.narrow else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimInputs:
    """The published sentences put to the reviews, how certain each reading is, and the cautions."""

    claims: tuple[ClaimRow, ...] = ()
    readings: tuple[ReadingRow, ...] = ()
    cautions: tuple[CautionRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewInputs:
    """One review, its rows under ``results/`` by their class, and its figures.

    Every estimate must have its entry among ``review.settings.analyses``.
    """

    review: Review
    results: ResultRows
    figures: tuple[DrawnFigure, ...] = ()

    def rows(self, row_class: type[ResultRow]) -> tuple[ResultRow, ...]:
        """Return the rows of one table, none where the review has no such table."""
        return self.results.of_class(row_class)

    def effects_of(self, analysis: str) -> tuple[EffectRow, ...]:
        """Return the effects of one analysis, trials left out included."""
        return tuple(row for row in self.rows(EffectRow) if row.analysis == analysis)

    def title_of(self, analysis: str) -> str:
        """Return the title of an analysis."""
        return next(row.title for row in self.review.settings.analyses if row.id == analysis)

    def figures_of(self, kind: str) -> tuple[DrawnFigure, ...]:
        """Return the drawn figures of one kind."""
        return tuple(figure for figure in self.figures if figure.kind == kind)

    def has_figure(self, place: FigurePlace) -> bool:
        """Return whether a figure was drawn that stands under the anchor of this place."""
        return place.anchor in [figure.place.anchor for figure in self.figures]
