"""What a kit tells, gathered from a review and its results: no word of it is typed elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from liftproof import __version__, tables
from liftproof.citation_file import CitationFile
from liftproof.pages.forest.forest_figure import FOREST
from liftproof.pages.forest.forest_view import ForestView
from liftproof.result_tables import ResultRows
from liftproof.reviews.model.house_style import HouseStyle
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.review_tables import Study
from liftproof.rows.certainty_rows import FindingRow
from liftproof.rows.claim_rows import CautionRow
from liftproof.rows.result_rows import EffectRow, EstimateRow, SubgroupRow

Row = TypeVar("Row", EffectRow, SubgroupRow, FindingRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class KitFacts:
    """The first analysis of a review. ``effects``: those pooled; ``studies``: of the same trials.

    ``finding``: its certainty and absolute effects, None where nobody judged it. ``cautions``:
    those that rest on numbers of this review. ``date``: of the data, in words. ``citation``: what
    the project states of itself.
    """

    review: Review
    view: ForestView
    effects: tuple[EffectRow, ...]
    subgroups: tuple[SubgroupRow, ...]
    studies: tuple[Study, ...]
    finding: FindingRow | None
    cautions: tuple[CautionRow, ...]
    date: str
    citation: CitationFile
    house: HouseStyle

    @property
    def estimate(self) -> EstimateRow:
        """The row of the pool."""
        return self.view.estimate

    @property
    def software(self) -> str:
        """Name and version of what computed it."""
        return f"Liftproof {__version__}"


def kit_facts(
    review: Review,
    rows: ResultRows,
    cautions: Sequence[CautionRow],
    citation: CitationFile,
    house: HouseStyle,
) -> KitFacts:
    """Return what the kit of a review tells; ``rows``: those of the tables of a kit."""
    view = FOREST.views(review, rows)[0]
    name = view.estimate.analysis
    effects = tuple(row for row in _of(rows, EffectRow, name) if not row.left_out)
    pooled = {row.study for row in effects}
    studies = tuple(study for study in review.studies if study.study in pooled)
    return KitFacts(
        review=review,
        view=view,
        effects=effects,
        subgroups=_of(rows, SubgroupRow, name),
        studies=studies,
        finding=next(iter(_of(rows, FindingRow, name)), None),
        cautions=tuple(row for row in cautions if review.name in row.reviews.split(", ")),
        date=date_in_words(studies, citation),
        citation=citation,
        house=house,
    )


def read_cautions(paths: Sequence[str]) -> list[CautionRow]:
    """Return the cautions of a run, from its table of them if it has one."""
    return [row for path in paths for row in tables.read(CautionRow, Path(path))]


def date_in_words(studies: Sequence[Study], citation: CitationFile) -> str:
    """Return the date of the data, which is no clock's, so that the same data give the same words.

    ``studies``: the trials shown. It is the day on which one of them was last added; else
    that on which the citation file says that the data were published; else the year of the newest.
    """
    added = max((study.added for study in studies), default="")
    if added or citation.released:
        return f"data of {added or citation.released}"
    newest = max((study.year for study in studies), default=0)
    return f"data up to trials of {newest}" if newest else "data without a date"


def _of(rows: ResultRows, row_class: type[Row], analysis: str) -> tuple[Row, ...]:
    return tuple(row for row in rows.of_class(row_class) if row.analysis == analysis)
