"""Reviews: their tables, reading them, and every check."""

from liftproof.reviews.files.finding import find, named, names
from liftproof.reviews.loading import Loaded, load, read

__all__ = ["Loaded", "find", "load", "named", "names", "read"]
