"""From a review to its plan: imported by the workflow only where the plan is not kept."""

from liftproof.data_date import data_date
from liftproof.pages.figures import (
    blog_files,
    drawn_files,
    narrow_files,
    page_pictures,
    svg_files,
    tables_drawn,
)
from liftproof.project.review_plan import ReviewPlan
from liftproof.result_tables import computed_files, script_files, written_files
from liftproof.reviews.model.review import Review
from liftproof.reviews.other_reviews import reviews_read


def plan_of(review: Review) -> ReviewPlan:
    """Return what the rules ask of a review."""
    date = data_date(review)
    return ReviewPlan(
        name=review.name,
        reads=tuple(reviews_read(review)),
        level=review.settings.level,
        pools_trials=not review.shows_prints_alone,
        asks_for_doses=bool(review.settings.dose),
        date=(date.day.isoformat(), date.text) if date else (),
        computed=tuple(computed_files(review)),
        scripts=tuple(script_files(review)),
        written=tuple(written_files(review)),
        drawn_from=tuple(tables_drawn(review)),
        svg=tuple(svg_files(review)),
        narrow=tuple(narrow_files(review)),
        drawn=tuple(drawn_files(review)),
        pictures=tuple(page_pictures(review)),
        kit=tuple(blog_files(review)),
    )
