"""The files of a review's results that its page links to."""

from collections.abc import Iterable

from liftproof.pages.inputs import ResultFile
from liftproof.result_tables import script_files, written_files
from liftproof.reviews.model.review import Review


def table_files(review: Review, row_classes: Iterable[type]) -> tuple[ResultFile, ...]:
    """Return the tables of these rows that the workflow writes for a review."""
    return tuple(map(_named, written_files(review, row_classes)))


def every_file(review: Review) -> tuple[ResultFile, ...]:
    """Return the tables and scripts of a review."""
    return tuple(map(_named, [*written_files(review), *script_files(review)]))


def _named(file: str) -> ResultFile:
    return ResultFile(text=file, path=file)
