"""What the report is made from."""

from dataclasses import dataclass
from pathlib import Path

from liftproof.analysis.causes.cause_rows import CauseRow
from liftproof.analysis.certainty.certainty_rows import FindingRow, FlagRow
from liftproof.analysis.claims.claim_rows import ClaimRow, ReadingRow
from liftproof.analysis.dose.dose_rows import DoseRow
from liftproof.analysis.multiverse.multiverse_rows import ChoiceRow, MultiverseRow
from liftproof.analysis.result_rows import (
    DiagnosticRow,
    EffectRow,
    EngineRow,
    EstimateRow,
    ReproductionRow,
    SubgroupRow,
)
from liftproof.reviews.model.review import Review


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A drawn figure of one analysis: its caption, and its file, which holds one ``<svg>``."""

    analysis: str
    svg: Path
    caption: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseFigure:
    """The drawn figure of one dose question."""

    dose: str
    title: str
    svg: Path
    caption: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimInputs:
    """The published sentences that were put to the reviews, and how certain each reading is."""

    claims: tuple[ClaimRow, ...] = ()
    readings: tuple[ReadingRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewInputs:
    """One review and its rows under ``results/``.

    Every estimate must have its entry among ``review.settings.analyses``.
    """

    review: Review
    estimates: tuple[EstimateRow, ...]
    effects: tuple[EffectRow, ...]
    subgroups: tuple[SubgroupRow, ...] = ()
    reproduction: tuple[ReproductionRow, ...] = ()
    causes: tuple[CauseRow, ...] = ()
    engines: tuple[EngineRow, ...] = ()
    diagnostics: tuple[DiagnosticRow, ...] = ()
    figures: tuple[Figure, ...] = ()
    multiverse: tuple[MultiverseRow, ...] = ()
    choices: tuple[ChoiceRow, ...] = ()
    specifications: tuple[Figure, ...] = ()
    doses: tuple[DoseRow, ...] = ()
    dose_figures: tuple[DoseFigure, ...] = ()
    findings: tuple[FindingRow, ...] = ()
    flags: tuple[FlagRow, ...] = ()

    def effects_of(self, analysis: str) -> tuple[EffectRow, ...]:
        """Return the rows of one analysis, trials left out included."""
        return tuple(row for row in self.effects if row.analysis == analysis)

    def title_of(self, analysis: str) -> str:
        """Return the title of an analysis."""
        return next(row.title for row in self.review.settings.analyses if row.id == analysis)
