"""The numbers of a review's page, and of the sentences of any page."""

from collections.abc import Iterator
from itertools import chain

from liftproof.report.gate.drawn_numbers import drawing_differences
from liftproof.report.gate.finished_page import (
    FinishedEntry,
    FinishedPage,
    FinishedSummary,
    text_of,
)
from liftproof.report.gate.finished_review import Difference, FinishedReview
from liftproof.report.gate.shown_pools import bare, estimates_in, pooled_in, shown, told_of


def page_differences(review: FinishedReview, page: FinishedPage) -> Iterator[Difference]:
    """Yield what the table, sentences, figures and explorer of a page print differently."""
    yield from _table(review, page)
    yield from sentence_differences(review, page)
    yield from _figures(review, page)
    yield from _explorer(review, page)


def sentence_differences(
    review: FinishedReview, page: FinishedPage | FinishedSummary | FinishedEntry
) -> Iterator[Difference]:
    """Yield what the sentences of a page tell differently of the review's analyses."""
    titles = [pool.row.title for pool in review.pools]
    for pool in review.pools:
        told = told_of(page.text, pool.row.title, pool.measure, titles)
        yield from review.differences(page.path, "text", pool, told)


def _table(review: FinishedReview, page: FinishedPage) -> Iterator[Difference]:
    """Yield the rows of the table of estimates that are not those of the tables, or not there."""
    rows = page.table_rows(f"review-{review.name}-estimates")
    titled = {name.rstrip("†‡"): cells for name, cells in rows.items()}
    for pool in review.pools:
        cells = titled.get(bare(pool.row.title), "")
        if bare(shown(pool.printed)) not in cells or pool.prediction not in cells:
            # cells run into one another, so that only the end of the estimate is told
            said = [shown((f"…{one[0][-4:]}", *one[1:])) for one in estimates_in(cells)]
            yield review.difference(page.path, "table of estimates", pool, ", ".join(said))


def _figures(review: FinishedReview, page: FinishedPage) -> Iterator[Difference]:
    for pool in review.pools:
        figure = page.figures.get(f"review-{review.name}-{pool.row.analysis}-forest", "")
        if figure:
            yield from drawing_differences(review, page.path, pool, figure)
        said = pooled_in(text_of(figure), pool.measure)
        yield from review.differences(page.path, "figure and caption", pool, said)


def _explorer(review: FinishedReview, page: FinishedPage) -> Iterator[Difference]:
    """Yield the analyses of which the explorer lacks an effect, or tells another estimate."""
    for data in page.data():
        held = {_digits(value) for value in data.get("effects", ()) if value is not None}
        told = {one["id"]: bare(one.get("otherModel", "")) for one in data.get("analyses", ())}
        for pool in review.pools:
            if pool.row.analysis in told:
                said = estimates_in(told[pool.row.analysis])
                yield from review.differences(page.path, "explorer", pool, said)
                if not held.issuperset(_effects(review, pool.row.analysis)):
                    says = "from other effects of its trials"
                    yield review.difference(page.path, "explorer", pool, says)


def _effects(review: FinishedReview, analysis: str) -> set[str]:
    rows = (row for row in review.effects if row.analysis == analysis and not row.left_out)
    pairs = chain.from_iterable((row.y, row.v) for row in rows)
    return {_digits(value) for value in pairs if value is not None}


def _digits(value: float) -> str:
    return f"{value:.8e}"
