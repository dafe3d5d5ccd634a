"""Whether the printed numbers are numbers, and name analyses that exist."""

from collections.abc import Iterable, Iterator

from liftproof.columns import Column
from liftproof.reviews.files.sheet_rows import SheetRow
from liftproof.reviews.files.spreadsheet import Complaint
from liftproof.reviews.files.typed_numbers import number
from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.review_tables import Published
from liftproof.suggest import did_you_mean

_PRINTED = Column(name="printed", kind="number", meaning="", required=True, allowed=())


def check_published(
    rows: Iterable[SheetRow[Published]], analyses: Iterable[str]
) -> Iterator[Problem]:
    """Yield printed numbers that are none, and analyses that ``review.yaml`` does not have."""
    known = [name for name in analyses if name]
    for row in rows:
        yield from _printed(row)
        name = row.record.analysis
        if name and known and name not in known:
            wrong = "review.yaml has no such analysis"
            yield row.problem("analysis", wrong, did_you_mean(name, known))
        if not name and not row.record.blocked and "analysis" not in row.bad:
            wrong = "neither an analysis that should reproduce the number nor what is missing"
            remedy = "fill in analysis, or say in blocked what is missing"
            yield row.problem("analysis", wrong, remedy, is_warning=True)


def _printed(row: SheetRow[Published]) -> Iterator[Problem]:
    """Allow "<0.001" and ">4", which papers print for numbers too."""
    text = row.cell("printed").lstrip("<>").strip()
    if "printed" in row.bad or not row.cell("printed"):
        return
    value = number(text, _PRINTED)
    if isinstance(value, Complaint):
        yield row.problem("printed", value.wrong, value.remedy)
