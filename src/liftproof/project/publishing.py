"""What readers get of one review: its page, PDF and kit, and what a table of reviews says of it."""

from pathlib import Path

from liftproof.blog.kit import write_kits
from liftproof.files import write_text
from liftproof.report.build import build_review_page
from liftproof.report.gate.one_number import require_one_number_of
from liftproof.report.packing import packed
from liftproof.report.pdf.document import review_document
from liftproof.report.pdf.typeset import write_pdf
from liftproof.report.results import read_review_inputs
from liftproof.report.review_entry import entry_of, entry_text
from liftproof.wiring import Failures, Job


def publish(job: Job, failures: Failures, results: Path) -> None:
    """Write the files of a job, and hold the numbers of all files of its review together.

    Raises NumbersDifferError where two of them differ.
    """
    name = job.params.review
    inputs = read_review_inputs(name, Path(), results)
    write_text(Path(job.output.page), packed(build_review_page(inputs)))
    write_text(Path(job.output.entry), entry_text(entry_of(inputs)))
    write_pdf(review_document(inputs), Path(job.output.document))
    write_kits([name], results, job.input.cautions, job.input.citation, failures.within)
    require_one_number_of(name, results)
