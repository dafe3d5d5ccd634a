"""What the first page and the feed say of a review where there are many: kept beside its page.

Written once, it is read for the first page without the review, its tables and its drawings.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from liftproof.job_records import as_json
from liftproof.pages.inputs import ReviewInputs
from liftproof.pages.outcomes.outcomes_section import analysis_outcomes
from liftproof.pages.printed.verdict_words import complaints
from liftproof.report.feed import FeedEntry, feed_entries
from liftproof.report.review_page import tally
from liftproof.rows.result_rows import ReproductionRow


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewEntry:
    """``outcome``: of the first analysis, empty where nothing was pooled; ``complaints``: how many.

    ``fed``: the entries of the feed.
    """

    name: str
    title: str
    outcome: str
    tally: str
    complaints: int
    fed: tuple[FeedEntry, ...]


def entry_of(inputs: ReviewInputs) -> ReviewEntry:
    """Return the entry of a review."""
    return ReviewEntry(
        name=inputs.review.name,
        title=inputs.review.settings.title,
        outcome=next((f"{one.title}: {one.text}" for one in analysis_outcomes(inputs)), ""),
        tally=tally(inputs),
        complaints=len(complaints(inputs.rows(ReproductionRow))),
        fed=tuple(feed_entries(inputs)),
    )


def entry_text(entry: ReviewEntry) -> str:
    """Return the text of an entry's file."""
    return as_json(asdict(entry))


def read_entry(path: Path) -> ReviewEntry:
    """Read the file of an entry."""
    kept: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    fed = (FeedEntry(**{**one, "lines": tuple(one["lines"])}) for one in kept["fed"])
    return ReviewEntry(**{**kept, "fed": tuple(fed)})
