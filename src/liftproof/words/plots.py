"""Former place of the view models of forest plots, for scripts written before they moved."""

from collections.abc import Sequence

from liftproof.pages.forest.forest_figure import FOREST, forest_views
from liftproof.pages.forest.forest_view import ForestView
from liftproof.result_tables import ResultRows
from liftproof.reviews.model.settings import Settings
from liftproof.rows.result_rows import EffectRow, EstimateRow, SubgroupRow


def forests(
    settings: Settings,
    estimates: Sequence[EstimateRow],
    effects: Sequence[EffectRow],
    subgroups: Sequence[SubgroupRow],
) -> list[ForestView]:
    """Return the forest plot of every analysis, in the order of the estimates."""
    rows = {EstimateRow: estimates, EffectRow: effects, SubgroupRow: subgroups}
    by_class = {row_class: tuple(rows.get(row_class, ())) for row_class in FOREST.row_classes}
    return forest_views(settings, ResultRows(by_class=by_class))
