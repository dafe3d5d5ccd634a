"""Whether the finished files of a review print the estimates of its tables: one object, one number.

Read back are the page's table, sentences, figures, captions and the data of its explorer; the
drawings and their descriptions; the PDF; the kit for a blog; the first page. All of them get words
and rounding from the same functions: a difference means that a file is of another state, was
edited, or that what makes it reads another row.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from liftproof.errors import NumbersDifferError
from liftproof.report.gate.card_numbers import card_differences
from liftproof.report.gate.drawn_numbers import figure_differences
from liftproof.report.gate.finished_page import FinishedEntry, FinishedPage
from liftproof.report.gate.finished_review import Difference, FinishedReview
from liftproof.report.gate.kit_numbers import kit_differences
from liftproof.report.gate.page_numbers import page_differences, sentence_differences
from liftproof.report.gate.pdf_numbers import pdf_differences

REMEDY = "delete the file that is wrong and run again; if it comes back so, the program is at fault"


def require_first_page(reviews: Iterable[str], results: Path) -> None:
    """Raise NumbersDifferError unless the first page prints what the tables of the reviews hold."""
    first_page = FinishedPage(results / "report.html")
    finished = [FinishedReview(results / name) for name in reviews]
    _require_none(
        difference
        for review in finished
        for difference in (
            *sentence_differences(review, first_page.summary(review.name)),
            *card_differences(review, first_page),
        )
    )


def require_one_number_of(name: str, results: Path) -> None:
    """Raise NumbersDifferError unless the files of one review print what its tables hold.

    Its entry is one of them, in place of the first page of many that is made from it.
    """
    review = FinishedReview(results / name)
    entry = FinishedEntry(review.entry)
    _require_none((*sentence_differences(review, entry), *differences_of(review)))


def _require_none(differences: Iterable[Difference]) -> None:
    found = list(map(str, differences))
    if found:
        raise NumbersDifferError("\n".join([*found, REMEDY]))


def differences_of(review: FinishedReview) -> Iterator[Difference]:
    """Yield each place where a file of a review prints another number than its tables hold."""
    yield from page_differences(review, FinishedPage(review.folder / "report.html"))
    yield from figure_differences(review)
    yield from pdf_differences(review, review.folder / "report.pdf")
    yield from kit_differences(review)
