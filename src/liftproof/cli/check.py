"""The verb ``check``: every problem of one or more reviews."""

from collections.abc import Sequence
from pathlib import Path

from liftproof.reviews import find, load, named
from liftproof.reviews.problems import Problem


def check_reviews(wanted: Sequence[str], root: Path) -> list[Problem]:
    """Return the problems of the named reviews, of every review of the project when none is.

    Raises UsageError for a name that is no review, and where there is none at all.
    """
    folders = [find(name, root) for name in wanted or named((), root)]
    return [problem for folder in folders for problem in load(folder).problems]
