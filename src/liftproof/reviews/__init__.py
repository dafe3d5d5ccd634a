"""Reviews: their tables, reading them, and every check."""

from liftproof.reviews.finding import find, names
from liftproof.reviews.loading import Loaded, load, read

__all__ = ["Loaded", "find", "load", "names", "read"]
