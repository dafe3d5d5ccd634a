"""The report's inputs, read from ``data/reviews/`` and ``results/``."""

from pathlib import Path
from typing import TypeVar

from liftproof import tables
from liftproof.analysis.records import (
    DiagnosticRow,
    EffectRow,
    EngineRow,
    EstimateRow,
    ReproductionRow,
    SubgroupRow,
)
from liftproof.report.inputs import Figure, ReviewInputs
from liftproof.reviews import find, read
from liftproof.words.captions import caption
from liftproof.words.plots import forests

Row = TypeVar("Row", DiagnosticRow, EffectRow, EngineRow, EstimateRow, ReproductionRow, SubgroupRow)


def inputs_of(name: str, project: Path, results: Path) -> ReviewInputs:
    """Read one review of a project and what the workflow wrote for it below ``results``."""
    review = read(find(name, project))
    folder = results / name

    def rows(kind: type[Row], table: str) -> tuple[Row, ...]:
        return tuple(tables.read(kind, folder / table))

    estimates = rows(EstimateRow, "estimates.csv")
    effects = rows(EffectRow, "effects.csv")
    subgroups = rows(SubgroupRow, "subgroups.csv")
    return ReviewInputs(
        review=review,
        estimates=estimates,
        effects=effects,
        subgroups=subgroups,
        reproduction=rows(ReproductionRow, "reproduction.csv"),
        engines=rows(EngineRow, "engines.csv"),
        diagnostics=rows(DiagnosticRow, "diagnostics.csv"),
        figures=tuple(
            Figure(
                analysis=plot.estimate.analysis,
                svg=folder / "figures" / plot.estimate.analysis / "forest.svg",
                caption=caption(plot),
            )
            for plot in forests(review.settings, estimates, effects, subgroups)
        ),
    )
