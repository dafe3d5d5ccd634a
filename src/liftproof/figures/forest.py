"""Former name of :mod:`liftproof.pages.forest.forest_drawing`."""

from liftproof.pages.forest.forest_drawing import draw_forest as draw

__all__ = ["draw"]
