"""Set the report of each review as a PDF."""

from pathlib import Path

from liftproof.report.pdf.document import review_document
from liftproof.report.pdf.typeset import write_pdf
from liftproof.report.results import read_review_inputs
from liftproof.wiring import recorded

with recorded(snakemake) as failures:
    documents = zip(snakemake.params.reviews, snakemake.output.documents, strict=True)
    for name, path in documents:
        with failures.within(name):
            inputs = read_review_inputs(name, Path(), Path("results"))
            write_pdf(review_document(inputs), Path(path))
