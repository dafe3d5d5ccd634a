"""Whether a trial to add is in the review already, or its outcome is another one misspelt."""

import re
from collections.abc import Mapping
from difflib import get_close_matches
from itertools import takewhile

from liftproof.errors import UsageError
from liftproof.reviews.model.identifiers import NAMED, without_end
from liftproof.reviews.model.review import Review
from liftproof.reviews.trial_identity import plain, recognised

MISSPELT = 0.8
"""How alike two outcomes are before one looks like the other misspelt: injury is no acl_injury."""


def trial_in_use(cells: Mapping[str, str], review: Review, source: str = "") -> str:
    """Return a sentence on the trial that has the publication or label of some, empty for none.

    ``source``: a reference that may hold a DOI or a PubMed number. Labels that begin with one
    name, of one year, are taken for one.
    """
    named = {
        kind: without_end(text)
        for found in reversed(list(NAMED.finditer(source)))  # the first of several stays
        for kind, text in found.groupdict().items()
        if text
    }
    given = {name: cell for name, cell in cells.items() if cell}
    known = recognised({**named, **given}, review.studies)
    if known:
        return f"studies.csv has a trial of this {known.by}: {known.key} ({known.label})"
    name, year = first_name(cells.get("label", "")), cells.get("year", "")
    for study in review.studies:
        if name and (first_name(study.label), str(study.year)) == (name, year):
            return f"studies.csv has a trial of this name and year: {study.study} ({study.label})"
    return ""


def first_name(label: str) -> str:
    """Return the words of a label before the first that is no name: initials, et al., a year.

    >>> [first_name(text) for text in ("Toresdahl et al. 2020", "van der Worp 2026", "Li BG 2020")]
    ['toresdahl', 'van der worp', 'li']
    """
    words = takewhile(
        lambda word: word.isalpha() and word != "et" and not word.isupper(),
        re.split(r"[\s,&]+", label.strip()),
    )
    return plain(" ".join(words))


def outcome_near(outcome: str, review: Review) -> str:
    """Return the outcome that one which no row has looks like misspelt, empty for none."""
    known = sorted({row.outcome for row in review.outcomes})
    like = get_close_matches(outcome, known, n=1, cutoff=MISSPELT)
    return like[0] if like and outcome not in known else ""


def require_new_trial(
    cells: Mapping[str, str], review: Review, *, is_named: bool, source: str = ""
) -> None:
    """Raise UsageError for a trial whose label or publication the review has.

    ``source``: the reference given for its numbers. ``is_named``: whether the user gives a key,
    and so says that it is another trial.
    """
    told = trial_in_use(cells, review, source)
    if told and not is_named:
        raise UsageError(
            f"{told}; a further arm or result of it is a row of outcomes.csv, typed there; if it "
            "is another one, give it a key of its own by --study"
        )


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
