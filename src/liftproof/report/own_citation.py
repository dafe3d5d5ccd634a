"""How the recomputation of a review is cited, and what it is called."""

from liftproof import __version__
from liftproof.data_date import data_date
from liftproof.reviews.model.review import Review


def document_title(review: Review) -> str:
    """Return the title of the PDF; of a review that shows prints alone nothing is computed."""
    again = "" if review.shows_prints_alone else ": computed again"
    return f"{review.settings.title}{again}"


def own_citation(review: Review) -> str:
    """Return the citation of this report, which is not the review itself."""
    dated = data_date(review)
    title = document_title(review)
    return f"Liftproof {__version__}. {title}. {dated.text if dated else ''}".strip()
