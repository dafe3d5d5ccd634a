"""Everything that is drawn of one review, from its rows under ``results/``."""

from dataclasses import dataclass
from pathlib import Path

from liftproof import tables
from liftproof.analysis.dose.dose_rows import DoseCurveRow, DoseRow, DoseTrialRow
from liftproof.analysis.multiverse.multiverse_rows import ChoiceRow, CurveRow, MultiverseRow
from liftproof.analysis.result_rows import EffectRow, EstimateRow, SubgroupRow
from liftproof.pages.dose.dose_view import DosePlot, dose_plots
from liftproof.pages.forest.forest_view import Forest
from liftproof.pages.forest.forests import forests
from liftproof.pages.multiverse.curve_view import Specification, specifications
from liftproof.reviews.model.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Plots:
    """The plots of a review: one forest an analysis, the curves where something was asked."""

    forests: tuple[Forest, ...]
    multiverses: tuple[Specification, ...]
    doses: tuple[DosePlot, ...]


def plots_of(settings: Settings, folder: Path) -> Plots:
    """Return the plots of the review whose rows lie in ``folder``."""
    return Plots(
        forests=tuple(
            forests(
                settings,
                tables.read(EstimateRow, folder / "estimates.csv"),
                tables.read(EffectRow, folder / "effects.csv"),
                tables.read(SubgroupRow, folder / "subgroups.csv"),
            )
        ),
        multiverses=tuple(
            specifications(
                settings,
                tables.read(MultiverseRow, folder / "multiverse.csv"),
                tables.read(ChoiceRow, folder / "multiverse_choices.csv"),
                tables.read(CurveRow, folder / "multiverse_curve.csv"),
            )
        ),
        doses=_doses(settings, folder) if settings.dose else (),
    )


def _doses(settings: Settings, folder: Path) -> tuple[DosePlot, ...]:
    return tuple(
        dose_plots(
            settings,
            tables.read(DoseRow, folder / "dose_response.csv"),
            tables.read(DoseTrialRow, folder / "dose_trials.csv"),
            tables.read(DoseCurveRow, folder / "dose_curves.csv"),
        )
    )
