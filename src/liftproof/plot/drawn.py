"""What a plot returns."""

from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from liftproof.drawing.save import save


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Drawn:
    """A plot.

    ``axes`` that it stands on; ``numbers``: all that was drawn, one row a mark or a point of a
    line; ``alt``: what a reader takes from it at a glance, made from the numbers.
    """

    axes: Axes
    numbers: pd.DataFrame
    alt: str

    @property
    def figure(self) -> Figure:
        """The figure that the axes stand in."""
        return cast(Figure, self.axes.get_figure(root=True))

    def save(self, path: str | Path) -> None:
        """Write the figure as .svg, .pdf or .png, with ``alt`` where the format keeps it.

        The same figure gives the same bytes. Raises UsageError for another suffix.
        """
        path = Path(path)
        title = self.alt.partition(". ")[0].rstrip(".")
        save(self.figure, path, key=path.stem, title=title, description=self.alt)
