"""The numbers of the kit for a blog, which shows the first analysis of a review."""

import csv
from collections.abc import Iterator
from pathlib import Path

from liftproof.report.gate.finished_page import text_of
from liftproof.report.gate.finished_review import Difference, FinishedReview
from liftproof.report.gate.shown_pools import ShownPool, changes_in, pooled_in, shown

TEXTS = (".txt", ".md", ".html", ".svg")
POOLED = "pooled"
"""The kind of the pooled line in a table of what is drawn."""


def kit_differences(review: FinishedReview) -> Iterator[Difference]:
    """Yield what texts, snippets, drawings and tables of the kit print differently."""
    for pool in review.pools[:1]:
        for file in sorted(review.kit.glob("*")):
            if file.suffix in TEXTS:
                yield from _text(review, file, pool)
            elif file.suffix == ".csv":
                yield from _table(review, file, pool)


def _text(review: FinishedReview, file: Path, pool: ShownPool) -> Iterator[Difference]:
    text = text_of(file.read_text(encoding="utf-8"))
    yield from review.differences(file, "", pool, pooled_in(text, pool.measure))
    for change in changes_in(text):
        if not pool.changes(change):
            yield review.difference(file, "", pool, f"{shown(change)}, in percent")


def _table(review: FinishedReview, file: Path, pool: ShownPool) -> Iterator[Difference]:
    names = ("estimate", "ci_low", "ci_high")
    values = [getattr(pool.row, name) for name in names]
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            said = [row.get(name, "") for name in names]
            if row.get("kind") == POOLED and said != [
                "" if one is None else repr(one) for one in values
            ]:
                yield review.difference(file, "", pool, shown((said[0], said[1], said[2])))
