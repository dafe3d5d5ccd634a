"""Reviews: their tables, reading them, and every check."""

from liftproof.reviews.files.finding import find, find_new, named, names
from liftproof.reviews.loading import Loaded, load, read

__all__ = ["Loaded", "find", "find_new", "load", "named", "names", "read"]
