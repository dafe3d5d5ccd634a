"""The report's inputs, read from ``data/reviews/`` and ``results/``."""

from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from liftproof import tables
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
from liftproof.pages.dose import dose_view as dose_plot
from liftproof.pages.forest.forest_captions import caption
from liftproof.pages.inputs import ClaimInputs, DoseFigure, Figure, ReviewInputs
from liftproof.pages.multiverse import curve_view as specification
from liftproof.pages.plots import plots_of
from liftproof.reviews import find, read

Row = TypeVar(
    "Row",
    CauseRow,
    DiagnosticRow,
    EffectRow,
    EngineRow,
    EstimateRow,
    ReproductionRow,
    SubgroupRow,
    ChoiceRow,
    MultiverseRow,
    DoseRow,
    FindingRow,
    FlagRow,
)


def claims_of(paths: Sequence[str]) -> ClaimInputs:
    """Read ``claims.csv`` and ``claim_readings.csv``; none where the project has no claims."""
    if not paths:
        return ClaimInputs()
    claims, readings = (Path(path) for path in paths)
    return ClaimInputs(
        claims=tuple(tables.read(ClaimRow, claims)),
        readings=tuple(tables.read(ReadingRow, readings)),
    )


def inputs_of(name: str, project: Path, results: Path) -> ReviewInputs:
    """Read one review of a project and what the workflow wrote for it below ``results``."""
    review = read(find(name, project))
    folder = results / name

    def rows(kind: type[Row], table: str) -> tuple[Row, ...]:
        return tuple(tables.read(kind, folder / table))

    plots = plots_of(review.settings, folder)
    return ReviewInputs(
        review=review,
        estimates=rows(EstimateRow, "estimates.csv"),
        effects=rows(EffectRow, "effects.csv"),
        subgroups=rows(SubgroupRow, "subgroups.csv"),
        reproduction=rows(ReproductionRow, "reproduction.csv"),
        causes=rows(CauseRow, "causes.csv"),
        engines=rows(EngineRow, "engines.csv"),
        diagnostics=rows(DiagnosticRow, "diagnostics.csv"),
        figures=tuple(
            Figure(
                analysis=plot.estimate.analysis,
                svg=folder / "figures" / plot.estimate.analysis / "forest.svg",
                caption=caption(plot),
            )
            for plot in plots.forests
        ),
        multiverse=rows(MultiverseRow, "multiverse.csv"),
        choices=rows(ChoiceRow, "multiverse_choices.csv"),
        specifications=tuple(
            Figure(
                analysis=plot.analysis,
                svg=folder / "figures" / plot.analysis / "multiverse.svg",
                caption=specification.caption(plot),
            )
            for plot in plots.multiverses
        ),
        doses=rows(DoseRow, "dose_response.csv") if review.settings.dose else (),
        dose_figures=tuple(
            DoseFigure(
                dose=plot.row.dose,
                title=plot.title,
                svg=folder / "figures" / plot.row.analysis / f"dose_{plot.row.dose}.svg",
                caption=dose_plot.caption(plot),
            )
            for plot in plots.doses
        ),
        findings=rows(FindingRow, "summary_of_findings.csv") if review.grades else (),
        flags=rows(FlagRow, "certainty_flags.csv") if review.grades else (),
    )
