"""Analyses that no pool can be made of, though every number by itself may be right."""

from collections.abc import Iterator

from liftproof.analysis.estimates import pool_analysis
from liftproof.errors import LiftproofError
from liftproof.reviews.files.yaml_record import YamlRecord
from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.settings import Analysis
from liftproof.reviews.review_folder import ReviewFolder, relative, settings_in


def refused_pools(review: Review) -> Iterator[Problem]:
    """Yield an error for every analysis whose pool is refused, at its line of ``review.yaml``.

    Found by pooling: so that data of which ``check`` has nothing to say are pooled by ``pool``.
    """
    place = ReviewFolder(folder=review.folder, shown=relative(review.folder))
    for analysis in settings_in(place).analyses:
        yield from _refused(review, analysis)


def _refused(review: Review, asked: YamlRecord[Analysis]) -> Iterator[Problem]:
    try:
        pool_analysis(review, asked.record)
    except LiftproofError as error:
        wrong = f"cannot be pooled: {' '.join(str(error).split()).rstrip('.')}"
        remedy = "correct the trial, leave it out, or pool by another model or measure"
        yield asked.problem(("id",), wrong, remedy, found=asked.record.id, column="analyses")
