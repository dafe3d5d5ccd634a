"""The numbers of the drawings: what is drawn, and what their descriptions say."""

import re
from collections.abc import Iterator
from pathlib import Path

from liftproof.pages.forest.forest_rows import SMALLEST_POOL
from liftproof.report.gate.finished_page import text_of
from liftproof.report.gate.finished_review import Difference, FinishedReview
from liftproof.report.gate.shown_pools import ShownPool, estimates_in, pooled_in, shown

_TEXT = re.compile(r"<text\b[^>]*>.*?</text>", re.DOTALL)
_DESCRIPTION = re.compile(r"<desc\b[^>]*>.*?</desc>", re.DOTALL)


def figure_differences(review: FinishedReview) -> Iterator[Difference]:
    """Yield the forest plots that draw or describe another estimate, in any of their forms."""
    for pool in review.pools:
        for file in sorted((review.folder / "figures" / pool.row.analysis).glob("forest*.svg")):
            markup = file.read_text(encoding="utf-8")
            yield from drawing_differences(review, file, pool, markup)
            described = pooled_in(text_of("".join(_DESCRIPTION.findall(markup))), pool.measure)
            yield from review.differences(file, "description", pool, described)


def drawing_differences(
    review: FinishedReview, file: Path, pool: ShownPool, markup: str
) -> Iterator[Difference]:
    """Yield the estimates, of an analysis and its subgroups, that a drawing does not draw."""
    drawn = [text_of(text) for text in _TEXT.findall(markup)]
    estimates = [one for text in drawn for one in estimates_in(text)]
    groups = (one for one in review.groups if one.row.analysis == pool.row.analysis)
    for one in (pool, *groups):
        if one.row.k >= SMALLEST_POOL and not any(map(one.agrees, estimates)):
            says = f"another estimate, last {shown(estimates[-1])}" if estimates else ""
            yield review.difference(file, "drawn", one, says)
