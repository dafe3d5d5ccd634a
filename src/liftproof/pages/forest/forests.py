"""The forest plots of a review, one an analysis, from the rows under ``results/``."""

from collections.abc import Sequence

from liftproof.analysis.result_rows import EffectRow, EstimateRow, SubgroupRow
from liftproof.pages.forest.forest_view import Forest, forest
from liftproof.reviews.model.settings import Settings


def forests(
    settings: Settings,
    estimates: Sequence[EstimateRow],
    effects: Sequence[EffectRow],
    subgroups: Sequence[SubgroupRow],
) -> list[Forest]:
    """Return the forest plot of every analysis, in the order of the estimates."""
    return [
        forest(
            estimate,
            [row for row in effects if row.analysis == estimate.analysis],
            [row for row in subgroups if row.analysis == estimate.analysis],
            settings,
        )
        for estimate in estimates
    ]
