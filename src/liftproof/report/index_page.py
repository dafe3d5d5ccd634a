"""The first page of very many reviews: a row each, in a table that can be searched."""

from collections.abc import Sequence
from functools import partial

from liftproof.left_out import LeftOut
from liftproof.pages.inputs import ClaimInputs, ReviewInputs
from liftproof.pages.table import CellPart, LinkedCell, PageTable, headings
from liftproof.report.build import NO_CLAIMS, address_from_first, file_from_first, first_page
from liftproof.report.feed import latest_entries
from liftproof.report.review_entry import ReviewEntry


def build_index(
    entries: Sequence[ReviewEntry],
    claimed: Sequence[ReviewInputs] = (),
    claims: ClaimInputs = NO_CLAIMS,
    left_out: Sequence[LeftOut] = (),
) -> str:
    """Return the first page; ``claimed``: the reviews that the claims are held against."""
    names = [entry.name for entry in entries]
    return first_page(
        partial(address_from_first, names),
        file_from_first,
        claims=claims,
        claimed=claimed,
        left_out=left_out,
        index=index_table(entries),
        news=latest_entries(one for entry in entries for one in entry.fed),
    )


def index_table(entries: Sequence[ReviewEntry]) -> PageTable:
    """Return a row a review, with a link to its page."""
    return PageTable(
        key="summary-reviews",
        caption="The reviews: what came out of the first analysis of each, and how the numbers "
        "that it printed fared.",
        headings=headings("Review", "¶ What came out", "¶ Printed numbers"),
        rows=tuple((_title(entry), entry.outcome or "—", _fared(entry)) for entry in entries),
    )


def _title(entry: ReviewEntry) -> LinkedCell:
    return LinkedCell(parts=(CellPart(text=entry.title, url=f"{entry.name}/report.html"),))


def _fared(entry: ReviewEntry) -> str:
    if not entry.complaints:
        return entry.tally
    some = "1 verdict" if entry.complaints == 1 else f"{entry.complaints} verdicts"
    return f"{entry.tally} {some} without the explanation due, or with one no longer needed."
