"""Whether a trial to add is in the review already, or its outcome is another one misspelt."""

from collections.abc import Mapping
from difflib import get_close_matches

from liftproof.errors import UsageError
from liftproof.reviews.model.review import Review
from liftproof.reviews.trial_identity import recognised

MISSPELT = 0.8
"""How alike two outcomes are before one looks like the other misspelt: injury is no acl_injury."""


def trial_in_use(cells: Mapping[str, str], review: Review) -> str:
    """Return a sentence on the trial that has the publication or label of some, empty for none."""
    known = recognised(cells, review.studies)
    if not known:
        return ""
    return f"studies.csv has a trial of this {known.by}: {known.key} ({known.label})"


def outcome_near(outcome: str, review: Review) -> str:
    """Return the outcome that one which no row has looks like misspelt, empty for none."""
    known = sorted({row.outcome for row in review.outcomes})
    like = get_close_matches(outcome, known, n=1, cutoff=MISSPELT)
    return like[0] if like and outcome not in known else ""


def require_new_trial(cells: Mapping[str, str], review: Review, *, is_named: bool) -> None:
    """Raise UsageError for a trial whose label or publication the review has.

    ``is_named``: whether the user gives a key, and so says that it is another trial.
    """
    told = trial_in_use(cells, review)
    if told and not is_named:
        raise UsageError(f"{told}; if it is another one, give it a key of its own by --study")


def require_known_outcome(cells: Mapping[str, str], review: Review, *, is_new: bool) -> None:
    """Raise UsageError for an outcome that no row has and that looks like one that is there.

    ``is_new``: whether the user says that it is meant.
    """
    outcome = cells.get("outcome", "")
    like = outcome_near(outcome, review)
    if like and not is_new:
        raise UsageError(
            f"no row has the outcome {outcome}: did you mean {like}? If it is a new one, say "
            "--new-outcome"
        )
