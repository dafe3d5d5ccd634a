"""The verb ``check``: every problem of one or more reviews, and of the claims put to them."""

from collections.abc import Sequence
from pathlib import Path

from liftproof.reviews import find, load, named
from liftproof.reviews.checks.check_claims import check_claims
from liftproof.reviews.files.claims_file import claims_file
from liftproof.reviews.model.problems import Problem


def check_reviews(wanted: Sequence[str], root: Path) -> list[Problem]:
    """Return the problems of the named reviews; of every review and of the claims when none is.

    Raises UsageError for a name that is no review, and where there is none at all.
    """
    every = named((), root) if not wanted else ()
    loaded = {name: load(find(name, root)) for name in wanted or every}
    problems = [problem for one in loaded.values() for problem in one.problems]
    file = None if wanted else claims_file(root)
    if file is None:
        return problems
    reviews = {name: one.review for name, one in loaded.items() if one.review}
    return [*problems, *check_claims(file, reviews, every)]
