"""Whether an analysis can be held against others: one review, one scale, no trial in both."""

from collections.abc import Iterator

from liftproof.reviews.files.yaml_record import YamlRecord
from liftproof.reviews.model.choice import chosen
from liftproof.reviews.model.claim import Claim
from liftproof.reviews.model.effect_sources import is_complete
from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.settings import Analysis
from liftproof.vocabulary.measures import taken_for


def check_against(asked: YamlRecord[Claim], review: Review) -> Iterator[Problem]:
    """Yield the analyses below ``against`` that a claim's own analysis cannot be held against."""
    analyses = {each.id: each for each in review.settings.analyses}
    own = analyses.get(asked.record.analysis)
    for pair in asked.record.against:
        place, found = ("against", "/".join(pair)), "/".join(pair)
        other = analyses.get(pair[1])
        if pair[0] != review.name:
            wrong, remedy = "another review", f"name an analysis of {review.name}"
            yield asked.problem(place, wrong, remedy, found=found)
        elif own and other:
            wrong, remedy = _unfit(own, other, review)
            if wrong:
                yield asked.problem(place, wrong, remedy, found=found)


def _unfit(own: Analysis, other: Analysis, review: Review) -> tuple[str, str]:
    """Return what keeps two analyses from being contrasted, and what to do; empty for nothing."""
    if other.measure not in taken_for(own.measure):
        return f"{other.measure} is not on the scale of {own.measure}", "name one that is"
    if own.better != other.better:
        return f"of {other.id} {other.better} values are better", "name one of the same direction"
    shared = sorted(_trials(own, review) & _trials(other, review))
    if shared:
        listed = ", ".join(shared)
        return f"not independent: both have {listed}", "name an analysis of other trials"
    return "", ""


def _trials(analysis: Analysis, review: Review) -> set[str]:
    return {
        study.study
        for study, outcome in chosen(analysis, review.studies, review.outcomes)
        if is_complete(outcome)
    }
