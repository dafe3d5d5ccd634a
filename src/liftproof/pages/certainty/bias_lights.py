"""A light of the risk of bias: a circle whose sign tells the judgement without its colour."""

from collections.abc import Sequence

from matplotlib.axes import Axes

from liftproof.analysis.certainty.bias import HIGH, LOW, OTHER, SOME
from liftproof.drawing.theme import INK

COLOURS = {LOW: "#56b4e9", SOME: "#f0e442", HIGH: "#d55e00", OTHER: "#ffffff"}
"""Apart for colour-blind people, too, and in grey; ink is read on each of them."""
Place = tuple[float, float]


def light_circles(page: Axes, meaning: str, places: Sequence[Place], across: float) -> None:
    """Draw circles, ``across`` in points, of judgements that mean the same."""
    page.scatter(
        [x for x, _ in places],
        [y for _, y in places],
        s=across**2,
        facecolor=COLOURS[meaning],
        edgecolor=INK,
        linewidths=0.5,
        gid=f"lights-{meaning}",
    )
