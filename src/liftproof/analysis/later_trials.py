"""Trials in a pool that are later than the print that it is held against."""

import re
from collections.abc import Sequence

from liftproof.reviews.model.choice import chosen
from liftproof.reviews.model.effect_sources import is_complete
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.review_tables import Published, Study
from liftproof.rows.result_rows import ReproductionRow

YEAR = re.compile(r"(?<![\w.:/-])(?:19|20)[0-9]{2}(?![0-9])")
"""A year in a reference; not four digits of a DOI or of a range of pages."""


PAGES = re.compile(r"\b(?:pp?\.|pages?)\s*[0-9][0-9,;–-]*", re.IGNORECASE)
"""Pages, which may look like years."""


def print_year(texts: Sequence[str]) -> int | None:
    """Return the first year in the first text that has one: that of a reference stands early.

    >>> print_year(["abstract", "Wu 2024, Sports Med 54:1249-67, doi 10.1007/s40279-024-01993-7"])
    2024
    >>> print_year(["abstract, p. 1954", "Lauersen 2014, pp. 2001-2010"])
    2014
    """
    found = (YEAR.search(PAGES.sub("", text)) for text in texts)
    return next((int(match[0]) for match in found if match), None)


def later_trials(review: Review, analysis: str, location: str, description: str) -> tuple[str, ...]:
    """Return the labels of an analysis's trials whose year is after that of a print.

    ``location``, ``description``: of the print; where neither has a year, the review's citation
    tells it. None where no year is told, or the analysis is none of the review.
    """
    year = print_year((location, description, review.settings.citation))
    if year is None or not any(study.year > year for study in review.studies):
        return ()
    return tuple(one.label for one in _pooled_trials(review, analysis) if one.year > year)


def added_later(review: Review, one: Published) -> tuple[Study, ...]:
    """Return the trials of a print's pool that were added in its year or after.

    Of a print without a year, every one that was added: what is said of it may be older.
    """
    if not any(study.added for study in review.studies):
        return ()
    year = print_year((one.location, one.description, review.settings.citation)) or 0
    trials = _pooled_trials(review, one.analysis)
    return tuple(study for study in trials if study.added and int(study.added[:4]) >= year)


def _pooled_trials(review: Review, analysis: str) -> tuple[Study, ...]:
    """Return the trials of an analysis, each once; none where it is none of the review."""
    asked = next((each for each in review.settings.analyses if each.id == analysis), None)
    if asked is None:
        return ()
    rows = chosen(asked, review.studies, review.outcomes)
    return tuple({study.study: study for study, row in rows if is_complete(row)}.values())


def later_than(review: Review, one: Published | ReproductionRow) -> str:
    """Return in words which trials of its pool a printed number cannot hold; empty for none.

    Nothing is said of a number that nothing is held against: blocked, or held elsewhere.
    """
    is_unheld = one.verdict == "blocked" if isinstance(one, ReproductionRow) else bool(one.blocked)
    if is_unheld or one.see:
        return ""
    return later_words(later_trials(review, one.analysis, one.location, one.description))


def later_words(labels: Sequence[str]) -> str:
    """Return that a pool holds trials later than the print; empty for none.

    >>> later_words(["Smith 2026"])
    'the pool holds Smith 2026, which the print cannot hold: it is later'
    """
    if not labels:
        return ""
    pronoun = "it is" if len(labels) == 1 else "they are"
    return f"the pool holds {', '.join(labels)}, which the print cannot hold: {pronoun} later"


def added_words(labels: Sequence[str]) -> str:
    """Return that a pool holds trials that were added after the print.

    >>> added_words(["Smith 2011", "Wu 2012"])
    'the pool holds Smith 2011, Wu 2012, which were added after the print'
    """
    verb = "was" if len(labels) == 1 else "were"
    return f"the pool holds {', '.join(labels)}, which {verb} added after the print"
