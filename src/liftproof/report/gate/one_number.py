"""Whether the finished files of a review print the estimates of its tables: one object, one number.

Read back are the page's table, sentences, figures, captions and the data of its explorer; the
drawings and their descriptions; the PDF; the kit for a blog; the first page. All of them get words
and rounding from the same functions: a difference means that a file is of another state, was
edited, or that what makes it reads another row.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from liftproof.errors import NumbersDifferError
from liftproof.report.gate.drawn_numbers import figure_differences
from liftproof.report.gate.finished_page import FinishedPage
from liftproof.report.gate.finished_review import Difference, FinishedReview
from liftproof.report.gate.kit_numbers import kit_differences
from liftproof.report.gate.page_numbers import page_differences, sentence_differences
from liftproof.report.gate.pdf_numbers import pdf_differences

REMEDY = "delete the file that is wrong and run again; if it comes back so, the program is at fault"


def require_one_number(reviews: Iterable[str], results: Path) -> None:
    """Raise NumbersDifferError unless all files of the reviews print what their tables hold."""
    first_page = FinishedPage(results / "report.html")
    found = [
        str(difference)
        for name in reviews
        for difference in differences_of(FinishedReview(results / name), first_page)
    ]
    if found:
        raise NumbersDifferError("\n".join([*found, REMEDY]))


def differences_of(review: FinishedReview, first_page: FinishedPage) -> Iterator[Difference]:
    """Yield each place where a file of a review prints another number than its tables hold."""
    yield from sentence_differences(review, first_page)
    yield from page_differences(review, FinishedPage(review.folder / "report.html"))
    yield from figure_differences(review)
    yield from pdf_differences(review, review.folder / "report.pdf")
    yield from kit_differences(review)
