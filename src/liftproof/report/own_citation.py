"""How the recomputation of a review is cited, and what it is called."""

from liftproof import __version__
from liftproof.data_date import data_date
from liftproof.reviews.model.review import Review


def document_title(review: Review) -> str:
    """Return the title of a report; only what others computed is computed again."""
    return f"{review.settings.title}{': computed again' if review.is_by_others else ''}"


def whose_report(review: Review) -> str:
    """Return what stands before the citation: whose the report is not, where others wrote one."""
    others = ", which is not by the review's authors" if review.is_by_others else ""
    return f"This report{others}:"


def own_citation(review: Review) -> str:
    """Return the citation of this report, which is not the review itself."""
    dated = data_date(review)
    title = document_title(review)
    return f"Liftproof {__version__}. {title}. {dated.text if dated else ''}".strip()
