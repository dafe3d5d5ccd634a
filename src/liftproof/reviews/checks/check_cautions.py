"""Whether each number of a caution is there: review, trial, outcome, column, and a value."""

from collections.abc import Iterator, Mapping, Sequence

from liftproof.reviews.files.yaml_record import KeyPath, YamlRecord
from liftproof.reviews.model.caution import Caution
from liftproof.reviews.model.choice import primary_results
from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.provenance import OUTCOME_NUMBERS
from liftproof.reviews.model.review import Review
from liftproof.suggest import did_you_mean


def check_caution(
    caution: YamlRecord[Caution], reviews: Mapping[str, Review], names: Sequence[str]
) -> Iterator[Problem]:
    """Yield the numbers that no review has, each at its line with the nearest name.

    ``reviews``: those that could be read; of those in ``names`` alone only the name is checked.
    """
    for name, (review, *cell) in caution.record.numbers.items():
        place = ("numbers", name)
        if review not in names:
            remedy = did_you_mean(review, names)
            yield caution.problem(place, "no such review", remedy, found=review)
        elif review in reviews:
            yield from _cell(caution, place, reviews[review], cell)


def _cell(
    caution: YamlRecord[Caution], place: KeyPath, review: Review, cell: Sequence[str]
) -> Iterator[Problem]:
    study, outcome, column = cell
    trials = [each.study for each in review.studies]
    outcomes = dict.fromkeys(row.outcome for row in review.outcomes if row.study == study)
    rows = primary_results(review.outcomes, study, outcome)
    if study not in trials:
        wrong, found, remedy = (
            f"{review.name} has no such trial",
            study,
            did_you_mean(study, trials),
        )
    elif outcome not in outcomes:
        wrong, found = f"{study} has no such outcome", outcome
        remedy = did_you_mean(outcome, outcomes) if outcomes else "add it to outcomes.csv"
    elif column not in OUTCOME_NUMBERS:
        wrong, found = "no number of outcomes.csv", column
        remedy = did_you_mean(column, OUTCOME_NUMBERS)
    elif len(rows) != 1:
        wrong, found = f"{len(rows)} primary results of {study}", outcome
        remedy = "name an outcome with one"
    elif getattr(rows[0], column) in (None, ""):
        wrong, found, remedy = f"an empty cell of {study}, {outcome}", column, "name a filled one"
    else:
        return
    yield caution.problem(place, wrong, remedy, found=found)
